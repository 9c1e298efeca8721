// Entries under their group's key: each opens in its own place, under its own revision only. spec/vault.md §2.
import { concat, uint32, uint64, utf8, type Bytes } from "./bytes.ts";
import { sealUnder, unsealUnder, type HeldKey } from "./heldKey.ts";
import { pad, padme, unpad } from "./padme.ts";
import { parseVaultEntry, type VaultEntry } from "./vaultEntry.ts";

/** Largest sealed entry, bytes. */
export const maxEntry = 262_144;

/** Where an entry lies. */
export interface EntryPlace {
  org: Bytes;
  group: Bytes;
  version: number;
  entry: Bytes;
  /** Counts from 1. */
  revision: number;
}

/** The entry is more than one entry holds. */
export class EntryTooLarge extends RangeError {
  readonly limit = maxEntry;

  constructor() {
    super("This is more than one entry holds.");
  }
}

const ad = ({ org, group, version, entry, revision }: EntryPlace) => concat(org, group, uint32(version), entry, uint64(revision));

/** Throws EntryTooLarge. */
export async function sealEntry(key: HeldKey, at: EntryPlace, entry: VaultEntry): Promise<Bytes> {
  const text = utf8(JSON.stringify(entry));
  if (48 + padme(4 + text.length) > maxEntry) throw new EntryTooLarge();
  const padded = pad(text);
  const sealed = await sealUnder(key, "entry", ad(at), padded);
  for (const secret of [text, padded]) secret.fill(0);
  return sealed;
}

/** Undefined when it does not open at this place, or is no entry of version 1. */
export async function openEntry(key: HeldKey, at: EntryPlace, sealed: Bytes): Promise<VaultEntry | undefined> {
  const padded = sealed.length > maxEntry ? undefined : await unsealUnder(key, "entry", ad(at), sealed);
  const text = padded && unpad(padded);
  padded?.fill(0);
  return text === undefined ? undefined : parseVaultEntry(text);
}

/** What is to be opened: the key of its version, its place, its bytes. */
export interface SealedEntry {
  key: HeldKey;
  at: EntryPlace;
  sealed: Bytes;
}

// The browser works on so many at a time; between two batches the page stays usable.
const batch = 250;

/** Many entries in their order; `opened` hears how many are done. */
export async function openEntries(list: readonly SealedEntry[], opened?: (done: number) => void): Promise<(VaultEntry | undefined)[]> {
  const entries: (VaultEntry | undefined)[] = [];
  for (let from = 0; from < list.length; from += batch) {
    entries.push(...(await Promise.all(list.slice(from, from + batch).map(({ key, at, sealed }) => openEntry(key, at, sealed)))));
    opened?.(entries.length);
  }
  return entries;
}
