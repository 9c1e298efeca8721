// A member's signed keys and role. spec/keys.md §6.
import { concat, toNumber, uint32, uint8, type Bytes } from "./bytes.ts";
import { isSpki, sign } from "./signatures.ts";

/** The position is the number on the wire. */
export const roles = ["removed", "owner", "admin", "member", "auditor"] as const;

export type Role = (typeof roles)[number];

export interface Card {
  org: Bytes;
  member: Bytes;
  ecdh: Bytes;
  ecdsa: Bytes;
  role: Role;
  seq: number;
  issuer: Bytes;
}

/** A card's bytes and the issuer's signature over them. */
export interface SignedCard {
  card: Bytes;
  signature: Bytes;
}

/** org (16) || member (16) || ecdh SPKI (91) || ecdsa SPKI (91) || uint8 role || uint32 seq || issuer (16): 235 bytes */
export const encodeCard = (card: Card): Bytes =>
  concat(card.org, card.member, card.ecdh, card.ecdsa, uint8(roles.indexOf(card.role)), uint32(card.seq), card.issuer);

/** Undefined for another length, a role or key that is none, or sequence number 0. */
export function decodeCard(bytes: Bytes): Card | undefined {
  const role = roles[bytes[214] ?? -1];
  const card = {
    org: bytes.slice(0, 16),
    member: bytes.slice(16, 32),
    ecdh: bytes.slice(32, 123),
    ecdsa: bytes.slice(123, 214),
    seq: toNumber(bytes.slice(215, 219)),
    issuer: bytes.slice(219),
  };
  return bytes.length === 235 && role && isSpki(card.ecdh) && isSpki(card.ecdsa) && card.seq > 0 ? { ...card, role } : undefined;
}

/** The sender's public signing key of a card whose form was checked. */
export const signingKeyOf = (card: Bytes): Bytes => card.slice(123, 214);

/** What stands for the card before the root card. */
export const noPrevious: Bytes = new Uint8Array(32);

/** Signs a card for its place in the roster; previous is SHA-256 of the card before. */
export const signCard = async (issuerKey: CryptoKey, card: Card, previous = noPrevious): Promise<SignedCard> => {
  const bytes = encodeCard(card);
  return { card: bytes, signature: await sign(issuerKey, "card", bytes, previous) };
};

/** Whether a member of this role may sign cards, grants and policies. */
export const mayIssue = (role: Role): boolean => role === "owner" || role === "admin";
