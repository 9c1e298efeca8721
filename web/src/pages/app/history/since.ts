// What became, in the vault, of entries that were handed over: the handover holds what they were at that moment.
import { revisionsOf } from "../../../api/vault.ts";
import type { DetailsItem } from "../../../protocol/details.ts";
import type { Vault } from "../keys/vault.ts";
import { differences, type PartName } from "../vault/merge.ts";
import { openState } from "../vault/opening.ts";
import { partLabel } from "../vault/Part.tsx";
import type { Item } from "../vault/item.ts";
import { items } from "../vault/store.ts";

export type Since = "same" | "changed" | "binned" | "gone";

/** An item that was taken from the vault. */
export interface Taken {
  title: string;
  entry: string;
  revision: number;
}

export const takenOf = ({ title, entry, revision }: Pick<DetailsItem, "title" | "entry" | "revision">): Taken | undefined =>
  entry === undefined || revision === undefined ? undefined : { title, entry, revision };

/** `gone`: purged, moved to another group, or in a group that this member may not read. */
export function sinceOf({ entry, revision }: Taken): Since {
  const now = items.value.get(entry);
  if (now === undefined) return "gone";
  if (now.binnedAt !== undefined) return "binned";
  return now.revision > revision ? "changed" : "same";
}

export interface PartChange {
  label: string;
  how: "added" | "removed" | "changed";
}

/** What of an entry never goes into a handover. */
const inside: ReadonlySet<PartName> = new Set(["folder", "tags", "favourite", "expires", "rotateBy"]);

/** Which parts differ from what was handed over, without their values. Undefined where that revision isn't there. */
export async function changesSince(vault: Vault, taken: Taken, now: Item): Promise<PartChange[] | undefined> {
  const group = vault.groups.get(now.group);
  const then = (await revisionsOf(taken.entry)).find(({ revision }) => revision === taken.revision);
  const before = group && then && (await openState(vault, group, { ...then, entry: taken.entry, group: now.group }));
  return before && differences(undefined, before, now.entry)
    .filter(({ part }) => !inside.has(part))
    .map((found) => ({ label: partLabel(found), how: found.mine === undefined ? "added" : found.theirs === undefined ? "removed" : "changed" }));
}
