// What is unlocked: the member's signing key, the cards that lead to the pinned root, the history keys of its groups.
// Nothing that the server sent is used before it was checked here: spec/keys.md §4–§6.
import type { Grant as WireGrant, Session } from "../../../api/wire.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { equal, type Bytes } from "../../../protocol/bytes.ts";
import { trustedCards, type SignedCard, type TrustedCard } from "../../../protocol/card.ts";
import { historyKeyOf, openGrant, rights, type Grant, type Right } from "../../../protocol/grant.ts";
import { areOfCard, importMemberKeys, openMemberKeys } from "../../../protocol/memberKeys.ts";
import { sealLater } from "../../../protocol/seal.ts";
import { newestVersionSeen, rememberVersion } from "./seenVersions.ts";

/** What didn't lead back to the root. */
export type Swapped = "member" | "own" | "card" | "grant" | "version" | "none";

/** The server sent something that only a hostile or broken server sends. */
export class Untrusted extends Error {
  readonly what: Swapped;

  constructor(what: Swapped) {
    super(what);
    this.what = what;
  }
}

export interface HistoryKey {
  group: string;
  version: number;
  right: Right;
  personal: boolean;
  key: Bytes;
}

export interface Vault {
  session: Session;
  org: Bytes;
  signingKey: CryptoKey;
  /** One's own card, as it goes into every handover. */
  card: Bytes;
  cardSignature: Bytes;
  cards: Map<string, TrustedCard>;
  historyKeys: HistoryKey[];
  /** For the lock, once: what it seals opens under wrapKey alone, which isn't kept. */
  sealDraft: (text: Bytes) => Promise<Bytes>;
}

/** Opens the session under wrapKey. Undefined: another password's key. Throws Untrusted. */
export async function openVault(session: Session, wrapKey: Bytes): Promise<Vault | undefined> {
  const member = bytes(session.member.id, 16, "member");
  const org = bytes(session.organization.id, 16, "member");
  const secrets = await openMemberKeys(wrapKey, member, bytes(session.keyBlob, undefined, "member"));
  if (secrets === undefined) return undefined;
  try {
    const signed = session.cards.map((card) => ({ card: bytes(card.card, 235, "card"), signature: bytes(card.signature, 64, "card") }));
    const cards = await trustedCards(signed, secrets.root, org);
    if (!signed.every((one, i) => isKnown(one, cards.get(session.cards[i]!.member)))) throw new Untrusted("card");

    const own = cards.get(session.member.id);
    const ownSigned = signed.find(({ card }) => own !== undefined && equal(card, own.bytes));
    if (own === undefined || ownSigned === undefined) throw new Untrusted("member");
    if (!(await areOfCard(secrets, own))) throw new Untrusted("own");

    const keys = await importMemberKeys(secrets, own);
    const historyKeys = await openGrants(session.grants, org, member, keys.ecdh, cards);
    const sealDraft = await sealLater(wrapKey, "draft", member);
    return { session, org, signingKey: keys.ecdsa, card: own.bytes, cardSignature: ownSigned.signature, cards, historyKeys, sealDraft };
  } finally {
    secrets.ecdh.fill(0);
    secrets.ecdsa.fill(0);
  }
}

/** The group a new handover goes to, at its newest version: the member's personal one. */
export function writingKey(vault: Vault): HistoryKey {
  const own = vault.historyKeys.filter((key) => key.personal).sort((a, b) => b.version - a.version)[0];
  if (own === undefined) throw new Untrusted("none");
  return own;
}

export const historyKeyFor = (vault: Vault, group: string, version: number): Bytes | undefined =>
  vault.historyKeys.find((key) => key.group === group && key.version === version)?.key;

/** Overwrites what can be overwritten; keys that the browser holds go with their last reference. */
export function wipe(vault: Vault): void {
  for (const { key } of vault.historyKeys) key.fill(0);
  vault.historyKeys.length = 0;
  vault.cards.clear();
}

/** A card of the session is one that leads to the root, or an older one of a member whose newer one does. */
const isKnown = ({ card }: SignedCard, trusted: TrustedCard | undefined): boolean =>
  trusted !== undefined && (equal(trusted.bytes, card) || trusted.seq > new DataView(card.buffer).getUint32(215));

async function openGrants(grants: WireGrant[], org: Bytes, member: Bytes, pair: CryptoKeyPair, cards: Map<string, TrustedCard>): Promise<HistoryKey[]> {
  const opened = await Promise.all(
    grants.map(async (wire): Promise<HistoryKey> => {
      const grant = readGrant(wire, org, member);
      const groupKey = await openGrant(grant, pair, cards);
      if (groupKey === undefined) throw new Untrusted("grant");
      const key = await historyKeyOf(groupKey, grant.group, grant.version);
      groupKey.fill(0);
      return { group: wire.group, version: wire.version, right: grant.right, personal: grant.personal, key };
    }),
  );
  if (opened.length === 0) throw new Untrusted("none");
  for (const group of new Set(opened.map((key) => key.group))) {
    const newest = Math.max(...opened.filter((key) => key.group === group).map((key) => key.version));
    if (newest < newestVersionSeen(group)) throw new Untrusted("version");
    rememberVersion(group, newest);
  }
  return opened;
}

function readGrant(wire: WireGrant, org: Bytes, member: Bytes): Grant {
  const right = rights.find((name) => name === wire.right);
  if (right === undefined || !Number.isInteger(wire.version) || wire.version < 1) throw new Untrusted("grant");
  return {
    org,
    member,
    right,
    version: wire.version,
    personal: wire.personal === true,
    group: bytes(wire.group, 16, "grant"),
    granter: bytes(wire.granter, 16, "grant"),
    enc: bytes(wire.enc, 65, "grant"),
    ciphertext: bytes(wire.ciphertext, 48, "grant"),
    signature: bytes(wire.signature, 64, "grant"),
  };
}

function bytes(text: string, length: number | undefined, what: Swapped): Bytes {
  const found = fromBase64url(text, length);
  if (found === undefined) throw new Untrusted(what);
  return found;
}
