// New seals around one's own keys, and one's own removal. Each asks for the master password: it alone opens the blob.
import type { ChangePassword } from "../../../api/vaultWire.ts";
import type { Session } from "../../../api/wire.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { random, type Bytes } from "../../../protocol/bytes.ts";
import { encodeCode, recoveryKind } from "../../../protocol/code.ts";
import { masterPasswordCost, recoveryAuthOf, recoveryWrapOf } from "../../../protocol/masterPassword.ts";
import { openMemberKeys, sealMemberKeys, type MemberSecrets } from "../../../protocol/memberKeys.ts";
import type { SignedCardWire } from "../../../api/members.ts";
import { roleCard } from "./cards.ts";
import { passwordKeys, type Progress } from "./membership.ts";
import type { Vault } from "./vault.ts";

export interface NewRecovery {
  request: { authKey: string; recoveryAuth: string; recoveryBlob: string };
  recoveryCode: string;
}

/** The keys anew under another password; undefined: the old one is wrong. */
export async function prepareNewPassword(session: Session, old: string, fresh: string, progress: Progress): Promise<{ request: ChangePassword; wrapKey: Bytes } | undefined> {
  const opened = await openOwn(session, old, (done) => progress(done / 2));
  if (opened === undefined) return undefined;
  const { authKey, secrets, member } = opened;
  try {
    const parameters = { ...masterPasswordCost, salt: toBase64url(random(16)) };
    const next = await passwordKeys(fresh, parameters, (done) => progress(0.5 + done / 2));
    const keyBlob = toBase64url(await sealMemberKeys(next.wrapKey, member, secrets));
    return { request: { authKey, parameters, newAuthKey: next.authKey, keyBlob }, wrapKey: next.wrapKey };
  } finally {
    wipe(secrets);
  }
}

/** The keys anew under another recovery key; undefined: the password is wrong. */
export async function prepareNewRecoveryKey(session: Session, password: string, progress: Progress): Promise<NewRecovery | undefined> {
  const opened = await openOwn(session, password, progress);
  if (opened === undefined) return undefined;
  const { authKey, secrets, member } = opened;
  const recoveryKey = random(32);
  try {
    const recoveryBlob = toBase64url(await sealMemberKeys(await recoveryWrapOf(recoveryKey), member, secrets));
    return { request: { authKey, recoveryAuth: toBase64url(await recoveryAuthOf(recoveryKey)), recoveryBlob }, recoveryCode: await encodeCode(recoveryKind, recoveryKey) };
  } finally {
    wipe(secrets);
    recoveryKey.fill(0);
  }
}

/** What proves the password to the server; undefined: it is wrong. */
export async function proveIt(session: Session, password: string, progress: Progress): Promise<string | undefined> {
  const opened = await openOwn(session, password, progress);
  if (opened !== undefined) wipe(opened.secrets);
  return opened?.authKey;
}

/** One's own removal card: a member may always issue it. spec/keys.md §6, rule 2. */
export const ownRemoval = (vault: Vault): Promise<SignedCardWire> => roleCard(vault, vault.session.member.id, "removed");

async function openOwn(session: Session, password: string, progress: Progress): Promise<{ authKey: string; secrets: MemberSecrets; member: Bytes } | undefined> {
  const { authKey, wrapKey } = await passwordKeys(password, session.parameters, progress);
  try {
    const [member, blob] = [fromBase64url(session.member.id, 16), fromBase64url(session.keyBlob)];
    const secrets = member && blob && (await openMemberKeys(wrapKey, member, blob));
    return secrets && { authKey, secrets, member };
  } finally {
    wrapKey.fill(0);
  }
}

const wipe = ({ ecdh, ecdsa }: MemberSecrets): void => {
  ecdh.fill(0);
  ecdsa.fill(0);
};
