// A member's signed keys and role, and the chain that leads every card back to the root. spec/keys.md §6.
import { toBase64url } from "./base64url.ts";
import { concat, equal, toNumber, uint32, uint8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";
import { isSpki, sign, verify } from "./signatures.ts";

/** Position + 1 is the number on the wire. */
export const roles = ["owner", "admin", "member", "auditor"] as const;

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
  concat(card.org, card.member, card.ecdh, card.ecdsa, uint8(roles.indexOf(card.role) + 1), uint32(card.seq), card.issuer);

/** Undefined for another length, a role or key that is none, or sequence number 0. */
export function decodeCard(bytes: Bytes): Card | undefined {
  const role = roles[(bytes[214] ?? 0) - 1];
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

/** Signs a card with its issuer's key. */
export const signCard = async (issuerKey: CryptoKey, card: Card): Promise<SignedCard> => {
  const bytes = encodeCard(card);
  return { card: bytes, signature: await sign(issuerKey, "card", bytes) };
};

/** A card that leads back to the root, with its exact bytes. */
export interface TrustedCard extends Card {
  bytes: Bytes;
}

/**
 * The cards that may be believed, by member id (base64url): those of this organization that lead to the root card over
 * issuers who are owner or admin; of a member's cards the one with the highest sequence number.
 */
export async function trustedCards(cards: SignedCard[], root: Bytes, org: Bytes): Promise<Map<string, TrustedCard>> {
  const trusted = new Map<string, TrustedCard>();
  let left: { card: TrustedCard; signature: Bytes }[] = [];
  for (const { card: bytes, signature } of cards) {
    const card = decodeCard(bytes);
    if (card === undefined || !equal(card.org, org)) continue;
    const isRoot = equal(await sha256(bytes), root) && card.role === "owner" && card.seq === 1 && equal(card.issuer, card.member);
    if (isRoot && (await verify(card.ecdsa, signature, "card", bytes))) trusted.set(toBase64url(card.member), { ...card, bytes });
    else left.push({ card: { ...card, bytes }, signature });
  }
  for (let found = true; found; ) {
    found = false;
    const later: typeof left = [];
    for (const { card, signature } of left) {
      const issuer = trusted.get(toBase64url(card.issuer));
      if (issuer === undefined) {
        later.push({ card, signature });
        continue;
      }
      const mayIssue = issuer.role === "owner" || issuer.role === "admin";
      if (!mayIssue || !(await verify(issuer.ecdsa, signature, "card", card.bytes))) continue;
      const member = toBase64url(card.member);
      const known = trusted.get(member);
      if (known === undefined || known.seq < card.seq) trusted.set(member, card);
      found = true;
    }
    left = later;
  }
  return trusted;
}
