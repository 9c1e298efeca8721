// Giving a group's key to somebody, and judging what others gave. spec/keys.md §6.
import type { GroupRights, NewGrant } from "../../../api/vaultWire.ts";
import type { Bytes } from "../../../protocol/bytes.ts";
import { judgeGrant, rights, sealGrant, type Grantee, type Right } from "../../../protocol/grant.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { trustedBytes } from "./untrusted.ts";
import { Untrusted, type GroupAccess, type Vault } from "./vault.ts";

/** `stands`: by who may grant now. `stood`: by who might then and may no more. `forged`: by nobody who ever might. */
export type Verdict = "stands" | "stood" | "forged";

/** What a role can hold: an auditor gets the history key alone. */
export const rightsFor = (role: string): readonly Right[] => (role === "auditor" ? ["history"] : rights);

/** The groups whose key one may give on: as owner or admin who holds it. */
export const grantable = (vault: Vault): GroupAccess[] =>
  [...vault.groups.values()]
    .filter(({ raw, personal, state }) => raw !== undefined && !personal && state === "active")
    .sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));

/** The group with the key itself. Throws for one whose key isn't there to give. */
export function heldGroup(vault: Vault, group: string): GroupAccess & { raw: Bytes } {
  const access = vault.groups.get(group);
  if (access?.raw === undefined) throw new Untrusted("none");
  return access as GroupAccess & { raw: Bytes };
}

export const versionOf = (vault: Vault, { group, version }: { group: string; version: number }) => ({ org: vault.org, group: trustedBytes(group, 16, "grant"), version });

/** For somebody in the roster, at the newest version. */
export async function grantTo(vault: Vault, group: string, member: string, right: string): Promise<NewGrant> {
  const card = vault.roster.members.get(member);
  if (card === undefined || card.role === "removed") throw new Untrusted("card");
  return grantFor(vault, heldGroup(vault, group), card, right, card.role);
}

/** For somebody whose card is being signed just now, too. */
export async function grantFor(vault: Vault, access: GroupAccess & { raw: Bytes }, grantee: Grantee, right: string, role: string): Promise<NewGrant> {
  const known = rightsFor(role).find((name) => name === right);
  if (known === undefined) throw new Error(`${role} can't hold ${right}.`);
  return sealGrant(vault.signingKey, versionOf(vault, access), known, grantee, access.raw);
}

/** Whether a grant that the server shows was signed by who might, for this very member and right. */
export async function judge(vault: Vault, { group, version }: GroupRights, sent: GroupRights["grants"][number]): Promise<Verdict> {
  const right = rights.find((name) => name === sent.right);
  const [id, member, granter] = [fromBase64url(group, 16), fromBase64url(sent.member, 16), fromBase64url(sent.granter, 16)];
  const [enc, ciphertext, signature] = [fromBase64url(sent.enc, 65), fromBase64url(sent.ciphertext, 48), fromBase64url(sent.signature, 64)];
  if (!right || !id || !member || !granter || !enc || !ciphertext || !signature) return "forged";
  return (await judgeGrant({ org: vault.org, group: id, version, right, personal: false, member, granter, enc, ciphertext, signature }, vault.roster)) ?? "forged";
}
