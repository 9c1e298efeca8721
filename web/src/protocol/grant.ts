// A group key handed to a member, signed: a hostile server can swap neither key nor member. spec/keys.md §6.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { toBase64url } from "./base64url.ts";
import { concat, empty, equal, uint32, uint8, type Bytes } from "./bytes.ts";
import type { TrustedCard } from "./card.ts";
import { derive, labelled, sha256 } from "./derive.ts";
import { pointOf, sign, verify } from "./signatures.ts";

/** Position + 1 is the number on the wire. */
export const rights = ["history", "view", "edit", "share", "manage"] as const;

export type Right = (typeof rights)[number];

/** Which key, of which group, for whom. */
export interface GrantPlace {
  org: Bytes;
  group: Bytes;
  version: number;
  member: Bytes;
}

export interface SealedGroupKey {
  /** 65 bytes */
  enc: Bytes;
  /** 48 bytes */
  ciphertext: Bytes;
}

/** Everything a granter signs for. */
export interface Grant extends GrantPlace, SealedGroupKey {
  right: Right;
  personal: boolean;
  granter: Bytes;
  signature: Bytes;
}

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

const info = ({ org, group, version, member }: GrantPlace) => labelled("group key", org, group, uint32(version), member);

/** HPKE (RFC 9180, base mode) of the group key to the member's ECDH key (SPKI). */
export async function sealGroupKey(place: GrantPlace, ecdh: Bytes, groupKey: Bytes): Promise<SealedGroupKey> {
  const hpke = suite();
  const recipientPublicKey = await hpke.kem.deserializePublicKey(pointOf(ecdh));
  const sealed = await hpke.seal({ recipientPublicKey, info: info(place) }, groupKey);
  return { enc: new Uint8Array(sealed.enc), ciphertext: new Uint8Array(sealed.ct) };
}

/** Undefined when it does not open for this member at this place. */
export async function openGroupKey(place: GrantPlace, pair: CryptoKeyPair, { enc, ciphertext }: SealedGroupKey): Promise<Bytes | undefined> {
  if (enc.length !== 65 || ciphertext.length !== 48) return undefined;
  try {
    return new Uint8Array(await suite().open({ recipientKey: pair, enc, info: info(place) }, ciphertext));
  } catch {
    return undefined;
  }
}

const fields = async (place: GrantPlace, right: Right, grantee: Bytes, sealed: SealedGroupKey) =>
  concat(place.org, place.group, uint32(place.version), uint8(rights.indexOf(right) + 1), await sha256(grantee), sealed.enc, sealed.ciphertext);

/** The granter's signature; grantee is the member's card, its exact bytes. */
export const signGrant = async (key: CryptoKey, place: GrantPlace, right: Right, grantee: Bytes, sealed: SealedGroupKey): Promise<Bytes> =>
  sign(key, "grant", await fields(place, right, grantee, sealed));

/** The granter's signature alone; whether the granter may grant is openGrant's to ask. */
export const verifyGrant = async (granter: Bytes, signature: Bytes, place: GrantPlace, right: Right, grantee: Bytes, sealed: SealedGroupKey): Promise<boolean> =>
  verify(granter, signature, "grant", await fields(place, right, grantee, sealed));

/**
 * The group key of a grant that may be used: signed by a trusted granter who may grant (the member alone for its
 * personal group, else an owner or admin), for this member's card, at a version not below one already seen.
 */
export async function openGrant(grant: Grant, pair: CryptoKeyPair, cards: Map<string, TrustedCard>, seenVersion = 1): Promise<Bytes | undefined> {
  const grantee = cards.get(toBase64url(grant.member));
  const granter = cards.get(toBase64url(grant.granter));
  if (!grantee || !granter || grant.version < seenVersion || !equal(granter.org, grant.org)) return undefined;
  // Which group is personal is the server's word; that its key came from the member alone is what makes it so. Otherwise
  // a group that others read could be passed off as the one that new handovers go to.
  const mayGrant = grant.personal ? equal(grant.granter, grant.member) : granter.role === "owner" || granter.role === "admin";
  if (!mayGrant || !(await verifyGrant(granter.ecdsa, grant.signature, grant, grant.right, grantee.bytes, grant))) return undefined;
  return openGroupKey(grant, pair, grant);
}

/** What seals the details of a group's handovers; auditors get this one alone. spec/keys.md §1. */
export const historyKeyOf = (groupKey: Bytes, group: Bytes, version: number): Promise<Bytes> =>
  derive(groupKey, empty, "history", group, uint32(version));
