// What is unlocked: the member's own keys, the roster that leads to the pinned root, the keys of its groups. Nothing that
// the server sent is used before it was checked here: spec/keys.md §4–§6.
import type { Session } from "../../../api/wire.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import type { Bytes } from "../../../protocol/bytes.ts";
import type { SignedCard } from "../../../protocol/card.ts";
import type { HeldKey } from "../../../protocol/heldKey.ts";
import { areOfCard, importMemberKeys, openMemberKeys, publicHalves, type MemberSecrets } from "../../../protocol/memberKeys.ts";
import { openPolicy, type Policy } from "../../../protocol/policy.ts";
import { continues, readRoster, type Roster, type TrustedCard } from "../../../protocol/roster.ts";
import { sealLater } from "../../../protocol/seal.ts";
import { openGroups, type GroupAccess } from "./groups.ts";
import { policySeen, rememberPolicy, rememberRoster, rememberVersion, rosterSeen } from "./seen.ts";
import { trustedBytes, Untrusted } from "./untrusted.ts";

export type { GroupAccess, GroupKeys } from "./groups.ts";
export { Untrusted } from "./untrusted.ts";

/** One object from unlock to lock; refreshVault replaces what changed in it. */
export interface Vault {
  session: Session;
  org: Bytes;
  /** The member's id. */
  member: Bytes;
  signingKey: CryptoKey;
  /** Opens grants. */
  pair: CryptoKeyPair;
  /** One's own card, as it goes into every handover. */
  card: Bytes;
  cardSignature: Bytes;
  roster: Roster;
  /** By group id (base64url). */
  groups: Map<string, GroupAccess>;
  /** What the organization allows; undefined while it has no policy. */
  policy: Policy | undefined;
  /** For the lock, once: what it seals opens under wrapKey alone, which isn't kept. */
  sealDraft: (text: Bytes) => Promise<Bytes>;
}

/** The public keys of who isn't approved yet: there is no card and nothing to open. */
export interface PendingKeys {
  ecdh: Bytes;
  ecdsa: Bytes;
}

/** Opens the session under wrapKey. Undefined: another password's key. Throws Untrusted. */
export async function openVault(session: Session, wrapKey: Bytes): Promise<Vault | { pending: PendingKeys } | undefined> {
  const member = trustedBytes(session.member.id, 16, "member");
  const org = trustedBytes(session.organization.id, 16, "member");
  const secrets = await openMemberKeys(wrapKey, member, trustedBytes(session.keyBlob, undefined, "member"));
  if (secrets === undefined) return undefined;
  try {
    const roster = await openRoster(session, secrets.root, org);
    const own = roster.members.get(session.member.id);
    if (own === undefined && session.member.role === "pending") return { pending: await publicHalves(secrets) };
    if (own === undefined || own.role === "removed") throw new Untrusted("member");
    const keys = await ownKeys(secrets, own);
    const groups = await openGroups(session.groups, { org, member, pair: keys.ecdh, roster, readOnly: session.organization.readOnly });
    const policy = await openTrustedPolicy(session, roster);
    remember(session, roster, policy);
    const sealDraft = await sealLater(wrapKey, "draft", member);
    return { session, org, member, signingKey: keys.ecdsa, pair: keys.ecdh, card: own.card, cardSignature: own.signature, roster, groups, policy, sealDraft };
  } finally {
    secrets.ecdh.fill(0);
    secrets.ecdsa.fill(0);
  }
}

/** Takes in a session that was read again. Throws Untrusted, and then leaves the vault as it was. */
export async function refreshVault(vault: Vault, session: Session): Promise<void> {
  if (session.member.id !== vault.session.member.id || session.organization.id !== vault.session.organization.id) throw new Untrusted("member");
  const { org, member, pair } = vault;
  const roster = await openRoster(session, vault.roster.root, org);
  const own = roster.members.get(session.member.id);
  if (own === undefined || own.role === "removed") throw new Untrusted("member");
  const groups = await openGroups(session.groups, { org, member, pair, roster, readOnly: session.organization.readOnly }, vault.groups);
  const policy = await openTrustedPolicy(session, roster);
  remember(session, roster, policy);
  Object.assign(vault, { session, roster, groups, policy, card: own.card, cardSignature: own.signature });
}

/** The group that new handovers go to: the member's personal one. */
export function personalGroup(vault: Vault): GroupAccess {
  const own = [...vault.groups.values()].find(({ personal }) => personal);
  if (own === undefined) throw new Untrusted("none");
  return own;
}

export const historyKeyFor = (vault: Vault, group: string, version: number): HeldKey | undefined => vault.groups.get(group)?.keys.get(version)?.history;

/** Overwrites what can be overwritten; keys that the browser holds go with their last reference. */
export function wipe(vault: Vault): void {
  for (const group of vault.groups.values()) {
    group.raw?.fill(0);
    group.keys.clear();
  }
  vault.groups.clear();
  vault.roster.members.clear();
}

async function openRoster(session: Session, root: Bytes, org: Bytes): Promise<Roster> {
  const cards = session.cards.map(({ card, signature }): SignedCard => ({ card: trustedBytes(card, 235, "card"), signature: trustedBytes(signature, 64, "card") }));
  const roster = await readRoster(cards, root, org);
  if (roster === undefined || roster.cards.some(({ member }, i) => toBase64url(member) !== session.cards[i]!.member)) throw new Untrusted("card");
  const seen = rosterSeen(session.organization.id);
  if (seen && !continues(roster, seen)) throw new Untrusted("roster");
  return roster;
}

async function ownKeys(secrets: MemberSecrets, own: TrustedCard): Promise<{ ecdh: CryptoKeyPair; ecdsa: CryptoKey }> {
  if (!(await areOfCard(secrets, own))) throw new Untrusted("own");
  return importMemberKeys(secrets, own);
}

async function openTrustedPolicy({ policy, organization }: Session, roster: Roster): Promise<Policy | undefined> {
  const seen = policySeen(organization.id);
  if (policy === undefined) {
    if (seen > 0) throw new Untrusted("older");
    return undefined;
  }
  const signed = { text: policy.text, signature: trustedBytes(policy.signature, 64, "policy"), author: trustedBytes(policy.author, 16, "policy") };
  const opened = await openPolicy(signed, roster);
  if (opened === undefined) throw new Untrusted("policy");
  if (opened.number < seen) throw new Untrusted("older");
  return opened;
}

function remember(session: Session, roster: Roster, policy: Policy | undefined): void {
  rememberRoster(session.organization.id, roster.head);
  if (policy) rememberPolicy(session.organization.id, policy.number);
  for (const { group, version } of session.groups) rememberVersion(group, version);
}
