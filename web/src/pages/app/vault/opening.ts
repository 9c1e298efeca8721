// An entry's sealed bytes under the keys of its group. spec/vault.md §2.
import type { EntryState } from "../../../api/vaultWire.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { openEntry, sealEntry } from "../../../protocol/entrySeal.ts";
import { includes } from "../../../protocol/grant.ts";
import type { VaultEntry } from "../../../protocol/vaultEntry.ts";
import { Untrusted, type GroupAccess, type Vault } from "../keys/vault.ts";

export const mayRead = (group: GroupAccess): boolean => group.state !== "deleted" && includes(group.right, "view");

/** Undefined when it doesn't open at this place: damaged, swapped, or of a version whose key isn't there. */
export async function openState({ org }: Vault, { group, keys }: GroupAccess, state: Pick<EntryState, "entry" | "group" | "revision" | "version" | "sealed">): Promise<VaultEntry | undefined> {
  const key = keys.get(state.version)?.entries;
  const [groupId, entry, sealed] = [fromBase64url(group, 16), fromBase64url(state.entry, 16), fromBase64url(state.sealed)];
  if (key === undefined || groupId === undefined || entry === undefined || sealed === undefined || state.group !== group) return undefined;
  return openEntry(key, { org, group: groupId, version: state.version, entry, revision: state.revision }, sealed);
}

/** Sealed as the next revision under the newest key of its group. */
export async function sealForServer({ org, groups }: Vault, change: { group: string; id: string; base: number; entry: VaultEntry }): Promise<{ version: number; sealed: string }> {
  const group = groups.get(change.group);
  const key = group?.keys.get(group.version)?.entries;
  if (group === undefined || key === undefined || !group.stands) throw new Untrusted("grant");
  const place = { org, group: fromBase64url(change.group, 16)!, version: group.version, entry: fromBase64url(change.id, 16)!, revision: change.base + 1 };
  return { version: group.version, sealed: toBase64url(await sealEntry(key, place, change.entry)) };
}
