// Changes to entries: sealed here, posted at most 200 at a time, sealed anew when the group's key is newer. spec/vault.md §3.
import { Problem } from "../../../api/http.ts";
import { changeEntries } from "../../../api/vault.ts";
import type { EntryChange, EntryState } from "../../../api/vaultWire.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import { random } from "../../../protocol/bytes.ts";
import type { VaultEntry } from "../../../protocol/vaultEntry.ts";
import { refreshSession } from "../access/access.ts";
import { itemOf, type Item } from "./item.ts";
import { sealForServer } from "./opening.ts";
import { openNow, pull, putWritten } from "./store.ts";

export interface Save {
  act: "save";
  group: string;
  id: string;
  /** The revision it was made from, 0 for a new entry. */
  base: number;
  entry: VaultEntry;
}

export interface Other {
  act: "bin" | "restore" | "purge";
  item: Item;
}

export type Change = Save | Other;

/** Somebody changed these meanwhile. Nothing of the request was written, and what they look like now is in the store. */
export class Stale extends Error {
  readonly entries: readonly string[];

  constructor(entries: readonly string[]) {
    super("stale-revision");
    this.entries = entries;
  }
}

export interface WriteOptions {
  signal?: AbortSignal;
  /** How much of it the server has, 0 to 1. */
  onProgress?: (done: number) => void;
}

const mostChanges = 200;
/** Characters of JSON in one request. */
const mostText = 4_000_000;
const mostTries = 3;

export const newId = (): string => toBase64url(random(16));

export const newEntry = (group: string, entry: VaultEntry): Save => ({ act: "save", group, id: newId(), base: 0, entry });

export const changed = ({ group, id, revision }: Item, entry: VaultEntry): Save => ({ act: "save", group, id, base: revision, entry });

export const bin = (item: Item): Change => ({ act: "bin", item });
export const restore = (item: Item): Change => ({ act: "restore", item });
export const purge = (item: Item): Change => ({ act: "purge", item });

/** A new entry there and a bin here, together. */
export const move = (item: Item, group: string, folder?: string[]): Change[] => [newEntry(group, inFolder(item.entry, folder)), bin(item)];

export function inFolder(entry: VaultEntry, folder: string[] | undefined): VaultEntry {
  const { folder: _, ...rest } = entry;
  return folder === undefined || folder.length === 0 ? rest : { ...rest, folder };
}

/**
 * Writes the changes of each unit together or not at all, units in their order. What was written before a failure or a
 * cancel stays written. Throws Stale, a Problem, or the signal's reason.
 */
export async function write(units: readonly (readonly Change[])[], { signal, onProgress }: WriteOptions = {}): Promise<void> {
  const all = units.reduce((sum, unit) => sum + unit.length, 0);
  let done = 0;
  let at = 0;
  while (at < units.length) {
    signal?.throwIfAborted();
    const request: Change[] = [];
    let length = 0;
    do {
      const unit = units[at]!;
      const size = unit.reduce((sum, change) => sum + (change.act === "save" ? JSON.stringify(change.entry).length * 2 : 200), 0);
      if (request.length > 0 && (request.length + unit.length > mostChanges || length + size > mostText)) break;
      request.push(...unit);
      length += size;
      at++;
    } while (at < units.length);
    await post(request, signal);
    done += request.length;
    onProgress?.(done / all);
  }
}

async function post(changes: readonly Change[], signal: AbortSignal | undefined): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { vault, signal: locked } = openNow();
    const request = await Promise.all(changes.map((change) => seal(vault, change)));
    try {
      return takeIn(changes, await changeEntries(request, signal ?? locked));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.type === "stale-key" && tries < mostTries) await refreshSession();
      else if (error.type === "stale-revision") throw await staleOf(changes, error);
      else throw error;
    }
  }
}

async function seal(vault: Parameters<typeof sealForServer>[0], change: Change): Promise<EntryChange> {
  if (change.act !== "save") return { act: change.act, group: change.item.group, entry: change.item.id, base: change.item.revision };
  const { group, id, base, entry } = change;
  return { act: "save", group, entry: id, base, ...(await sealForServer(vault, change)), files: (entry.files ?? []).map((file) => file.id) };
}

function takeIn(changes: readonly Change[], states: readonly EntryState[]): void {
  const written: Item[] = [];
  const gone: string[] = [];
  states.forEach((state, i) => {
    const change = changes[i]!;
    if (state.purged) gone.push(state.entry);
    else written.push(itemOf(state, change.act === "save" ? change.entry : change.item.entry));
  });
  putWritten(written, gone);
}

async function staleOf(changes: readonly Change[], { body }: Problem): Promise<Stale> {
  const groups = new Set(changes.map((change) => (change.act === "save" ? change.group : change.item.group)));
  await Promise.all([...groups].map(pull));
  return new Stale(body?.entries ?? []);
}
