// One entry of the vault, open: what the server says of it, its text, and what search and sorting read.
import type { EntryState } from "../../../api/vaultWire.ts";
import type { VaultEntry } from "../../../protocol/vaultEntry.ts";
import { fold } from "./fold.ts";

export interface Item {
  id: string;
  group: string;
  revision: number;
  /** Of the group's key that it is sealed under. */
  version: number;
  change: number;
  changedAt: number;
  /** A member's id. */
  changedBy: string;
  binnedAt: number | undefined;
  entry: VaultEntry;
  /** The title as search reads it. */
  title: string;
  /** The title as sorting reads it: 9 before 10. */
  order: string;
  /** Everything that may be searched for, folded; never a secret. */
  text: string;
}

export function itemOf(state: Omit<EntryState, "sealed" | "purged">, entry: VaultEntry): Item {
  const { group, revision, version, change, changedAt, changedBy, binnedAt } = state;
  const title = fold(entry.title);
  return { id: state.entry, group, revision, version, change, changedAt, changedBy, binnedAt, entry, title, order: title.replace(/\d+/g, (digits) => digits.padStart(8, "0")), text: `${title}\n${searchable(entry)}` };
}

function searchable(entry: VaultEntry): string {
  const fields = (entry.fields ?? []).flatMap(({ name, value, kind }) => (kind === "hidden" || kind === "key" ? [name] : [name, value]));
  const files = (entry.files ?? []).map((file) => file.name);
  return fold([entry.username, entry.url, ...(entry.folder ?? []), ...(entry.tags ?? []), ...fields, ...files, entry.notes].filter(Boolean).join("\n"));
}

/** In days; what is due within a month wants attention. */
export const attentionDays = 30;
const dayMs = 86_400_000;

/** When the entry, or its password, has to be seen to; undefined while neither is near. */
export function dueAt(entry: VaultEntry, now: number): number | undefined {
  const due = Math.min(entry.expires ?? Infinity, entry.rotateBy ?? Infinity);
  return due - now < attentionDays * dayMs ? due : undefined;
}

export const binDays = 30;

/** Whole days until the bin is emptied of it; the server's clock may be ahead of this one. */
export const daysLeft = (binnedAt: number, now: number): number => Math.min(binDays, Math.max(0, Math.ceil((binnedAt + binDays * dayMs - now) / dayMs)));
