// Real files: fixtures/README.md says which commands made them.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { UnreadableFile } from "../../src/import/importedVault.ts";
import { readKdbx } from "../../src/import/kdbx/read.ts";

const file = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))));
const password = "Łódź & co";

describe.each(["agency-3.1.kdbx", "agency-4-aes.kdbx", "agency-4-argon2d.kdbx", "agency-4-argon2id.kdbx"])("%s", (name) => {
  test("every entry lies under its groups, the bin's stay out", async () => {
    const { items, losses, source } = await readKdbx(file(name), password, undefined);
    expect(source).toBe("KeePass");
    expect(items.map(({ path, entry }) => [path.join("/"), entry.title])).toEqual([
      ["", "Office Wi-Fi"],
      ["Studio Północ", "Admin panel"],
      ["Studio Północ", "Door codes"],
      ["Studio Północ/Servers", "web01"],
      ["ERP GmbH", "ERP"],
      ["ERP GmbH", "Bank token"],
      ["ERP GmbH", "ERP mobile"],
    ]);
    expect(losses).toContainEqual({ kind: "bin", titles: ["Old mailbox"] });
  });

  test("fields, one-time codes, tags, expiry, attachments and earlier passwords come along", async () => {
    const { items } = await readKdbx(file(name), password, undefined);
    const { entry, files } = items.find(({ entry }) => entry.title === "Admin panel")!;
    expect(entry).toEqual({
      v: 1,
      type: "login",
      title: "Admin panel",
      url: "https://cms.example/admin",
      username: "ewa",
      password: "third-Łódź-3",
      totp: "otpauth://totp/CMS%3Aewa?secret=JBSWY3DPEHPK3PXP",
      notes: 'First line\nsecond, with <angle> & "quotes"',
      fields: expect.arrayContaining([
        { name: "Backup codes", value: "1111 2222", kind: "hidden" },
        { name: "Contact", value: "helpdesk@cms.example", kind: "text" },
        { name: "URL", value: "https://cms.example/second", kind: "link" },
      ]),
      tags: ["cms", "production"],
      old: [
        { password: "second-2", changed: expect.any(Number) },
        { password: "first-1", changed: Date.parse("2024-08-01T10:00:00Z") },
      ],
      created: Date.parse("2024-01-10T09:30:00Z"),
      changed: expect.any(Number),
      passwordChanged: expect.any(Number),
      expires: Date.parse("2027-06-30T22:00:00Z"),
    });
    expect(files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([["contract.txt", "The contract of Studio Północ.\n"]]);
  });

  test("the older way to keep a seed, a counter, a key and a reference", async () => {
    const { items, losses } = await readKdbx(file(name), password, undefined);
    const entry = (title: string) => items.find((item) => item.entry.title === title)!.entry;
    expect(entry("ERP").totp).toBe("otpauth://totp/jan?secret=GEZDGNBVGY3TQOJQ&digits=8&period=60");
    expect(entry("Bank token").totp).toBeUndefined();
    expect(entry("Bank token").fields).toEqual([{ name: "TOTP", value: "otpauth://hotp/Bank?secret=GEZDGNBVGY3TQOJQ&counter=7", kind: "hidden" }]);
    expect(losses).toContainEqual({ kind: "counter", titles: ["Bank token"] });
    expect(entry("web01").fields![0]!.kind).toBe("key");
    expect(entry("web01").type).toBe("server");
    expect(entry("ERP mobile").password).toBe("erp-pass");
    expect(entry("Door codes").type).toBe("note");
    expect(entry("Office Wi-Fi").type).toBe("wifi");
  });

  test("a wrong password is told as such", async () => {
    await expect(readKdbx(file(name), "wrong", undefined)).rejects.toEqual(new UnreadableFile("password"));
  });
});

test("a key file opens what needs one, and without it the password is not enough", async () => {
  expect((await readKdbx(file("agency-3.1-key.kdbx"), password, file("agency.keyx"))).items).toHaveLength(7);
  await expect(readKdbx(file("agency-3.1-key.kdbx"), password, undefined)).rejects.toEqual(new UnreadableFile("password"));
});

test("progress of Argon2 is told from 0 to 1", async () => {
  const seen: number[] = [];
  await readKdbx(file("agency-4-argon2id.kdbx"), password, undefined, (done) => seen.push(done));
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test("what is no KDBX file, and one that is cut, is told as such", async () => {
  await expect(readKdbx(file("contract.txt"), password, undefined)).rejects.toEqual(new UnreadableFile("unknown"));
  await expect(readKdbx(file("agency-3.1.kdbx").slice(0, 1_500), password, undefined)).rejects.toBeInstanceOf(UnreadableFile);
});
