// A new owner's keys, and new seals around existing ones after a recovery. spec/keys.md §5, §6.
import { argon2InWorker } from "../../../api/argon2.ts";
import type { KdfParameters as WireParameters, Recovery, Registration } from "../../../api/wire.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { random, type Bytes } from "../../../protocol/bytes.ts";
import { encodeCard, signCard } from "../../../protocol/card.ts";
import { encodeCode, recoveryKind } from "../../../protocol/code.ts";
import { sha256 } from "../../../protocol/derive.ts";
import { sealGrant } from "../../../protocol/grant.ts";
import { acceptable, authKeyOf, masterKeyOf, masterPasswordCost, recoveryAuthOf, recoveryWrapOf, wrapKeyOf, type KdfParameters } from "../../../protocol/masterPassword.ts";
import { generateMemberKeys, importMemberKeys, openMemberKeys, sealMemberKeys, type MemberSecrets } from "../../../protocol/memberKeys.ts";

export type Progress = (done: number) => void;

/** The server named parameters that a client refuses; the password was not used. */
export class WeakParameters extends Error {}

export interface PasswordKeys {
  authKey: string;
  wrapKey: Bytes;
}

export async function passwordKeys(password: string, wire: WireParameters, progress: Progress): Promise<PasswordKeys> {
  const parameters: KdfParameters = { ...wire, salt: fromBase64url(wire.salt, 16) ?? new Uint8Array() };
  if (!acceptable(parameters)) throw new WeakParameters();
  const masterKey = await masterKeyOf(password, parameters, argon2InWorker, progress);
  try {
    return { authKey: toBase64url(await authKeyOf(masterKey)), wrapKey: await wrapKeyOf(masterKey) };
  } finally {
    masterKey.fill(0);
  }
}

export interface OwnerForm {
  code: string;
  organization: string;
  name: string;
  email: string;
  password: string;
}

/** What is ready to be sent, once the owner has shown to hold the recovery key. */
export interface Prepared<T> {
  request: T;
  wrapKey: Bytes;
  recoveryCode: string;
}

export async function prepareRegistration(form: OwnerForm, parameters: WireParameters, progress: Progress): Promise<Prepared<Registration>> {
  const { authKey, wrapKey } = await passwordKeys(form.password, parameters, progress);
  const [org, member, group, groupKey, recoveryKey] = [random(16), random(16), random(16), random(32), random(32)];
  const keys = await generateMemberKeys();
  const root = { org, member, ecdh: keys.ecdh, ecdsa: keys.ecdsa, role: "owner", seq: 1, issuer: member } as const;
  const secrets: MemberSecrets = { ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: await sha256(encodeCard(root)) };
  const { ecdsa: signingKey } = await importMemberKeys(secrets, keys);
  const card = await signCard(signingKey, root);
  const grant = await sealGrant(signingKey, { org, group, version: 1 }, "manage", root, groupKey, true);
  groupKey.fill(0);

  const sealed = await sealTwice(wrapKey, recoveryKey, member, secrets);
  const request: Registration = {
    ...(form.code.trim() !== "" && { code: form.code.trim() }),
    organization: { id: toBase64url(org), name: form.organization.trim() },
    member: { id: toBase64url(member), name: form.name.trim(), email: form.email.trim() },
    parameters,
    authKey,
    recoveryAuth: sealed.recoveryAuth,
    keyBlob: sealed.keyBlob,
    recoveryBlob: sealed.recoveryBlob,
    card: toBase64url(card.card),
    cardSignature: toBase64url(card.signature),
    group: { id: grant.group, enc: grant.enc, ciphertext: grant.ciphertext, signature: grant.signature },
  };
  return { request, wrapKey, recoveryCode: sealed.recoveryCode };
}

/** The member's secrets that the recovery key opens; undefined when it doesn't. */
export const openRecoveryBlob = async (recoveryKey: Bytes, member: string, blob: string): Promise<MemberSecrets | undefined> => {
  const [id, sealed] = [fromBase64url(member, 16), fromBase64url(blob)];
  return id && sealed && openMemberKeys(await recoveryWrapOf(recoveryKey), id, sealed);
};

export const recoveryAuth = async (recoveryKey: Bytes): Promise<string> => toBase64url(await recoveryAuthOf(recoveryKey));

/** The old secrets under a new password and a new recovery key. */
export async function prepareRecovery(
  email: string,
  member: string,
  recoveryKey: Bytes,
  secrets: MemberSecrets,
  password: string,
  progress: Progress,
): Promise<Prepared<Recovery>> {
  const parameters = { ...masterPasswordCost, salt: toBase64url(random(16)) };
  const { authKey, wrapKey } = await passwordKeys(password, parameters, progress);
  const sealed = await sealTwice(wrapKey, random(32), fromBase64url(member, 16)!, secrets);
  const request: Recovery = {
    email,
    recoveryAuth: await recoveryAuth(recoveryKey),
    parameters,
    authKey,
    newRecoveryAuth: sealed.recoveryAuth,
    keyBlob: sealed.keyBlob,
    recoveryBlob: sealed.recoveryBlob,
  };
  return { request, wrapKey, recoveryCode: sealed.recoveryCode };
}

/** Seals the secrets under both keys and wipes them. */
export async function sealTwice(wrapKey: Bytes, recoveryKey: Bytes, member: Bytes, secrets: MemberSecrets) {
  const sealed = {
    keyBlob: toBase64url(await sealMemberKeys(wrapKey, member, secrets)),
    recoveryBlob: toBase64url(await sealMemberKeys(await recoveryWrapOf(recoveryKey), member, secrets)),
    recoveryAuth: toBase64url(await recoveryAuthOf(recoveryKey)),
    recoveryCode: await encodeCode(recoveryKind, recoveryKey),
  };
  for (const secret of [recoveryKey, secrets.ecdh, secrets.ecdsa]) secret.fill(0);
  return sealed;
}
