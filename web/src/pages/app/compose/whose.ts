// Whose history a handover goes to: the group of its entries. Out of several groups the member chooses among them; what is
// typed on the spot may go to any group that the member may hand over for.
import { includes } from "../../../protocol/grant.ts";
import { personalGroup, type GroupAccess, type Vault } from "../keys/vault.ts";
import type { Draft } from "./draft.ts";

/** Whether handovers of this group may be made now: right share or above, the group active and its key in good standing. */
export const mayShare = (group: GroupAccess): boolean => includes(group.right, "share") && group.writable;

/** The groups that the entries were taken from. */
export const sourcesOf = (draft: Draft): string[] => [...new Set(draft.entries.flatMap(({ from }) => (from === undefined ? [] : from.group)))];

/** What may be chosen; empty where the member may no longer hand over for the entries' groups. */
export function candidates(draft: Draft, vault: Vault): GroupAccess[] {
  const sources = sourcesOf(draft);
  if (sources.length === 0) {
    const own = personalGroup(vault);
    return [own, ...[...vault.groups.values()].filter((group) => !group.personal && mayShare(group)).sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""))];
  }
  const groups = sources.map((id) => vault.groups.get(id));
  return groups.every((group) => group !== undefined && mayShare(group)) ? (groups as GroupAccess[]) : [];
}

/** Undefined where no group comes into question. */
export function groupOf(draft: Draft, vault: Vault): GroupAccess | undefined {
  const all = candidates(draft, vault);
  return all.find(({ group }) => group === draft.group) ?? all[0];
}
