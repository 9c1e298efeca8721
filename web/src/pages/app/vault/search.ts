// What the list shows: one pass over the sorted entries for each key stroke.
import { fold } from "./fold.ts";
import { dueAt, type Item } from "./item.ts";

/** A group's id, or one of the shelves that hold entries of all groups. */
export type Scope = "all" | "favourites" | "attention" | "bin" | (string & {});

export const shelves: readonly string[] = ["all", "favourites", "attention", "bin"];

export const sorts = ["title", "changed", "created", "expires"] as const;
export type Sort = (typeof sorts)[number];

export interface Choice {
  scope: Scope;
  /** Of one group; undefined: all of it. */
  folder: readonly string[] | undefined;
  tag: string | undefined;
  type: string | undefined;
  query: string;
}

const byTitle = (a: Item, b: Item): number => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1);

const orders: Readonly<Record<Sort, (a: Item, b: Item) => number>> = {
  title: byTitle,
  changed: (a, b) => b.changedAt - a.changedAt || byTitle(a, b),
  created: (a, b) => (b.entry.created ?? 0) - (a.entry.created ?? 0) || byTitle(a, b),
  expires: (a, b) => soonest(a) - soonest(b) || byTitle(a, b),
};

/** Entries without a date come last. */
const soonest = ({ entry }: Item): number => Math.min(entry.expires ?? Number.MAX_VALUE, entry.rotateBy ?? Number.MAX_VALUE);

export const sorted = (items: Iterable<Item>, sort: Sort): Item[] => [...items].sort(orders[sort]);

/** Those that match, in their order; with a query, whose title begins with it comes first, then whose title holds it. */
export function select(items: readonly Item[], choice: Choice, outOfTheWay: ReadonlySet<string>, now: number): Item[] {
  const query = fold(choice.query).trim();
  const words = query.split(/\s+/).filter(Boolean);
  const ranks: [Item[], Item[], Item[], Item[]] = [[], [], [], []];
  for (const item of items) {
    if (isIn(item, choice, outOfTheWay, now) && words.every((word) => item.text.includes(word))) ranks[query === "" ? 0 : rank(item.title, query)].push(item);
  }
  return ranks[1].length + ranks[2].length + ranks[3].length === 0 ? ranks[0] : ranks.flat();
}

const rank = (title: string, query: string): 0 | 1 | 2 | 3 => (title.startsWith(query) ? 0 : title.includes(` ${query}`) ? 1 : title.includes(query) ? 2 : 3);

function isIn(item: Item, { scope, folder, tag, type }: Choice, outOfTheWay: ReadonlySet<string>, now: number): boolean {
  if ((item.binnedAt !== undefined) !== (scope === "bin")) return false;
  if (type !== undefined && item.entry.type !== type) return false;
  if (tag !== undefined && !item.entry.tags?.includes(tag)) return false;
  if (!shelves.includes(scope)) return item.group === scope && (folder === undefined || folder.every((name, i) => item.entry.folder?.[i] === name));
  if (outOfTheWay.has(item.group)) return false;
  if (scope === "favourites") return item.entry.favourite === true;
  return scope !== "attention" || dueAt(item.entry, now) !== undefined;
}
