// The session's own card against the private halves in the sealed blob. spec/keys.md §6.
import { expect, test } from "vitest";
import type { Session } from "../../src/api/wire.ts";
import { openVault, refreshVault, wipe, type Vault } from "../../src/pages/app/keys/vault.ts";
import { toBase64url } from "../../src/protocol/base64url.ts";
import { empty, random, type Bytes } from "../../src/protocol/bytes.ts";
import { signCard, type Card } from "../../src/protocol/card.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { historyKeyOf, sealGrant } from "../../src/protocol/grant.ts";
import { sealGroupDetails } from "../../src/protocol/groupDetails.ts";
import { holdKey } from "../../src/protocol/heldKey.ts";
import { generateMemberKeys, importMemberKeys, sealMemberKeys, type NewMemberKeys } from "../../src/protocol/memberKeys.ts";

const signingKey = async (keys: NewMemberKeys): Promise<CryptoKey> =>
  (await importMemberKeys({ ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: empty }, keys)).ecdsa;

/** A member whose card an owner signed for the keys that `name` picks out of the member's own and a stranger's. */
async function session(name: (own: NewMemberKeys, stranger: NewMemberKeys) => { ecdh: Bytes; ecdsa: Bytes }) {
  const [org, owner, member, group, wrapKey] = [random(16), random(16), random(16), random(16), random(32)];
  const [ownerKeys, keys, stranger] = [await generateMemberKeys(), await generateMemberKeys(), await generateMemberKeys()];
  const ownerKey = await signingKey(ownerKeys);
  const root: Card = { org, member: owner, ecdh: ownerKeys.ecdh, ecdsa: ownerKeys.ecdsa, role: "owner", seq: 1, issuer: owner };
  const rootCard = await signCard(ownerKey, root);
  const named = name(keys, stranger);
  const card = await signCard(ownerKey, { org, member, ...named, role: "member", seq: 2, issuer: owner }, await sha256(rootCard.card));
  const at = { org, group, version: 1 };
  const groupKey = random(32);
  const grant = await sealGrant(ownerKey, at, "edit", { member, ...named }, groupKey);
  const history = await holdKey(await historyKeyOf(groupKey, group, 1));
  const text = (bytes: Bytes): string => toBase64url(bytes);
  const secrets = { ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: await sha256(rootCard.card) };
  const sent: Session = {
    member: { id: text(member), name: "Ola", email: "ola@studio.example", role: "member", state: "active" },
    organization: { id: text(org), name: "Studio", readOnly: false, personalDays: 0 },
    parameters: { salt: text(random(16)), memoryKiB: 65_536, passes: 2, lanes: 1 },
    keyBlob: text(await sealMemberKeys(wrapKey, member, secrets)),
    cards: [
      { member: text(owner), card: text(rootCard.card), signature: text(rootCard.signature) },
      { member: text(member), card: text(card.card), signature: text(card.signature) },
    ],
    groups: [
      {
        ...grant, personal: false, state: "active", rotationDue: false, granter: text(owner), previous: [], detailsRevision: 1,
        details: text(await sealGroupDetails(history, at, 1, { v: 1, name: "Klient Orzeł", icon: "folder", colour: "teal" })),
      },
    ],
    idleSeconds: 900,
  };
  return { sent, wrapKey };
}

const own = (keys: NewMemberKeys) => ({ ecdh: keys.ecdh, ecdsa: keys.ecdsa });

async function opened(sent: Session, wrapKey: Bytes): Promise<Vault> {
  const vault = await openVault(sent, wrapKey);
  if (vault === undefined || "pending" in vault) throw new Error("It stays locked.");
  return vault;
}

test("a card that names the member's own keys opens the vault", async () => {
  const { sent, wrapKey } = await session(own);
  const vault = await opened(sent, wrapKey);
  expect([...vault.groups.values()]).toMatchObject([{ name: "Klient Orzeł", right: "edit", version: 1, stands: true, writable: true, raw: undefined }]);
});

test.each([
  ["sealing", (own: NewMemberKeys, stranger: NewMemberKeys) => ({ ecdh: stranger.ecdh, ecdsa: own.ecdsa })],
  ["signing", (own: NewMemberKeys, stranger: NewMemberKeys) => ({ ecdh: own.ecdh, ecdsa: stranger.ecdsa })],
] as const)("a card that was rightly signed but names somebody else's %s key is refused", async (_, name) => {
  const { sent, wrapKey } = await session(name);
  await expect(openVault(sent, wrapKey)).rejects.toMatchObject({ what: "own" });
});

test("who is not approved yet has no card and no groups", async () => {
  const { sent, wrapKey } = await session(own);
  const pending = { ...sent, member: { ...sent.member, role: "pending", state: "pending" }, cards: sent.cards.slice(0, 1), groups: [] };
  expect(await openVault(pending, wrapKey)).toMatchObject({ pending: {} });
});

test("a session that was read again replaces what changed and keeps what did not", async () => {
  const { sent, wrapKey } = await session(own);
  const vault = await opened(sent, wrapKey);
  const [before] = vault.groups.values();
  await refreshVault(vault, { ...sent, organization: { ...sent.organization, readOnly: true }, groups: sent.groups.map((group) => ({ ...group, rotationDue: true })) });
  const [after] = vault.groups.values();
  expect(after).toMatchObject({ rotationDue: true, writable: false });
  expect(after!.keys).toBe(before!.keys);
  await refreshVault(vault, { ...sent, groups: [] });
  expect(vault.groups.size).toBe(0);
});

test("a roster that hides what this browser has seen is refused, and so is a group under another name", async () => {
  const { sent, wrapKey } = await session(own);
  const vault = await opened(sent, wrapKey);
  await expect(refreshVault(vault, { ...sent, cards: sent.cards.slice(0, 1) })).rejects.toMatchObject({ what: "roster" });
  await expect(refreshVault(vault, { ...sent, groups: sent.groups.map((group) => ({ ...group, detailsRevision: 2 })) })).rejects.toMatchObject({ what: "name" });
  expect(vault.groups.size).toBe(1);
  wipe(vault);
  expect(vault.groups.size).toBe(0);
});
