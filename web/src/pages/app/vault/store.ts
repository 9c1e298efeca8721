// Every entry that the member may read, open, in memory alone: fetched group by group after the vault opened, kept
// current by live updates, gone with the lock. Other pages read the signals and write through write().
import { computed, signal } from "@preact/signals";
import { listen } from "../../../api/events.ts";
import { Problem } from "../../../api/http.ts";
import { entriesOf } from "../../../api/vault.ts";
import type { EntryState } from "../../../api/vaultWire.ts";
import { access, endedSession } from "../access/access.ts";
import type { GroupAccess, Vault } from "../keys/vault.ts";
import { rememberRevisions, revisionsSeen } from "../keys/seen.ts";
import { itemOf, type Item } from "./item.ts";
import { mayRead, openState } from "./opening.ts";

/** By id, those in the bin too. */
export const items = signal<ReadonlyMap<string, Item>>(new Map());

/** Entries that the server sent and that were refused: they don't open, or are older than what was seen before. */
export const refused = signal<ReadonlyMap<string, "unreadable" | "older">>(new Map());

export interface Syncing {
  /** Groups whose entries aren't all here yet. */
  groups: number;
  /** Entries opened so far. */
  entries: number;
}

/** Null: everything is here. */
export const syncing = signal<Syncing | null>(null);

/** Why something is missing; null while nothing is. */
export const problem = signal<unknown>(null);

/** True while live updates come. */
export const live = signal(false);

export const groups = computed<readonly GroupAccess[]>(() => {
  const now = access.value;
  return now.kind === "open" ? [...now.vault.groups.values()].filter((group) => group.state !== "deleted") : [];
});

const pageSize = 1_000;
/** Opened at once: enough to keep the browser's threads busy, few enough to let it paint in between. */
const sliceSize = 100;

interface Shelf {
  after: number;
  /** The newest revision seen of each entry, in this page and before it: spec/vault.md §3. */
  seen: Map<string, number>;
  run: Promise<void> | null;
  again: boolean;
}

interface Open {
  vault: Vault;
  abort: AbortController;
  shelves: Map<string, Shelf>;
  stop: () => void;
}

let open: Open | null = null;

/** Follows who is here, for as long as the page lives. */
export function watchVault(): void {
  access.subscribe((now) => {
    if (now.kind !== "open") closeStore();
    else if (open === null) openStore(now.vault);
    else adopt(now.vault);
  });
}

function openStore(vault: Vault): void {
  let before: boolean | null = null;
  open = { vault, abort: new AbortController(), shelves: new Map(), stop: () => {} };
  open.stop = listen({
    group: ({ group, change }) => {
      const shelf = open?.shelves.get(group);
      if (shelf !== undefined && change > shelf.after) void pull(group);
    },
    live: (now) => {
      live.value = now;
      // What happened before anybody listened, or while nobody did, is fetched.
      if (now && before !== true) reload();
      before = now;
    },
  });
  adopt(vault);
}

/** Another reading of the session: groups that went take their entries with them. */
function adopt(vault: Vault): void {
  const now = open!;
  now.vault = vault;
  const readable = new Set([...vault.groups.values()].filter(mayRead).map((group) => group.group));
  for (const group of [...now.shelves.keys()]) if (!readable.has(group)) now.shelves.delete(group);
  if ([...items.value.values()].some((item) => !readable.has(item.group))) items.value = new Map([...items.value].filter(([, item]) => readable.has(item.group)));
  for (const group of readable) {
    if (now.shelves.has(group)) continue;
    now.shelves.set(group, { after: 0, seen: revisionsSeen(group), run: null, again: false });
    void pull(group);
  }
}

/** Asks for everything that may have changed. */
export function reload(): void {
  problem.value = null;
  for (const group of open?.shelves.keys() ?? []) void pull(group);
}

export function closeStore(): void {
  open?.stop();
  open?.abort.abort();
  open = null;
  items.value = new Map();
  refused.value = new Map();
  syncing.value = null;
  problem.value = null;
  live.value = false;
}

/** Resolves when what the server had when it was called is here. */
export function pull(group: string): Promise<void> {
  const now = open;
  const shelf = now?.shelves.get(group);
  if (now === null || shelf === undefined) return Promise.resolve();
  if (shelf.run !== null) {
    shelf.again = true;
    return shelf.run;
  }
  shelf.run = pullPages(now, group, shelf).finally(() => {
    shelf.run = null;
    tellProgress(now);
  });
  tellProgress(now);
  return shelf.run;
}

async function pullPages(now: Open, group: string, shelf: Shelf): Promise<void> {
  const { signal: aborted } = now.abort;
  try {
    let more = true;
    while (more) {
      shelf.again = false;
      const page = await entriesOf(group, shelf.after, pageSize, aborted);
      await takeIn(now, shelf, page.entries);
      if (aborted.aborted) return;
      shelf.after = page.entries.at(-1)?.change ?? shelf.after;
      more = page.more || shelf.again;
    }
  } catch (error) {
    if (aborted.aborted || endedSession(error)) return;
    // A group that went meanwhile is told by the session.
    if (error instanceof Problem && (error.type === "not-found" || error.type === "forbidden")) return;
    problem.value = error;
  }
}

function tellProgress(now: Open, more = 0): void {
  if (now !== open) return;
  const left = [...now.shelves.values()].filter((shelf) => shelf.run !== null).length;
  syncing.value = left === 0 ? null : { groups: left, entries: items.value.size + more };
}

/** Opens what the server says and puts it in place at once, so that the list is drawn once for it. */
async function takeIn(now: Open, shelf: Shelf, states: readonly EntryState[]): Promise<void> {
  const opened: Opened[] = [];
  for (let at = 0; at < states.length; at += sliceSize) {
    opened.push(...(await Promise.all(states.slice(at, at + sliceSize).map((state) => openOne(now.vault, shelf, state)))));
    if (now !== open) return;
    tellProgress(now, opened.length);
  }
  put(opened);
  see(shelf, states);
}

function see({ seen }: Shelf, states: readonly Pick<EntryState, "entry" | "group" | "revision">[]): void {
  const newer = states.filter(({ entry, revision }) => revision > Math.max(1, seen.get(entry) ?? 1));
  for (const { entry, revision } of newer) seen.set(entry, revision);
  if (newer.length > 0) rememberRevisions(newer[0]!.group, seen);
}

type Opened = { id: string; item: Item | null; refusal?: "unreadable" | "older" };

async function openOne(vault: Vault, { seen }: Shelf, state: EntryState): Promise<Opened> {
  const id = state.entry;
  if (state.revision < (seen.get(id) ?? 1)) return { id, item: null, refusal: "older" };
  if (state.purged) return { id, item: null };
  const group = vault.groups.get(state.group);
  const here = items.value.get(id);
  // A change of one's own comes back, a bin changes no text: what is open stays open.
  if (here?.group === state.group && here.revision === state.revision && here.version === state.version) return { id, item: itemOf(state, here.entry) };
  const entry = group && (await openState(vault, group, state));
  return entry === undefined ? { id, item: null, refusal: "unreadable" } : { id, item: itemOf(state, entry) };
}

function put(opened: readonly Opened[]): void {
  const next = new Map(items.value);
  const not = new Map(refused.value);
  for (const { id, item, refusal } of opened) {
    const here = next.get(id);
    if (item !== null && here !== undefined && here.group === item.group && here.change > item.change) continue;
    if (item === null) next.delete(id);
    else next.set(id, item);
    if (refusal !== undefined) not.set(id, refusal);
    else not.delete(id);
  }
  items.value = next;
  if (not.size > 0 || refused.value.size > 0) refused.value = not;
}

/** For write(): what the server took, with the texts that were sealed for it. */
export function putWritten(written: readonly Item[], gone: readonly string[]): void {
  if (open === null) return;
  put([...written.map((item) => ({ id: item.id, item })), ...gone.map((id) => ({ id, item: null }))]);
  for (const { id, group, revision } of written) {
    const shelf = open.shelves.get(group);
    if (shelf !== undefined) see(shelf, [{ entry: id, group, revision }]);
  }
}

/** The vault as it is now; the calls of a page that a lock overtook end here. */
export function openNow(): { vault: Vault; signal: AbortSignal } {
  if (open === null) throw new DOMException("The vault is locked.", "AbortError");
  return { vault: open.vault, signal: open.abort.signal };
}
