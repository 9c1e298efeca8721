// The invitee's side of an invitation: the organization is pinned before anything is typed. spec/keys.md §9.
import { openInvitation } from "../../../api/members.ts";
import type { AcceptInvitation, InvitationOpened } from "../../../api/vaultWire.ts";
import type { KdfParameters as WireParameters } from "../../../api/wire.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { equal, random, type Bytes } from "../../../protocol/bytes.ts";
import { decodeCard, roles } from "../../../protocol/card.ts";
import { decodeCode, inviteKind } from "../../../protocol/code.ts";
import { sha256 } from "../../../protocol/derive.ts";
import { fromMac, inviteAuthOf, inviteMacOf, toMac, type InvitationPlace } from "../../../protocol/invitation.ts";
import { generateMemberKeys } from "../../../protocol/memberKeys.ts";
import { passwordKeys, sealTwice, type Prepared, type Progress } from "./membership.ts";
import { Untrusted } from "./vault.ts";

export interface Invitation {
  opened: InvitationOpened;
  inviteAuth: string;
  mac: Bytes;
  place: InvitationPlace;
  /** SHA-256 of the root card: the organization that the inviter meant. */
  root: Bytes;
}

/** Asks the server for the invitation of a code that was read already. Throws Untrusted when it isn't the inviter's. */
export async function openLink(code: string): Promise<Invitation> {
  const key = await decodeCode(inviteKind, code);
  if (key === undefined) throw new Untrusted("invitation");
  const inviteAuth = toBase64url(await inviteAuthOf(key));
  const mac = await inviteMacOf(key);
  key.fill(0);
  const opened = await openInvitation(inviteAuth);
  const [org, invitation, card, from] = [fromBase64url(opened.organization.id, 16), fromBase64url(opened.invitation, 16), fromBase64url(opened.rootCard, 235), fromBase64url(opened.from, 32)];
  const role = roles.find((name) => name === opened.role);
  const rootCard = card && decodeCard(card);
  if (!org || !invitation || !card || !from || !role || !rootCard || !equal(rootCard.org, org)) throw new Untrusted("invitation");
  const root = await sha256(card);
  if (!equal(await fromMac(mac, { org, invitation }, root, role), from)) throw new Untrusted("invitation");
  return { opened, inviteAuth, mac, place: { org, invitation }, root };
}

/** Keys of one's own, sealed, with the answer that only who has the link can give. */
export async function prepareJoining(
  invitation: Invitation,
  form: { name: string; email: string; password: string },
  parameters: WireParameters,
  progress: Progress,
): Promise<Prepared<AcceptInvitation>> {
  const { authKey, wrapKey } = await passwordKeys(form.password, parameters, progress);
  const [member, recoveryKey] = [random(16), random(32)];
  const keys = await generateMemberKeys();
  const to = await toMac(invitation.mac, invitation.place, { member, ecdh: keys.ecdh, ecdsa: keys.ecdsa });
  const sealed = await sealTwice(wrapKey, recoveryKey, member, { ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: invitation.root });
  const request: AcceptInvitation = {
    inviteAuth: invitation.inviteAuth,
    member: { id: toBase64url(member), name: form.name.trim(), email: form.email.trim() },
    parameters,
    authKey,
    recoveryAuth: sealed.recoveryAuth,
    keyBlob: sealed.keyBlob,
    recoveryBlob: sealed.recoveryBlob,
    ecdh: toBase64url(keys.ecdh),
    ecdsa: toBase64url(keys.ecdsa),
    to: toBase64url(to),
  };
  return { request, wrapKey, recoveryCode: sealed.recoveryCode };
}
