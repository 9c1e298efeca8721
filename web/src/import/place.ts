// Where what was read goes: the file's outermost groups become groups of their own, or all of it one group's folders.
import { entryLimits } from "../protocol/vaultEntry.ts";
import type { EntryText, ImportedFile, ImportedItem } from "./importedVault.ts";

export type Arrangement = "folders" | "groups";

/** One line of the preview: what lies under it goes to one target. */
export interface Shelf {
  /** The outermost group's name; "" for what lies outside every group, and for everything where folders are kept. */
  name: string;
  count: number;
  folders: number;
}

export type Target = { to: "new"; name: string } | { to: "group"; group: string } | { to: "nowhere" };

export type PlacedEntry = EntryText & { folder?: string[] };

export interface PlacedItem {
  entry: PlacedEntry;
  files: ImportedFile[];
}

export interface Placed {
  target: Exclude<Target, { to: "nowhere" }>;
  items: PlacedItem[];
}

const shelfOf = ({ path }: ImportedItem, arrangement: Arrangement): string => (arrangement === "groups" ? (path[0] ?? "") : "");

/** What is nested deeper than folders go is written into the last one. */
function folderOf({ path }: ImportedItem, arrangement: Arrangement): string[] {
  const folder = arrangement === "groups" ? path.slice(1) : path;
  const last = entryLimits.folder - 1;
  return folder.length > entryLimits.folder ? [...folder.slice(0, last), folder.slice(last).join(" / ")] : folder;
}

export function shelvesOf(items: readonly ImportedItem[], arrangement: Arrangement): Shelf[] {
  const shelves = new Map<string, { count: number; folders: Set<string> }>();
  for (const item of items) {
    const name = shelfOf(item, arrangement);
    const shelf = shelves.get(name) ?? { count: 0, folders: new Set() };
    shelf.count++;
    folderOf(item, arrangement).forEach((_, i, folder) => shelf.folders.add(JSON.stringify(folder.slice(0, i + 1))));
    shelves.set(name, shelf);
  }
  return [...shelves].map(([name, { count, folders }]) => ({ name, count, folders: folders.size }));
}

/** Items by target; two shelves that go to one group go together. */
export function place(items: readonly ImportedItem[], arrangement: Arrangement, targets: ReadonlyMap<string, Target>): Placed[] {
  const placed = new Map<string, Placed>();
  for (const item of items) {
    const target = targets.get(shelfOf(item, arrangement));
    if (target === undefined || target.to === "nowhere") continue;
    const key = target.to === "new" ? `new ${target.name.trim()}` : target.group;
    const at = placed.get(key) ?? { target, items: [] };
    const folder = folderOf(item, arrangement);
    at.items.push({ entry: { ...item.entry, ...(folder.length > 0 && { folder }) }, files: item.files });
    placed.set(key, at);
  }
  return [...placed.values()];
}
