// Entries that are there already. The same in everything that counts: left out, which makes a second import of one file
// harmless. Only alike (title, user name and address): taken beside the old one, and said.
import type { PlacedItem } from "./place.ts";

interface Comparable {
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields?: readonly { name: string; value: string }[];
  folder?: readonly string[];
}

export interface Existing {
  entry: Comparable & { files?: readonly { name: string; size: number }[] };
}

export interface Sorted {
  fresh: PlacedItem[];
  /** Left out. */
  same: PlacedItem[];
  /** Of the fresh ones, those that have somebody like them. */
  alike: PlacedItem[];
}

/** `existing` are the entries of the group the items go to. */
export function sortOut(items: readonly PlacedItem[], existing: Iterable<Existing>): Sorted {
  const same = new Set<string>();
  const alike = new Set<string>();
  for (const { entry } of existing) {
    same.add(wholeOf(entry, entry.files ?? []));
    alike.add(faceOf(entry));
  }
  const sorted: Sorted = { fresh: [], same: [], alike: [] };
  for (const item of items) {
    if (same.has(wholeOf(item.entry, item.files.map(({ name, bytes }) => ({ name, size: bytes.length }))))) sorted.same.push(item);
    else {
      sorted.fresh.push(item);
      if (alike.has(faceOf(item.entry))) sorted.alike.push(item);
    }
  }
  return sorted;
}

const faceOf = ({ title, username, url }: Comparable): string => JSON.stringify([title.toLowerCase(), (username ?? "").toLowerCase(), (url ?? "").toLowerCase().replace(/\/$/, "")]);

const wholeOf = (entry: Comparable, files: readonly { name: string; size: number }[]): string =>
  JSON.stringify([
    entry.title, entry.url ?? "", entry.username ?? "", entry.password ?? "", entry.totp ?? "", entry.notes ?? "",
    (entry.fields ?? []).map(({ name, value }) => [name, value]), entry.folder ?? [], files.map(({ name, size }) => [name, size]),
  ]);
