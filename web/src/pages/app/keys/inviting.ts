// The inviter's side of an invitation. inviteMac lies sealed under the inviter's personal group, so that no one else can
// say whose keys an answer brought. spec/keys.md §9.
import type { CreateInvitation, InvitationSummary, NewGrant } from "../../../api/vaultWire.ts";
import type { SignedCardWire } from "../../../api/members.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { concat, equal, random, uint32, type Bytes } from "../../../protocol/bytes.ts";
import { roles, type Role } from "../../../protocol/card.ts";
import { encodeCode, inviteKind } from "../../../protocol/code.ts";
import { sha256 } from "../../../protocol/derive.ts";
import type { Grantee } from "../../../protocol/grant.ts";
import { sealUnder, unsealUnder } from "../../../protocol/heldKey.ts";
import { fromMac, inviteAuthOf, inviteMacOf, toMac } from "../../../protocol/invitation.ts";
import { nextCard } from "../../../protocol/roster.ts";
import { onWire } from "./cards.ts";
import { grantFor, heldGroup, versionOf } from "./granting.ts";
import { personalGroup, Untrusted, type GroupAccess, type Vault } from "./vault.ts";

export type Invitee = Grantee;

const macPlace = (vault: Vault, personal: GroupAccess, version: number, invitation: Bytes): Bytes =>
  concat(vault.org, versionOf(vault, personal).group, uint32(version), invitation);

/** The request, and the link that the server never sees. */
export async function newInvitation(vault: Vault, origin: string, role: Role, groups: { group: string; right: string }[]): Promise<{ request: CreateInvitation; link: string }> {
  const [key, invitation] = [random(32), random(16)];
  const mac = await inviteMacOf(key);
  try {
    const personal = personalGroup(vault);
    const from = await fromMac(mac, { org: vault.org, invitation }, vault.roster.root, role);
    const sealed = await sealUnder(personal.keys.get(personal.version)!.entries!, "invitation", macPlace(vault, personal, personal.version, invitation), mac);
    const request: CreateInvitation = {
      invitation: toBase64url(invitation),
      authHash: toBase64url(await sha256(await inviteAuthOf(key))),
      role,
      groups,
      rootCardHash: toBase64url(vault.roster.root),
      from: toBase64url(from),
      sealed: toBase64url(sealed),
    };
    return { request, link: `${origin}/i#${await encodeCode(inviteKind, key)}` };
  } finally {
    key.fill(0);
    mac.fill(0);
  }
}

/** The keys of who accepted, when they were made with this very link; undefined when somebody put others in their place. */
export async function checkInvitee(vault: Vault, { invitation, sealed, accepted }: InvitationSummary): Promise<Invitee | undefined> {
  const [id, box, member, to] = [fromBase64url(invitation, 16), fromBase64url(sealed), fromBase64url(accepted?.member, 16), fromBase64url(accepted?.to, 32)];
  const [ecdh, ecdsa] = [fromBase64url(accepted?.ecdh, 91), fromBase64url(accepted?.ecdsa, 91)];
  if (!id || !box || !member || !to || !ecdh || !ecdsa) return undefined;
  const personal = personalGroup(vault);
  for (const [version, { entries }] of personal.keys) {
    const mac = entries && (await unsealUnder(entries, "invitation", macPlace(vault, personal, version, id), box));
    if (mac === undefined) continue;
    const right = equal(await toMac(mac, { org: vault.org, invitation: id }, { member, ecdh, ecdsa }), to);
    mac.fill(0);
    return right ? { member, ecdh, ecdsa } : undefined;
  }
  return undefined;
}

/** The card, and the keys of the groups, as the dialog showed them before. */
export async function approvalOf(vault: Vault, invitation: InvitationSummary): Promise<SignedCardWire & { grants: NewGrant[] }> {
  const invitee = await checkInvitee(vault, invitation);
  const role = roles.find((name) => name === invitation.role);
  if (invitee === undefined || role === undefined || role === "removed") throw new Untrusted("invitation");
  const card = await nextCard(vault.roster, vault.signingKey, vault.member, invitee, role);
  const grants = await Promise.all(invitation.groups.map(({ group, right }) => grantFor(vault, heldGroup(vault, group), invitee, right, role)));
  return { ...onWire(card), grants };
}
