// Giving and taking a right, as pages do it.
import { endGrant, putGrant } from "../../../api/groups.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import { settle } from "../access/settle.ts";
import { grantTo } from "../keys/granting.ts";
import type { Vault } from "../keys/vault.ts";
import { rotateGroup } from "./rotating.ts";

export async function giveRight(vault: Vault, group: string, member: string, right: string): Promise<void> {
  const access = vault.groups.get(group);
  if (access?.rotationDue || access?.stands === false) await rotateGroup(vault, group);
  await settle(async () => putGrant(await grantTo(vault, group, member, right)));
}

/** Ends it, renews the group's key at once, and leaves the history where `left` says so. */
export async function endRight(vault: Vault, group: string, member: string, left: "" | "history"): Promise<void> {
  await settle(() => endGrant(group, member));
  // Who gave the key away can't make the next one: somebody who holds it does.
  if (member === toBase64url(vault.member)) return;
  await rotateGroup(vault, group, member);
  if (left !== "") await giveRight(vault, group, member, left);
}
