// What an invitation's link carries, and the two MACs that only who has the link can make. spec/keys.md §9.
import { concat, empty, equal, uint32, uint8, type Bytes } from "./bytes.ts";
import { decodeCard, roles, type Role } from "./card.ts";
import { derive, hmac, labelled, sha256 } from "./derive.ts";
import type { GroupVersion } from "./grant.ts";
import { sealUnder, unsealUnder, type HeldKey } from "./heldKey.ts";

/** Shown to the server, which keeps its SHA-256. */
export const inviteAuthOf = (inviteKey: Bytes): Promise<Bytes> => derive(inviteKey, empty, "invite auth");

/** Kept by the inviter alone. */
export const inviteMacOf = (inviteKey: Bytes): Promise<Bytes> => derive(inviteKey, empty, "invite mac");

export interface InvitationPlace {
  org: Bytes;
  invitation: Bytes;
}

/** `from`: which organization, by its root card, and which role. */
export const fromMac = (inviteMac: Bytes, { org, invitation }: InvitationPlace, rootCardHash: Bytes, role: Role): Promise<Bytes> =>
  hmac(inviteMac, labelled("invite from", org, invitation, rootCardHash, uint8(roles.indexOf(role))));

/** `to`: who accepts, with which keys. */
export const toMac = (inviteMac: Bytes, { org, invitation }: InvitationPlace, { member, ecdh, ecdsa }: { member: Bytes; ecdh: Bytes; ecdsa: Bytes }): Promise<Bytes> =>
  hmac(inviteMac, labelled("invite to", org, invitation, member, ecdh, ecdsa));

const kept = ({ org, group, version }: GroupVersion, invitation: Bytes) => concat(org, group, uint32(version), invitation);

/** inviteMac for the inviter alone: under the key of its personal group, at this version. */
export const sealInviteMac = (personal: HeldKey, at: GroupVersion, invitation: Bytes, inviteMac: Bytes): Promise<Bytes> =>
  sealUnder(personal, "invitation", kept(at, invitation), inviteMac);

/** Undefined when it isn't this member's invitation. */
export async function openInviteMac(personal: HeldKey, at: GroupVersion, invitation: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  const mac = await unsealUnder(personal, "invitation", kept(at, invitation), sealed);
  return mac?.length === 32 ? mac : undefined;
}

/** What a server shows to whoever opens an invitation's link. */
export interface ShownInvitation extends InvitationPlace {
  rootCard: Bytes;
  role: string;
  from: Bytes;
}

/** SHA-256 of the root card, to be pinned in the member's key blob; undefined where nobody who had the link meant this organization and role. */
export async function checkInvitation(inviteKey: Bytes, { org, invitation, rootCard, role, from }: ShownInvitation): Promise<Bytes | undefined> {
  const card = decodeCard(rootCard);
  const known = roles.find((name) => name === role && name !== "removed");
  if (!card || !known || card.role !== "owner" || card.seq !== 1 || !equal(card.issuer, card.member) || !equal(card.org, org)) return undefined;
  const root = await sha256(rootCard);
  return equal(await fromMac(await inviteMacOf(inviteKey), { org, invitation }, root, known), from) ? root : undefined;
}
