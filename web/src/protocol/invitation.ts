// What an invitation's link carries, and the two MACs that only who has the link can make. spec/keys.md §9.
import { empty, uint8, type Bytes } from "./bytes.ts";
import { roles, type Role } from "./card.ts";
import { derive, hmac, labelled } from "./derive.ts";

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
