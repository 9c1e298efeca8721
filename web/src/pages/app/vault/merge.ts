// Two people changed the same entry: what differs, part by part, and the entry that comes out of the choices. What only
// one of them changed is suggested; what both changed has to be chosen. spec/vault.md §3.
import type { VaultEntry, VaultField } from "../../../protocol/vaultEntry.ts";

export type Side = "mine" | "theirs";

const texts = ["type", "title", "url", "username", "password", "totp", "notes"] as const;
const others = ["folder", "tags", "favourite", "expires", "rotateBy"] as const;

export type PartName = (typeof texts)[number] | (typeof others)[number] | "field" | "file";

export interface Difference {
  key: string;
  part: PartName;
  /** Of a field or a file. */
  name: string;
  mine: unknown;
  theirs: unknown;
  /** Who alone changed it; undefined: both did. */
  suggested: Side | undefined;
}

interface Part {
  part: PartName;
  name: string;
  value: unknown;
}

/** Everything a member can change, by a key that is the same in all three. */
function partsOf(entry: VaultEntry): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const part of [...texts, ...others]) {
    const value = entry[part];
    if (value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0)) parts.set(part, { part, name: "", value });
  }
  for (const { key, field } of named(entry.fields ?? [])) parts.set(key, { part: "field", name: field.name, value: field });
  for (const file of entry.files ?? []) parts.set(`file:${file.id}`, { part: "file", name: file.name, value: file });
  return parts;
}

/** Fields of the same name are told apart by their order. */
function named(fields: readonly VaultField[]): { key: string; field: VaultField }[] {
  const seen = new Map<string, number>();
  return fields.map((field) => {
    const nth = seen.get(field.name) ?? 0;
    seen.set(field.name, nth + 1);
    return { key: `field:${nth}:${field.name}`, field };
  });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `base` is the entry that both began with; without it nothing can be suggested. */
export function differences(base: VaultEntry | undefined, mine: VaultEntry, theirs: VaultEntry): Difference[] {
  const [before, left, right] = [base && partsOf(base), partsOf(mine), partsOf(theirs)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key): Difference[] => {
    const [a, b, old] = [left.get(key)?.value, right.get(key)?.value, before?.get(key)?.value];
    if (same(a, b)) return [];
    const { part, name } = (left.get(key) ?? right.get(key))!;
    const suggested = before === undefined ? undefined : same(b, old) ? "mine" : same(a, old) ? "theirs" : undefined;
    return [{ key, part, name, mine: a, theirs: b, suggested }];
  });
}

/** Theirs, with everything taken from mine that was chosen so. Members that neither version knows stay as in theirs. */
export function merged(mine: VaultEntry, theirs: VaultEntry, found: readonly Difference[], chosen: ReadonlyMap<string, Side>): VaultEntry {
  const takes = new Map(found.map(({ key, suggested }) => [key, chosen.get(key) ?? suggested ?? "theirs"]));
  const result: VaultEntry = structuredClone(theirs);
  for (const part of [...texts, ...others]) if (takes.get(part) === "mine") take(result, mine, part);
  if (takes.get("password") === "mine") take(result, mine, "passwordChanged");

  const fields = pick(named(mine.fields ?? []), named(theirs.fields ?? []), takes).map(({ field }) => field);
  const byId = (entry: VaultEntry) => (entry.files ?? []).map((file) => ({ key: `file:${file.id}`, file }));
  const files = pick(byId(mine), byId(theirs), takes).map(({ file }) => file);
  for (const [name, list] of [["fields", fields], ["files", files]] as const) {
    if (list.length > 0) Object.assign(result, { [name]: list });
    else delete result[name];
  }
  return result;
}

function take(into: VaultEntry, from: VaultEntry, name: keyof VaultEntry): void {
  if (from[name] === undefined) delete into[name];
  else Object.assign(into, { [name]: from[name] });
}

/** In their order, what only mine has after it. */
function pick<T extends { key: string }>(mine: T[], theirs: T[], takes: ReadonlyMap<string, Side>): T[] {
  const own = new Map(mine.map((one) => [one.key, one]));
  const kept = theirs.flatMap((one) => (takes.get(one.key) === "mine" ? (own.get(one.key) ?? []) : one));
  const added = mine.filter((one) => takes.get(one.key) === "mine" && !theirs.some(({ key }) => key === one.key));
  return [...kept, ...added];
}
