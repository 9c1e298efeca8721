// The session's own card against the private halves in the sealed blob. spec/keys.md §6.
import { expect, test } from "vitest";
import type { Session } from "../../src/api/wire.ts";
import { openVault } from "../../src/pages/app/keys/vault.ts";
import { toBase64url } from "../../src/protocol/base64url.ts";
import { empty, random, type Bytes } from "../../src/protocol/bytes.ts";
import { signCard, type Card } from "../../src/protocol/card.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { sealGroupKey, signGrant } from "../../src/protocol/grant.ts";
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
  const card = await signCard(ownerKey, { org, member, ...named, role: "member", seq: 2, issuer: owner });
  const place = { org, group, version: 1, member };
  const grant = await sealGroupKey(place, keys.ecdh, random(32));
  const signature = await signGrant(ownerKey, place, "edit", card.card, grant);
  const text = (bytes: Bytes): string => toBase64url(bytes);
  const secrets = { ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: await sha256(rootCard.card) };
  const sent: Session = {
    member: { id: text(member), name: "Ola", email: "ola@studio.example", role: "member" },
    organization: { id: text(org), name: "Studio" },
    parameters: { salt: text(random(16)), memoryKiB: 65_536, passes: 2, lanes: 1 },
    keyBlob: text(await sealMemberKeys(wrapKey, member, secrets)),
    cards: [
      { member: text(owner), card: text(rootCard.card), signature: text(rootCard.signature) },
      { member: text(member), card: text(card.card), signature: text(card.signature) },
    ],
    grants: [{ group: text(group), version: 1, right: "edit", personal: false, enc: text(grant.enc), ciphertext: text(grant.ciphertext), granter: text(owner), signature: text(signature) }],
    idleSeconds: 900,
  };
  return { sent, wrapKey };
}

test("a card that names the member's own keys opens the vault", async () => {
  const { sent, wrapKey } = await session((own) => ({ ecdh: own.ecdh, ecdsa: own.ecdsa }));
  expect((await openVault(sent, wrapKey))?.historyKeys).toHaveLength(1);
});

test.each([
  ["sealing", (own: NewMemberKeys, stranger: NewMemberKeys) => ({ ecdh: stranger.ecdh, ecdsa: own.ecdsa })],
  ["signing", (own: NewMemberKeys, stranger: NewMemberKeys) => ({ ecdh: own.ecdh, ecdsa: stranger.ecdsa })],
] as const)("a card that was rightly signed but names somebody else's %s key is refused", async (_, name) => {
  const { sent, wrapKey } = await session(name);
  await expect(openVault(sent, wrapKey)).rejects.toMatchObject({ what: "own" });
});
