// One key of a group handed to a member, signed: a hostile server can swap neither key nor member. The groupKey with right
// view and above, the historyKey with right history. spec/keys.md §6.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { toBase64url } from "./base64url.ts";
import { concat, empty, equal, uint32, uint8, type Bytes } from "./bytes.ts";
import { mayIssue } from "./card.ts";
import { derive, labelled, sha256 } from "./derive.ts";
import type { Roster } from "./roster.ts";
import { pointOf, sign, verify } from "./signatures.ts";

/** Position + 1 is the number on the wire. Each includes those before it. */
export const rights = ["history", "view", "edit", "share", "manage"] as const;

export type Right = (typeof rights)[number];

/** Whether a right includes another. */
export const includes = (right: Right, needed: Right): boolean => rights.indexOf(right) >= rights.indexOf(needed);

/** Which key of which group. */
export interface GroupVersion {
  org: Bytes;
  group: Bytes;
  version: number;
}

/** Who gets a key: as the member's card names it. */
export interface Grantee {
  member: Bytes;
  ecdh: Bytes;
  ecdsa: Bytes;
}

export interface SealedGroupKey {
  /** 65 bytes */
  enc: Bytes;
  /** 48 bytes */
  ciphertext: Bytes;
}

/** A grant as a server gives it to its member. */
export interface Grant extends GroupVersion, SealedGroupKey {
  right: Right;
  personal: boolean;
  member: Bytes;
  granter: Bytes;
  signature: Bytes;
}

/** The `NewGrant` of spec/api.md; ids and bytes are base64url. */
export interface MadeGrant {
  group: string;
  member: string;
  version: number;
  right: Right;
  enc: string;
  ciphertext: string;
  signature: string;
}

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

const info = ({ org, group, version }: GroupVersion, right: Right, member: Bytes) =>
  labelled(right === "history" ? "history key" : "group key", org, group, uint32(version), member);

// 0x80: of the member's own group, so that nobody can pass off a group that others read as that one.
const fields = async (at: GroupVersion, right: Right, { member, ecdh, ecdsa }: Grantee, { enc, ciphertext }: SealedGroupKey, personal: boolean) =>
  concat(at.org, at.group, uint32(at.version), uint8((rights.indexOf(right) + 1) | (personal ? 0x80 : 0)), member, await sha256(concat(ecdh, ecdsa)), enc, ciphertext);

/** Hands what the right opens to a member: HPKE (RFC 9180, base mode), and the granter's signature. Throws for a wiped key. */
export async function sealGrant(granterKey: CryptoKey, at: GroupVersion, right: Right, grantee: Grantee, groupKey: Bytes, personal = false): Promise<MadeGrant> {
  // A lock wipes keys while a grant may be under way: a key of zeros is one that everybody knows.
  if (groupKey.every((byte) => byte === 0)) throw new Error("The key was wiped.");
  const key = right === "history" ? await historyKeyOf(groupKey, at.group, at.version) : groupKey.slice();
  try {
    const hpke = suite();
    const recipientPublicKey = await hpke.kem.deserializePublicKey(pointOf(grantee.ecdh));
    const sealed = await hpke.seal({ recipientPublicKey, info: info(at, right, grantee.member) }, key);
    const message = { enc: new Uint8Array(sealed.enc), ciphertext: new Uint8Array(sealed.ct) };
    const signature = await sign(granterKey, "grant", await fields(at, right, grantee, message, personal));
    return {
      group: toBase64url(at.group), member: toBase64url(grantee.member), version: at.version, right,
      enc: toBase64url(message.enc), ciphertext: toBase64url(message.ciphertext), signature: toBase64url(signature),
    };
  } finally {
    key.fill(0);
  }
}

/**
 * Whether a grant, one's own or another member's, was signed for that member's own card by who might: the member itself
 * where the group is called personal, else somebody who is or once was owner or admin. `stands`: may grant now.
 */
export async function judgeGrant(grant: Grant, roster: Roster): Promise<"stands" | "stood" | undefined> {
  const grantee = roster.members.get(toBase64url(grant.member));
  const granter = roster.members.get(toBase64url(grant.granter));
  if (!grantee || !granter || !equal(roster.org, grant.org)) return undefined;
  // Which group is personal is the server's word; that the member itself granted it as that is what makes it so. Otherwise
  // a group that others read could be passed off as the one that new handovers go to.
  const mayHaveGranted = grant.personal ? equal(grant.granter, grant.member) : granter.onceIssuer;
  if (!mayHaveGranted || !(await verify(granter.ecdsa, grant.signature, "grant", await fields(grant, grant.right, grantee, grant, grant.personal)))) return undefined;
  return grant.personal || mayIssue(granter.role) ? "stands" : "stood";
}

/**
 * The key of a grant that may be used: rightly signed, at a version not below one already seen. Where it doesn't stand, the
 * group can be read and not written.
 */
export async function openGrant(grant: Grant, pair: CryptoKeyPair, roster: Roster, seenVersion = 1): Promise<{ key: Bytes; stands: boolean } | undefined> {
  const verdict = grant.version < seenVersion ? undefined : await judgeGrant(grant, roster);
  const key = verdict && (await openKey(grant, pair));
  return key && { key, stands: verdict === "stands" };
}

async function openKey(grant: Grant, pair: CryptoKeyPair): Promise<Bytes | undefined> {
  if (grant.enc.length !== 65 || grant.ciphertext.length !== 48) return undefined;
  try {
    return new Uint8Array(await suite().open({ recipientKey: pair, enc: grant.enc, info: info(grant, grant.right, grant.member) }, grant.ciphertext));
  } catch {
    return undefined;
  }
}

/** What seals the details of a group's handovers; auditors get this one alone. spec/keys.md §1. */
export const historyKeyOf = (groupKey: Bytes, group: Bytes, version: number): Promise<Bytes> =>
  derive(groupKey, empty, "history", group, uint32(version));
