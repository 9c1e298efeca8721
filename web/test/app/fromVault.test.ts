// An entry of the vault in the composer: a copy, its seed left out, its fields where they belong.
import { expect, test } from "vitest";
import { fromVault, stillLost, withoutFiles, emptyDraft, newFile } from "../../src/pages/app/compose/draft.ts";
import { sealableEntry } from "../../src/pages/app/compose/handOver.ts";
import { en } from "../../src/ui/text/en.ts";
import type { VaultEntry } from "../../src/protocol/vaultEntry.ts";

const file = { id: "AAAAAAAAAAAAAAAAAAAAAA", name: "contract.pdf", size: 5, sha256: "A".repeat(43), key: "A".repeat(43) };
const entry: VaultEntry = {
  v: 1, type: "server", title: "web01", url: "ssh://web01", username: "root", password: "toor", totp: "otpauth://totp/root?secret=JBSWY3DPEHPK3PXP", notes: "n",
  fields: [{ name: "Port", value: "22", kind: "text" }, { name: "Renewal", value: "2027-01-01", kind: "date" }, { name: "Note", value: "x", kind: "unheard of" }],
  files: [file], folder: ["Servers"], tags: ["prod"],
};
const origin = { group: "g", entry: "e", revision: 3 };
const draft = fromVault(origin, entry, (preset) => [en[preset]]);

test("every text comes along, the seed stays out until it is asked for", () => {
  expect(draft).toMatchObject({ type: "server", title: "web01", url: "ssh://web01", username: "root", password: "toor", notes: "n", out: ["totp"], from: origin });
});

test("a field named like one of its type becomes that one; other kinds become text", () => {
  expect(draft.fields.map(({ preset, name, value, kind }) => [preset, name, value, kind])).toEqual([
    ["preset.port", "Port", "22", "text"],
    [undefined, "Renewal", "2027-01-01", "text"],
    [undefined, "Note", "x", "text"],
  ]);
});

test("what is sealed names its origin, folder and tags stay here", () => {
  expect(sealableEntry(draft, [0], en)).toEqual({
    type: "server", title: "web01", url: "ssh://web01", username: "root", password: "toor", notes: "n",
    fields: [{ name: "Port", value: "22", kind: "text" }, { name: "Renewal", value: "2027-01-01", kind: "text" }, { name: "Note", value: "x", kind: "text" }],
    files: [0],
    from: { entry: "e", revision: 3 },
  });
});

test("a lock keeps attachments of the vault and drops those of this computer by name", () => {
  const kept = withoutFiles({ ...emptyDraft("en"), entries: [{ ...draft, files: [...draft.files, newFile(new File(["x"], "local.txt"))] }] });
  expect(kept.entries[0]!.files.map(({ name }) => name)).toEqual(["contract.pdf"]);
  expect(stillLost(kept)).toEqual(["local.txt"]);
  expect(JSON.parse(JSON.stringify(kept)).entries[0].files[0].source).toEqual(file);
});
