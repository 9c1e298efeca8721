// What of the vault is looked at: which shelf, what is searched for, what is ticked. In memory, gone with the lock.
import { batch, computed, signal } from "@preact/signals";
import { access } from "../access/access.ts";
import { go, path, replace } from "../place.ts";
import { dueAt, type Item } from "./item.ts";
import { select, shelves, sorted, type Scope, type Sort } from "./search.ts";
import { groups, items } from "./store.ts";

export const scope = signal<Scope>("all");
export const folder = signal<readonly string[] | undefined>(undefined);
export const tag = signal<string | undefined>(undefined);
export const type = signal<string | undefined>(undefined);
export const query = signal("");
export const sort = signal<Sort>("title");

/** Ids; the order says nothing. */
export const ticked = signal<ReadonlySet<string>>(new Set());

/** The row the keyboard is on. */
export const cursor = signal<string | undefined>(undefined);

/** On a phone, where one pane is seen at a time: the groups in place of the list. */
export const choosing = signal(false);

/** Set to make a tap tick, for hands without a keyboard. */
export const selecting = signal(false);

/** Days pass while the page is open. */
export const today = signal(Date.now());

/** What the right pane does with the entry that the address names. */
export type Doing = "show" | "edit" | "new";

export interface Place {
  group: string | undefined;
  entry: string | undefined;
  doing: Doing;
}

const addresses = /^\/vault(?:\/(?:(new)|([\w-]{22})(?:\/([\w-]{22})(?:\/(edit))?)?))?$/;

/** Undefined: not the vault's address. */
export function placeOf(address: string): Place | undefined {
  const found = addresses.exec(address);
  return found === null ? undefined : { group: found[2], entry: found[3], doing: found[1] ? "new" : found[4] ? "edit" : "show" };
}

export const place = computed<Place>(() => placeOf(path.value) ?? { group: undefined, entry: undefined, doing: "show" });

const archived = computed(() => new Set(groups.value.filter((group) => group.state === "archived").map((group) => group.group)));

const inOrder = computed(() => sorted(items.value.values(), sort.value));

/** What the list shows. */
export const shown = computed(() =>
  select(inOrder.value, { scope: scope.value, folder: folder.value, tag: tag.value, type: type.value, query: query.value }, archived.value, today.value),
);

/** The entry on the right. */
export const current = computed<Item | undefined>(() => {
  const id = place.value.entry;
  return id === undefined ? undefined : items.value.get(id);
});

export const tickedItems = computed(() => [...ticked.value].flatMap((id) => items.value.get(id) ?? []));

export interface Counts {
  all: number;
  favourites: number;
  attention: number;
  bin: number;
  groups: ReadonlyMap<string, number>;
  tags: ReadonlyMap<string, number>;
}

export const counts = computed<Counts>(() => {
  const [byGroup, tags] = [new Map<string, number>(), new Map<string, number>()];
  let [all, favourites, attention, bin] = [0, 0, 0, 0];
  for (const { group, entry, binnedAt } of items.value.values()) {
    if (binnedAt !== undefined) {
      bin++;
      continue;
    }
    byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
    if (archived.value.has(group)) continue;
    all++;
    if (entry.favourite) favourites++;
    if (dueAt(entry, today.value) !== undefined) attention++;
    for (const name of entry.tags ?? []) tags.set(name, (tags.get(name) ?? 0) + 1);
  }
  return { all, favourites, attention, bin, groups: byGroup, tags };
});

const addressOf = (to: Scope): string => (shelves.includes(to) ? "/vault" : `/vault/${to}`);

/** To another shelf, with nothing narrowed and nothing ticked. An edit that isn't saved may hold one back. */
export function show(to: Scope, inside?: readonly string[]): void {
  go(addressOf(to), true);
  if (path.value !== addressOf(to)) return;
  batch(() => {
    scope.value = to;
    folder.value = inside;
    tag.value = undefined;
    choosing.value = false;
    untick();
  });
}

export function openEntry(item: Item): void {
  cursor.value = item.id;
  go(`/vault/${item.group}/${item.id}`, true);
  // Where the list gave way to the entry, what is read begins at its title.
  requestAnimationFrame(() => {
    if (document.getElementById("vault-rows")?.offsetParent === null) document.getElementById("entry-title")?.focus();
  });
}

export const editEntry = ({ group, id }: Item): void => go(`/vault/${group}/${id}/edit`, true);

export const newEntry = (): void => go("/vault/new", true);

/** Back to the list. */
export const closeEntry = (): void => go(addressOf(scope.value), true);

export function untick(): void {
  ticked.value = new Set();
  selecting.value = false;
}

export function clearFilters(): void {
  batch(() => {
    query.value = "";
    tag.value = undefined;
    type.value = undefined;
    folder.value = undefined;
  });
}

/** An address that was opened or stepped back to decides which group is seen. */
export function followAddress(): () => void {
  return place.subscribe((now) => {
    if (now.group === undefined) return;
    const here = scope.peek();
    if (now.entry === undefined && now.group !== here) show(now.group);
  });
}

function clear(): void {
  batch(() => {
    clearFilters();
    untick();
    scope.value = "all";
    sort.value = "title";
    cursor.value = undefined;
    choosing.value = false;
  });
}

/** For as long as the page lives. */
export function watchView(): void {
  access.subscribe((now) => {
    if (now.kind !== "open") clear();
  });
}

/** The address of an entry that went becomes that of the list. */
export const forgetEntry = (): void => replace(addressOf(scope.value));
