// Built after 1Password's description of its export; no file here came out of the product (fixtures/README.md).
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { UnreadableFile } from "../../src/import/importedVault.ts";
import { readOnePux } from "../../src/import/onePux.ts";

const field = (title: string, value: object, id = title) => ({ title, id, value, indexAtSource: 0, guarded: false, multiline: false, dontGenerate: false, inputTraits: { keyboard: "default", correction: "default", capitalization: "default" } });

const login = {
  uuid: "fkruyzrldvizuqlnavfj3gltfe",
  favIndex: 1,
  createdAt: 1614298956,
  updatedAt: 1635346445,
  state: "active",
  categoryUuid: "001",
  details: {
    loginFields: [
      { value: "ewa", id: "", name: "username", fieldType: "T", designation: "username" },
      { value: "s3cret", id: "", name: "password", fieldType: "P", designation: "password" },
      { value: "Studio", id: "tenant", name: "tenant", fieldType: "T" },
    ],
    notesPlain: "A note",
    sections: [
      {
        title: "Recovery",
        name: "Section_1",
        fields: [
          field("one-time password", { totp: "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP" }),
          field("code", { concealed: "1111-2222" }),
          field("contact", { email: { email_address: "help@panel.example", provider: null } }),
          field("renewal", { date: 1767225600 }),
          field("expiry", { monthYear: 203103 }),
          field("address", { address: { street: "Długa 1", city: "Łódź", country: "pl", zip: "90-001", state: "" } }),
          field("contract", { file: { fileName: "contract.pdf", documentId: "o2xjvw2q5j2yx6rtpxfjdqopom", decryptedSize: 5 } }),
          field("lost", { file: { fileName: "lost.pdf", documentId: "missing", decryptedSize: 5 } }),
        ],
      },
    ],
    passwordHistory: [{ value: "older", time: 1600000000 }, { value: "old", time: 1614298956 }],
    documentAttributes: null,
  },
  overview: { subtitle: "ewa", urls: [{ label: "website", url: "https://panel.example" }, { label: "second", url: "https://panel.example/two" }], title: "Panel", url: "https://panel.example", ps: 100, pbe: 86, pgrng: true, tags: ["cms", "prod"] },
};
const server = {
  favIndex: 0,
  categoryUuid: "110",
  state: "archived",
  details: { loginFields: [], sections: [{ title: "", name: "", fields: [field("URL", { url: "ssh://web01" }, "url"), field("username", { string: "root" }), field("password", { concealed: "toor" })] }] },
  overview: { title: "web01", url: "", tags: [] },
};
const document = { categoryUuid: "006", details: { loginFields: [], sections: [], documentAttributes: { fileName: "plan.txt", documentId: "plan", decryptedSize: 4 } }, overview: { title: "Plan" } };
const trashed = { ...server, trashed: true, overview: { title: "Gone" } };

const pux = (items: object[]) =>
  zipSync({
    "export.attributes": strToU8('{"version":3,"description":"1Password Unencrypted Export","createdAt":1635346445}'),
    "export.data": strToU8(JSON.stringify({ accounts: [{ attrs: { accountName: "Agency", uuid: "u" }, vaults: [{ attrs: { uuid: "v", desc: "", avatar: "", name: "Studio Północ", type: "U" }, items }] }] })),
    "files/o2xjvw2q5j2yx6rtpxfjdqopom__contract.pdf": strToU8("%PDF-"),
    "files/plan__plan.txt": strToU8("plan"),
  }) as Uint8Array<ArrayBuffer>;

test("a login with sections, attachments, tags and history", () => {
  const { source, items } = readOnePux(pux([login]));
  expect(source).toBe("1Password");
  expect(items).toHaveLength(1);
  expect(items[0]!.path).toEqual(["Studio Północ"]);
  expect(items[0]!.entry).toEqual({
    v: 1,
    type: "login",
    title: "Panel",
    url: "https://panel.example",
    username: "ewa",
    password: "s3cret",
    totp: "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP",
    notes: "A note",
    fields: [
      { name: "tenant", value: "Studio", kind: "text" },
      { name: "URL", value: "https://panel.example/two", kind: "link" },
      { name: "Recovery: code", value: "1111-2222", kind: "hidden" },
      { name: "Recovery: contact", value: "help@panel.example", kind: "text" },
      { name: "Recovery: renewal", value: "2026-01-01", kind: "date" },
      { name: "Recovery: expiry", value: "03/2031", kind: "text" },
      { name: "Recovery: address", value: "Długa 1, Łódź, 90-001, pl", kind: "text" },
    ],
    tags: ["cms", "prod"],
    favourite: true,
    old: [{ password: "old", changed: 1614298956000 }, { password: "older", changed: 1600000000000 }],
    created: 1614298956000,
    changed: 1635346445000,
  });
  expect(items[0]!.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)])).toEqual([["contract.pdf", "%PDF-"]]);
});

test("the fields that a category has take their places; archived is a tag", () => {
  const { items } = readOnePux(pux([server]));
  expect(items[0]!.entry).toEqual({ v: 1, type: "server", title: "web01", url: "ssh://web01", username: "root", password: "toor", tags: ["archived"] });
});

test("a document is an entry with its file", () => {
  const { items } = readOnePux(pux([document]));
  expect(items[0]!.entry).toEqual({ v: 1, type: "note", title: "Plan" });
  expect(items[0]!.files[0]!.name).toBe("plan.txt");
});

test("what is missing or in the bin is named", () => {
  const { items, losses } = readOnePux(pux([login, trashed]));
  expect(items).toHaveLength(1);
  expect(losses).toEqual([{ kind: "bin", titles: ["Gone"] }, { kind: "fileMissing", titles: ["Panel"] }]);
});

test("no zip, and a zip of something else", () => {
  expect(() => readOnePux(strToU8("no zip") as Uint8Array<ArrayBuffer>)).toThrow(new UnreadableFile("damaged"));
  expect(() => readOnePux(zipSync({ "a.txt": strToU8("a") }) as Uint8Array<ArrayBuffer>)).toThrow(new UnreadableFile("unknown"));
});
