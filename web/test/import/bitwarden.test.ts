// Built after Bitwarden's documentation of its exports; no file here came out of the product (fixtures/README.md).
import { argon2id } from "@noble/hashes/argon2.js";
import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readBitwarden } from "../../src/import/bitwarden/read.ts";
import { UnreadableFile } from "../../src/import/importedVault.ts";

const login = {
  passwordHistory: [
    { lastUsedDate: "2024-02-03T04:05:06.000Z", password: "older" },
    { lastUsedDate: "2025-02-03T04:05:06.000Z", password: "old" },
  ],
  revisionDate: "2025-02-03T04:05:06.000Z",
  creationDate: "2023-01-01T00:00:00.000Z",
  deletedDate: null,
  id: "7c5e6d1c-0000-4000-8000-000000000001",
  organizationId: null,
  folderId: "f1",
  type: 1,
  reprompt: 1,
  name: "Hosting panel",
  notes: "Pay in March\r\nNot before",
  favorite: true,
  fields: [
    { name: "Customer number", value: "4711", type: 0, linkedId: null },
    { name: "PIN", value: "0815", type: 1, linkedId: null },
    { name: "Invoices by post", value: "true", type: 2, linkedId: null },
    { name: "User", value: null, type: 3, linkedId: 100 },
  ],
  login: {
    fido2Credentials: [{ credentialId: "x" }],
    uris: [{ match: null, uri: "https://panel.example/login" }, { match: null, uri: "https://panel.example/second" }],
    username: "ewa",
    password: "s3cret",
    totp: "JBSWY3DPEHPK3PXP",
    passwordRevisionDate: "2025-02-03T04:05:06.000Z",
  },
  collectionIds: null,
};
const note = { type: 2, name: "Door", notes: "4711#", favorite: false, folderId: null, secureNote: { type: 0 } };
const card = { type: 3, name: "Company card", folderId: "f2", card: { cardholderName: "Ewa Nowak", brand: "Visa", number: "4111111111111111", expMonth: "3", expYear: "2031", code: "123" } };
const identity = { type: 4, name: "Ewa", folderId: null, identity: { firstName: "Ewa", lastName: "Nowak", company: "Studio", email: "ewa@studio.example", ssn: "999-99", username: "ewa.n" } };
const ssh = { type: 5, name: "web01", sshKey: { privateKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----", publicKey: "ssh-ed25519 AAAA", keyFingerprint: "SHA256:abc" } };
const deleted = { ...note, name: "Gone", deletedDate: "2025-01-01T00:00:00.000Z" };
const plain = { encrypted: false, folders: [{ id: "f1", name: "Clients/Studio Północ" }, { id: "f2", name: "Money" }], items: [login, note, card, identity, ssh, deleted] };

describe("a plain export", () => {
  test("logins with their fields, codes, history and folders", async () => {
    const { source, items } = await readBitwarden(JSON.stringify(plain), undefined);
    expect(source).toBe("Bitwarden");
    expect(items.map(({ path, entry }) => [path, entry.title])).toEqual([
      [["Clients", "Studio Północ"], "Hosting panel"],
      [[], "Door"],
      [["Money"], "Company card"],
      [[], "Ewa"],
      [[], "web01"],
    ]);
    expect(items[0]!.entry).toEqual({
      v: 1,
      type: "login",
      title: "Hosting panel",
      url: "https://panel.example/login",
      username: "ewa",
      password: "s3cret",
      totp: "otpauth://totp/ewa?secret=JBSWY3DPEHPK3PXP",
      notes: "Pay in March\nNot before",
      fields: [
        { name: "URL", value: "https://panel.example/second", kind: "link" },
        { name: "Customer number", value: "4711", kind: "text" },
        { name: "PIN", value: "0815", kind: "hidden" },
        { name: "Invoices by post", value: "true", kind: "text" },
      ],
      favourite: true,
      old: [
        { password: "old", changed: Date.parse("2025-02-03T04:05:06Z") },
        { password: "older", changed: Date.parse("2024-02-03T04:05:06Z") },
      ],
      created: Date.parse("2023-01-01T00:00:00Z"),
      changed: Date.parse("2025-02-03T04:05:06Z"),
      passwordChanged: Date.parse("2025-02-03T04:05:06Z"),
    });
  });

  test("notes, cards, identities and keys", async () => {
    const { items } = await readBitwarden(JSON.stringify(plain), undefined);
    expect(items.slice(1).map(({ entry }) => [entry.type, entry.fields?.map(({ name, value, kind }) => `${name}=${value}:${kind}`)])).toEqual([
      ["note", undefined],
      ["card", ["Number=4111111111111111:hidden", "Holder=Ewa Nowak:text", "Brand=Visa:text", "Valid until=03/2031:text", "CVC=123:hidden"]],
      ["note", ["First name=Ewa:text", "Last name=Nowak:text", "Company=Studio:text", "E-mail=ewa@studio.example:text", "Social security number=999-99:hidden"]],
      ["server", ["Private key=-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----:key", "Public key=ssh-ed25519 AAAA:text", "Fingerprint=SHA256:abc:text"]],
    ]);
    expect(items[3]!.entry.username).toBe("ewa.n");
  });

  test("what doesn't come along is named", async () => {
    const { losses } = await readBitwarden(JSON.stringify(plain), undefined);
    expect(losses).toEqual([
      { kind: "bin", titles: ["Gone"] },
      { kind: "passkey", titles: ["Hosting panel"] },
      { kind: "linked", titles: ["Hosting panel"] },
      { kind: "reprompt", titles: ["Hosting panel"] },
      { kind: "attachments", titles: [] },
    ]);
  });

  test("an organization's collections are folders too", async () => {
    const file = { encrypted: false, collections: [{ id: "c1", organizationId: "o", name: "ERP GmbH", externalId: null }], items: [{ ...note, collectionIds: ["c1"] }] };
    expect((await readBitwarden(JSON.stringify(file), undefined)).items[0]!.path).toEqual(["ERP GmbH"]);
  });
});

/** As the documentation has it; `stretched` is the 32-byte key out of the password. */
function protect(stretched: Uint8Array, kdf: object): string {
  const expand = (info: string) => createHmac("sha256", stretched).update(info).update(Uint8Array.of(1)).digest();
  const seal = (text: string) => {
    const iv = randomBytes(16);
    const aes = createCipheriv("aes-256-cbc", expand("enc"), iv);
    const ciphertext = Buffer.concat([aes.update(text, "utf8"), aes.final()]);
    const mac = createHmac("sha256", expand("mac")).update(iv).update(ciphertext).digest();
    return `2.${iv.toString("base64")}|${ciphertext.toString("base64")}|${mac.toString("base64")}`;
  };
  return JSON.stringify({ encrypted: true, passwordProtected: true, ...kdf, encKeyValidation_DO_NOT_EDIT: seal("7c5e6d1c-0000-4000-8000-000000000009"), data: seal(JSON.stringify(plain)) });
}

const salt = "bG90c29mc2FsdGhlcmUxMg==";
const files = [
  ["PBKDF2", protect(pbkdf2Sync("Łódź & co", salt, 600, 32, "sha256"), { salt, kdfType: 0, kdfIterations: 600 })],
  [
    "Argon2id",
    protect(argon2id("Łódź & co", createHash("sha256").update(salt).digest(), { t: 2, m: 1_024, p: 4, dkLen: 32 }), { salt, kdfType: 1, kdfIterations: 2, kdfMemory: 1, kdfParallelism: 4 }),
  ],
] as const;

describe.each(files)("protected with %s", (_, file) => {
  test("opens with its password", async () => {
    expect((await readBitwarden(file, "Łódź & co")).items).toHaveLength(5);
  });

  test("another password and none are told apart from damage", async () => {
    await expect(readBitwarden(file, "wrong")).rejects.toEqual(new UnreadableFile("password"));
    await expect(readBitwarden(file, undefined)).rejects.toEqual(new UnreadableFile("password-needed"));
    const parsed = JSON.parse(file) as { data: string };
    const [head, body, mac] = parsed.data.split("|") as [string, string, string];
    parsed.data = [head, (body[0] === "A" ? "B" : "A") + body.slice(1), mac].join("|");
    await expect(readBitwarden(JSON.stringify(parsed), "Łódź & co")).rejects.toEqual(new UnreadableFile("damaged"));
  });
});

test("an export bound to its account is refused with the remedy", async () => {
  await expect(readBitwarden(JSON.stringify({ encrypted: true, encKeyValidation_DO_NOT_EDIT: "2.a|b|c", items: [] }), "x")).rejects.toEqual(new UnreadableFile("account-key"));
});

test.each(["", "{", "[]", "null", '{"items":5}', '{"encrypted":false}'])("no export: %s", async (text) => {
  await expect(readBitwarden(text, undefined)).rejects.toBeInstanceOf(UnreadableFile);
});
