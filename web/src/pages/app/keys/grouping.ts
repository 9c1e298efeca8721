// A new group, other details of one, and its next key. spec/vault.md §1, spec/keys.md §6.
import type { CreateGroup, GroupRights, Rotation } from "../../../api/vaultWire.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import type { Role } from "../../../protocol/card.ts";
import type { Right } from "../../../protocol/grant.ts";
import { sealGroupDetails } from "../../../protocol/groupDetails.ts";
import { makeGroup, makeRotation, type NewHolder } from "../../../protocol/rotation.ts";
import { heldGroup, judge, rightsFor, versionOf } from "./granting.ts";
import { Untrusted, type Vault } from "./vault.ts";

export interface Look {
  name: string;
  icon: string;
  colour: string;
}

/** With one's own right manage, and those of `rights` (member → right). */
export async function newGroup(vault: Vault, look: Look, rights: ReadonlyMap<string, string>): Promise<CreateGroup> {
  const own = toBase64url(vault.member);
  const holders = [...new Map<string, string>([...rights, [own, "manage"]])].map(([member, right]) => {
    const holder = holderOf(vault, member, right);
    if (!rightsFor(holder.role).some((known) => known === right)) throw new Untrusted("card");
    return holder;
  });
  return makeGroup(vault.signingKey, vault.org, { v: 1, ...look }, holders);
}

/** A member's own shelf, made at the first unlock after the approval: nobody else ever holds its key. */
export async function newPersonalGroup(vault: Vault): Promise<CreateGroup> {
  const grantee = vault.roster.members.get(toBase64url(vault.member))!;
  return makeGroup(vault.signingKey, vault.org, undefined, [{ grantee, right: "manage" }]);
}

/** Name, icon and colour anew, from the revision that is known here. */
export async function changedDetails(vault: Vault, group: string, look: Look): Promise<{ version: number; base: number; details: string }> {
  const access = vault.groups.get(group);
  const history = access?.keys.get(access.version)?.history;
  if (access === undefined || history === undefined) throw new Untrusted("none");
  const { version, detailsRevision: base } = access;
  return { version, base, details: toBase64url(await sealGroupDetails(history, versionOf(vault, access), base + 1, { v: 1, ...look })) };
}

/** The next version, sealed to everybody who holds the present one and nobody else; `without` left just now. */
export async function nextKey(vault: Vault, shown: GroupRights, without?: string): Promise<Rotation> {
  const access = heldGroup(vault, shown.group);
  const holders = await Promise.all(
    shown.grants.map(async (grant) => {
      // The server lists who holds the group; that each of them was given it is what its grant's signature says.
      if (grant.member === without || (await judge(vault, shown, grant)) === "forged") throw new Untrusted("grant");
      return holderOf(vault, grant.member, grant.right);
    }),
  );
  const details = { v: 1, name: access.name ?? "", icon: access.icon ?? "folder", colour: access.colour ?? "teal" } as const;
  return makeRotation(vault.signingKey, versionOf(vault, access), access.raw, { details, revision: access.detailsRevision }, holders);
}

/** Throws for who isn't a member by the cards. */
function holderOf(vault: Vault, member: string, right: string): NewHolder & { role: Role } {
  const grantee = vault.roster.members.get(member);
  if (grantee === undefined || grantee.role === "removed") throw new Untrusted("card");
  return { grantee, right: right as Right, role: grantee.role };
}
