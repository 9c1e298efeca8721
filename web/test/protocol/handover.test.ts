// One handover from the sender's draft to the sender's reading of the receipt, as the pages do it.
import { expect, test } from "vitest";
import { accessPasswordCost, normalPassword } from "../../src/protocol/accessPassword.ts";
import { argon2id } from "../../src/protocol/argon2.ts";
import { fromBase64url, toBase64url } from "../../src/protocol/base64url.ts";
import { concat, empty, random, utf8, type Bytes } from "../../src/protocol/bytes.ts";
import { signCard } from "../../src/protocol/card.ts";
import { decodeCode, linkKind } from "../../src/protocol/code.ts";
import { openContent } from "../../src/protocol/content.ts";
import { createHandover, type HandoverDraft, type HandoverSender } from "../../src/protocol/createHandover.ts";
import { hmac, sha256 } from "../../src/protocol/derive.ts";
import { openDetails, openPersonal } from "../../src/protocol/details.ts";
import { decryptFile } from "../../src/protocol/fileStream.ts";
import { historyKeyOf, sealGrant } from "../../src/protocol/grant.ts";
import { holdKey } from "../../src/protocol/heldKey.ts";
import { claimKeyOf, contentKeyOf, displayedProofOf, fileKeyOf, locatorOf, passwordSalt, replyKeyOf, secretOf } from "../../src/protocol/handoverKeys.ts";
import { parseCreated, verifyCreated } from "../../src/protocol/ledgerEntry.ts";
import { acceptable, authKeyOf, masterKeyOf, masterPasswordCost, wrapKeyOf } from "../../src/protocol/masterPassword.ts";
import { generateMemberKeys, importMemberKeys, openMemberKeys, sealMemberKeys } from "../../src/protocol/memberKeys.ts";
import { makeReceipt, openReply } from "../../src/protocol/receipt.ts";
import { generateReaderKey } from "../../src/protocol/signatures.ts";

/** A founding owner with a personal group, as set-up makes one. */
async function owner() {
  const org = random(16);
  const member = random(16);
  const group = random(16);
  const made = await generateMemberKeys();
  const secrets = { ecdh: made.ecdhPrivate, ecdsa: made.ecdsaPrivate, root: empty };
  const keys = await importMemberKeys(secrets, made);
  const card = await signCard(keys.ecdsa, { org, member, ecdh: made.ecdh, ecdsa: made.ecdsa, role: "owner", seq: 1, issuer: member });
  secrets.root = await sha256(card.card);
  const groupKey = random(32);
  return { org, member, group, keys, secrets, card, groupKey };
}

const sender = async (one: Awaited<ReturnType<typeof owner>>): Promise<HandoverSender> => ({
  origin: "https://baton.example",
  ledgerKey: "baton.example/log+00000000+AA==",
  organization: { id: one.org, name: "Studio Północ" },
  name: "Ewa",
  card: one.card.card,
  cardSignature: one.card.signature,
  signingKey: one.keys.ecdsa,
  group: { id: one.group, version: 1, historyKey: await holdKey(await historyKeyOf(one.groupKey, one.group, 1)) },
  sealedBytes: 1_048_576,
});

const draft: HandoverDraft = {
  title: "Project", recipient: "Jan Kowalski", language: "pl", message: "Do zobaczenia",
  entries: [{ type: "login", title: "Panel", url: "https://panel.example", username: "admin", password: "zażółć\n\"gęślą\"" }, { type: "note", title: "Uwagi", files: [0] }],
  lifeSeconds: 86_400, showSender: true, channel: "none",
};

test("entries beyond the server's limit are refused with that limit, and never beyond the protocol's", async () => {
  const from = await sender(await owner());
  const notes = (length: number): HandoverDraft => ({ ...draft, entries: [{ type: "note", title: "Uwagi", notes: "x".repeat(length) }] });
  await expect(createHandover({ ...from, sealedBytes: 65_536 }, notes(70_000), argon2id)).rejects.toMatchObject({ limit: 65_536 });
  await expect(createHandover({ ...from, sealedBytes: 16_777_216 }, notes(1_100_000), argon2id)).rejects.toMatchObject({ limit: 1_048_576 });
});

/** What a server would write, without the fields no client reads. */
const createdText = (body: ReturnType<typeof JSON.parse>, org: Bytes, card: Bytes) =>
  sha256(fromBase64url(body["sealed"])!).then(async (sealed) =>
    JSON.stringify({
      v: 1, kind: "created", org: toBase64url(org), handover: body["handover"], time: 1, group: body["group"], life: body["lifeSeconds"], flags: body["flags"],
      sealed: toBase64url(sealed), displayedTag: body["displayedTag"], recipient: body["commitments"]["recipient"], items: body["commitments"]["items"],
      card: toBase64url(await sha256(card)), signature: body["signature"],
    }),
  );

test.each([undefined, "Cztery  SŁOWA, do_telefonu"])("a handover opens with link, password (%s) and share, and comes back confirmed", async (password) => {
  const one = await owner();
  const from = await sender(one);
  const file = concat(random(60_000), random(10_000));
  const made = await createHandover(from, { ...draft, ...(password && { password, channel: "phone" as const }), files: [{ name: "plan.bin", data: new Blob([file]) }] }, argon2id);
  const body = JSON.parse(made.body);
  const created = await createdText(body, one.org, one.card.card);
  expect(made.check(created)).toBe(true);
  expect(made.check(created.replace('"life":86400', '"life":86401'))).toBe(false);

  const linkKey = (await decodeCode(linkKind, made.link.split("#")[1]!.toUpperCase()))!;
  const locator = await locatorOf(linkKey);
  expect(toBase64url(await sha256(locator))).toBe(body.locatorHash);
  const typed = password && normalPassword("  cztery słowa.do telefonu ".replace("słowa", "sŁowa"));
  const passwordKey = typed ? await argon2id({ password: utf8(typed), salt: await passwordSalt(linkKey), ...accessPasswordCost }) : empty;
  const secret = secretOf(linkKey, passwordKey);
  const share = fromBase64url(body.share)!;
  expect(toBase64url(await hmac(share, await claimKeyOf(secret, locator)))).toBe(body.claimTag);

  const content = (await openContent(await contentKeyOf(secret, share, locator), locator, body.flags, fromBase64url(body.sealed)!))!;
  expect(content.entries.map(({ salt, ...entry }) => entry)).toEqual(draft.entries);
  expect(await openContent(await contentKeyOf(secret, share, locator), locator, body.flags ^ 1, fromBase64url(body.sealed)!)).toBeUndefined();
  expect(toBase64url(await sha256(await displayedProofOf(secret, share, locator)))).toBe(body.displayedTag);
  expect(await verifyCreated(parseCreated(created)!, one.card.card, one.card.card.slice(123, 214))).toBe(true);

  const chunks: Bytes[] = [];
  for await (const chunk of made.files[0]!.chunks()) chunks.push(chunk);
  const sealedFile = concat(...chunks);
  expect(body.files).toEqual([sealedFile.length]);
  expect(await decryptFile(await fileKeyOf(secret, share, locator, 0), sealedFile, file.length, await sha256(file))).toEqual(file);
  expect(await decryptFile(await fileKeyOf(secret, share, locator, 0), sealedFile.slice(0, 65_552), file.length, await sha256(file))).toBeUndefined();

  const place = { org: one.org, group: one.group, version: 1, handover: made.handover };
  const details = (await openDetails(from.group.historyKey, place, fromBase64url(body.details)!))!;
  expect(JSON.stringify(details)).not.toContain("gęślą");
  expect(JSON.stringify(details)).not.toContain("Kowalski");
  const personal = (await openPersonal(from.group.historyKey, place, fromBase64url(body.personal)!))!;
  expect(personal.recipient).toBe("Jan Kowalski");
  expect(await openPersonal(from.group.historyKey, place, fromBase64url(body.details)!)).toBeUndefined();
  const items = body.commitments.items.map((item: string) => ({ commitment: fromBase64url(item)!, status: "works" as const }));
  const reader = await generateReaderKey();
  const receipt = await makeReceipt(reader.privateKey, await replyKeyOf(secret, share, locator), made.handover, "{}", 1, items, { name: "Jan", notes: ["", ""], clock: 5 });
  const replyKey = fromBase64url(personal.replyKey)!;
  expect((await openReply(replyKey, made.handover, 1, receipt.statement, receipt.reply))?.name).toBe("Jan");
  expect(await openReply(replyKey, made.handover, 1, receipt.statement.replace("works", "problem"), receipt.reply)).toBeUndefined();
});

test("a key that was wiped meanwhile is granted to nobody", async () => {
  const one = await owner();
  const at = { org: one.org, group: one.group, version: 1 };
  const grantee = { member: one.member, ecdh: one.card.card.slice(32, 123), ecdsa: one.card.card.slice(123, 214) };
  await expect(sealGrant(one.keys.ecdsa, at, "view", grantee, new Uint8Array(32))).rejects.toThrow("The key was wiped.");
});

test("member keys open under the master password, for that member only", async () => {
  const one = await owner();
  const parameters = { salt: random(16), ...masterPasswordCost };
  const master = await masterKeyOf("hasło do sejfu", parameters, argon2id);
  expect(await authKeyOf(master)).toHaveLength(32);
  const blob = await sealMemberKeys(await wrapKeyOf(master), one.member, one.secrets);
  expect(await openMemberKeys(await wrapKeyOf(master), one.member, blob)).toEqual(one.secrets);
  expect(await openMemberKeys(await wrapKeyOf(master), random(16), blob)).toBeUndefined();
  for (const weak of [{ memoryKiB: 65_535 }, { memoryKiB: 262_145 }, { passes: 1 }, { passes: 5 }, { lanes: 2 }, { salt: random(15) }])
    expect(acceptable({ ...parameters, ...weak }), JSON.stringify(weak)).toBe(false);
});
