// All cards of an organization in the order of seq. Each is signed over the one before by someone who was owner or admin
// at that moment, so nothing can be left out, moved or issued by who was removed. spec/keys.md §6.
import { toBase64url } from "./base64url.ts";
import { empty, equal, type Bytes } from "./bytes.ts";
import { decodeCard, mayIssue, noPrevious, signCard, type Card, type Role, type SignedCard } from "./card.ts";
import { sha256 } from "./derive.ts";
import { verify } from "./signatures.ts";

/** A card of a roster that was checked, with its exact bytes. */
export interface TrustedCard extends Card, SignedCard {
  /** SHA-256 of the card. */
  hash: Bytes;
  /** The member is or once was owner or admin: what it granted then can still be opened. */
  onceIssuer: boolean;
}

/** The last card: what a client keeps to know the roster again. */
export interface RosterHead {
  seq: number;
  hash: Bytes;
}

export interface Roster {
  org: Bytes;
  /** SHA-256 of the root card. */
  root: Bytes;
  /** All, in the order of seq. */
  cards: TrustedCard[];
  /** The newest card of everyone who ever was a member, the removed too, by member id (base64url). */
  members: Map<string, TrustedCard>;
  head: RosterHead;
}

/**
 * Goes through the cards from the first to the last. Undefined for one fault in any of them, for another root card than the
 * pinned one (its SHA-256), and for a roster that doesn't go on from the one seen before.
 */
export async function readRoster(signed: SignedCard[], root: Bytes, org: Bytes, seen?: RosterHead): Promise<Roster | undefined> {
  const cards: TrustedCard[] = [];
  const members = new Map<string, TrustedCard>();
  const signatures: Promise<boolean>[] = [];
  const hashes = await Promise.all(signed.map(({ card }) => sha256(card)));
  for (const [i, { card: bytes, signature }] of signed.entries()) {
    const card = decodeCard(bytes);
    const issuer = card && issuerOf(card, i, members);
    if (!card || !issuer || !equal(card.org, org)) return undefined;
    signatures.push(verify(issuer.ecdsa, signature, "card", bytes, hashes[i - 1] ?? noPrevious));
    const id = toBase64url(card.member);
    const trusted = { ...card, card: bytes, signature, hash: hashes[i]!, onceIssuer: mayIssue(card.role) || members.get(id)?.onceIssuer === true };
    cards.push(trusted);
    members.set(id, trusted);
  }
  const [first, last] = [cards[0], cards.at(-1)];
  if (!first || !last || !equal(first.hash, root) || (await Promise.all(signatures)).includes(false)) return undefined;
  const roster = { org, root, cards, members, head: { seq: last.seq, hash: last.hash } };
  return seen && !continues(roster, seen) ? undefined : roster;
}

/** Whether this is the roster that was seen, or a later one. */
export const continues = ({ cards }: Roster, { seq, hash }: RosterHead): boolean => equal(cards[seq - 1]?.hash ?? empty, hash);

/** Who has to have signed the card that comes at this index, after these; undefined where no such card may come. */
function issuerOf(card: Card, index: number, members: Map<string, TrustedCard>): Card | undefined {
  if (card.seq !== index + 1) return undefined;
  const [id, issuerId] = [toBase64url(card.member), toBase64url(card.issuer)];
  if (index === 0) return card.role === "owner" && id === issuerId ? card : undefined;
  const issuer = members.get(issuerId);
  const known = members.get(id);
  if (!issuer || issuer.role === "removed" || !(mayIssue(issuer.role) || (card.role === "removed" && id === issuerId))) return undefined;
  if ((known ?? card).role === "removed") return undefined;
  if (known && !(equal(known.ecdh, card.ecdh) && equal(known.ecdsa, card.ecdsa))) return undefined;
  if (issuer.role !== "owner" && (card.role === "owner" || known?.role === "owner")) return undefined;
  const staysOwned = card.role === "owner" || [...members].some(([other, { role }]) => role === "owner" && other !== id);
  return staysOwned ? issuer : undefined;
}

/** A member's role now; removed for a stranger. */
export const roleOf = (roster: Roster, member: string): Role => roster.members.get(member)?.role ?? "removed";

/** The next card: of a new member with its keys, or a known one's new role. Throws where the roster's rules don't allow it. */
export async function nextCard(roster: Roster, issuerKey: CryptoKey, issuer: Bytes, member: { member: Bytes; ecdh: Bytes; ecdsa: Bytes }, role: Role): Promise<SignedCard> {
  const card: Card = { org: roster.org, member: member.member, ecdh: member.ecdh, ecdsa: member.ecdsa, role, seq: roster.head.seq + 1, issuer };
  if (issuerOf(card, roster.head.seq, roster.members) === undefined) throw new Error("The roster's rules do not allow this card.");
  return signCard(issuerKey, card, roster.head.hash);
}
