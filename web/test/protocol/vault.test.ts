// Entries, groups, policy and backup, made and opened as the pages do it. What others must agree on is in spec/vectors.
import { expect, test } from "vitest";
import { argon2id } from "../../src/protocol/argon2.ts";
import { openBackup, sealBackup, type Backup } from "../../src/protocol/backup.ts";
import { fromBase64url, toBase64url } from "../../src/protocol/base64url.ts";
import { empty, random } from "../../src/protocol/bytes.ts";
import { signCard, type Card } from "../../src/protocol/card.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { EntryTooLarge, openEntries, openEntry, sealEntry } from "../../src/protocol/entrySeal.ts";
import { openGrant } from "../../src/protocol/grant.ts";
import { openGroupDetails } from "../../src/protocol/groupDetails.ts";
import { holdKey } from "../../src/protocol/heldKey.ts";
import { followChain } from "../../src/protocol/keyChain.ts";
import { generateMemberKeys, importMemberKeys } from "../../src/protocol/memberKeys.ts";
import { openPolicy, parsePolicy, policyText, signPolicy, type Policy } from "../../src/protocol/policy.ts";
import { nextCard, readRoster } from "../../src/protocol/roster.ts";
import { makeGroup, makeRotation, type MadeRotation } from "../../src/protocol/rotation.ts";
import { parseVaultEntry, type VaultEntry } from "../../src/protocol/vaultEntry.ts";

const place = { org: random(16), group: random(16), version: 2, entry: random(16), revision: 3 };
const entry: VaultEntry = { v: 1, type: "login", title: "Panel", username: "ewa", password: "zażółć", folder: ["Serwery"], passwordChanged: 1_790_000_000_000 };

test("an entry opens in its own place, under its own revision only, and keeps what a newer client wrote", async () => {
  const key = await holdKey(random(32));
  const newer = { ...entry, passkeys: [{ id: 1, nested: { deep: null } }] };
  const sealed = await sealEntry(key, place, newer);
  expect(await openEntry(key, place, sealed)).toEqual(newer);
  for (const other of [{ revision: 4 }, { version: 1 }, { entry: random(16) }, { group: random(16) }, { org: random(16) }])
    expect(await openEntry(key, { ...place, ...other }, sealed), JSON.stringify(other)).toBeUndefined();
  expect(await openEntry(await holdKey(random(32)), place, sealed)).toBeUndefined();
});

test("an entry of a quarter MiB is refused before it is sealed", async () => {
  const key = await holdKey(random(32));
  expect((await sealEntry(key, place, { ...entry, notes: "x".repeat(250_000) })).length).toBeLessThanOrEqual(262_144);
  await expect(sealEntry(key, place, { ...entry, notes: "x".repeat(262_000) })).rejects.toThrow(EntryTooLarge);
});

test("many entries come in their order, also those that do not open", async () => {
  const key = await holdKey(random(32));
  const list = await Promise.all(
    Array.from({ length: 600 }, async (_, i) => ({ key, at: { ...place, revision: i + 1 }, sealed: i === 300 ? empty : await sealEntry(key, { ...place, revision: i + 1 }, { ...entry, title: String(i) }) })),
  );
  const heard: number[] = [];
  const opened = await openEntries(list, (done) => heard.push(done));
  expect(opened.map((one) => one?.title)).toEqual(list.map((_, i) => (i === 300 ? undefined : String(i))));
  expect(heard).toEqual([250, 500, 600]);
});

async function agency() {
  const org = random(16);
  const people = await Promise.all(
    [random(16), random(16)].map(async (member) => {
      const made = await generateMemberKeys();
      const keys = await importMemberKeys({ ecdh: made.ecdhPrivate, ecdsa: made.ecdsaPrivate, root: empty }, made);
      return { member, ecdh: made.ecdh, ecdsa: made.ecdsa, keys };
    }),
  );
  const [owner, other] = [people[0]!, people[1]!];
  const root: Card = { org, member: owner.member, ecdh: owner.ecdh, ecdsa: owner.ecdsa, role: "owner", seq: 1, issuer: owner.member };
  const rootCard = await signCard(owner.keys.ecdsa, root);
  const rootHash = await sha256(rootCard.card);
  const alone = (await readRoster([rootCard], rootHash, org))!;
  const second = await nextCard(alone, owner.keys.ecdsa, owner.member, other, "member");
  return { org, owner, other, cards: [rootCard, second], rootHash, roster: (await readRoster([rootCard, second], rootHash, org))! };
}

test("a rotation's grants open, and lead back to every key before", async () => {
  const { org, owner, other, roster } = await agency();
  const details = { v: 1 as const, name: "Klient", icon: "folder", colour: "teal" };
  const holders = [{ grantee: owner, right: "manage" as const }, { grantee: other, right: "history" as const }];
  const made = await makeGroup(owner.keys.ecdsa, org, details, holders);
  const group = fromBase64url(made.group, 16)!;
  const open = async (to: typeof owner, grants: MadeRotation["grants"]) => {
    const sent = grants.find(({ member }) => member === toBase64url(to.member))!;
    const grant = { org, group, member: to.member, version: sent.version, right: sent.right, personal: false, granter: owner.member };
    const [enc, ciphertext, signature] = [fromBase64url(sent.enc)!, fromBase64url(sent.ciphertext)!, fromBase64url(sent.signature)!];
    return (await openGrant({ ...grant, enc, ciphertext, signature }, to.keys.ecdh, roster))!.key;
  };
  const first = await open(owner, made.grants);
  const rotation = await makeRotation(owner.keys.ecdsa, { org, group, version: 1 }, first, { details, revision: 1 }, holders);
  const at = { org, group, version: 2 };
  const chain = (await followChain(at, "manage", await open(owner, rotation.grants), [fromBase64url(rotation.previous)!]))!;
  expect(chain[1]!.group).toEqual(first);
  const history = (await followChain(at, "history", await open(other, rotation.grants), [fromBase64url(rotation.previousHistory)!]))!;
  expect(history).toEqual(chain.map(({ version, history }) => ({ version, history })));
  expect(await openGroupDetails(await holdKey(chain[0]!.history), at, 2, fromBase64url(rotation.details)!)).toEqual(details);
  await expect(makeRotation(owner.keys.ecdsa, { org, group, version: 1 }, new Uint8Array(32), { details, revision: 1 }, holders)).rejects.toThrow("The key was wiped.");
});

test("the roster's rules hold for one's own next card, too", async () => {
  const { roster, owner, other } = await agency();
  await expect(nextCard(roster, other.keys.ecdsa, other.member, other, "admin")).rejects.toThrow("rules");
  await expect(nextCard(roster, owner.keys.ecdsa, owner.member, owner, "removed")).rejects.toThrow("rules");
  expect((await nextCard(roster, other.keys.ecdsa, other.member, other, "removed")).card).toHaveLength(235);
});

test("a policy is believed of an owner alone, and never an older one", async () => {
  const { org, roster, owner, other } = await agency();
  const policy: Policy = { number: 2, lifeMax: 86_400, password: true, passwordBits: 40, handOver: "member", files: true, fileBytes: 1, idle: 900, session: 43_200, breachCheck: false };
  const text = policyText(policy);
  const signed = { text, signature: await signPolicy(owner.keys.ecdsa, org, text), author: owner.member };
  expect(await openPolicy(signed, roster)).toEqual(policy);
  expect(await openPolicy(signed, roster, 3)).toBeUndefined();
  expect(await openPolicy({ ...signed, author: other.member, signature: await signPolicy(other.keys.ecdsa, org, text) }, roster)).toBeUndefined();
  expect(await openPolicy({ ...signed, text: text.replace("86400", "86401") }, roster)).toBeUndefined();
  expect(parsePolicy(text.replace(",", ", "))).toBeUndefined();
});

test("a backup opens under its password, and names what is wrong", async () => {
  const backup: Backup = {
    v: 1, organization: "Studio", made: 1_790_000_000_000,
    groups: [{ name: "Klient", icon: "folder", colour: "teal", entries: [{ ...entry, files: [{ name: "a.txt", size: 3, sha256: toBase64url(random(32)), data: toBase64url(random(3)) }] }] }],
  };
  const text = await sealBackup("hasło kopii", backup, argon2id);
  expect(text).not.toContain("Klient");
  expect(await openBackup(text, "hasło kopii", argon2id)).toEqual(backup);
  expect(await openBackup(text, "haslo kopii", argon2id)).toBe("password");
  expect(await openBackup(text.replace('"passes":2', '"passes":1'), "hasło kopii", argon2id)).toBe("parameters");
  expect(await openBackup(text.slice(1), "hasło kopii", argon2id)).toBe("form");
});

test.each([
  ["no title", { title: undefined }],
  ["another version", { v: 2 }],
  ["U+0000", { notes: "a\0b" }],
  ["empty fields", { fields: [] }],
  ["a folder without a name", { folder: ["a", ""] }],
  ["a time that is none", { changed: 1.5 }],
  ["a file without its key", { files: [{ id: toBase64url(random(16)), name: "a", size: 1, sha256: toBase64url(random(32)), key: "" }] }],
] as const)("no entry: %s", (_, changed) => {
  expect(parseVaultEntry(JSON.stringify({ ...entry, ...changed }))).toBeUndefined();
});
