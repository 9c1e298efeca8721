// Backup and restore: what goes in comes out, under its own password only.
import { expect, test } from "vitest";
import { writeBackup } from "../../src/export/backup.ts";
import type { ExportedGroup } from "../../src/export/exportedVault.ts";
import { readBackup } from "../../src/import/backup.ts";
import { detect } from "../../src/import/detect.ts";
import { UnreadableFile } from "../../src/import/importedVault.ts";

const groups: ExportedGroup[] = [
  {
    name: "Studio Północ",
    icon: "globe",
    colour: "amber",
    items: [
      {
        entry: {
          type: "server", title: "web01", username: "root", password: "toor", fields: [{ name: "Renewal", value: "2027-01-01", kind: "date" }], folder: ["Servers"], tags: ["prod"],
          favourite: true, old: [{ password: "older", changed: 1_700_000_000_000 }], created: 1, changed: 2, expires: 3, rotateBy: 4,
        },
        files: [{ name: "id_ed25519", bytes: Uint8Array.of(1, 2, 3) }, { name: "empty", bytes: new Uint8Array() }],
      },
    ],
  },
  { name: "ERP", items: [{ entry: { type: "note", title: "Door", notes: "4711#" }, files: [] }] },
];

test("a backup is restored to the letter", async () => {
  const bytes = await writeBackup("Agency", 1_790_000_000_000, groups, "Łódź & co");
  expect(detect(bytes)).toBe("backup");
  const { source, items, losses } = await readBackup(new TextDecoder().decode(bytes), "Łódź & co");
  expect([source, losses]).toEqual(["Baton", []]);
  const { folder, ...text } = groups[0]!.items[0]!.entry;
  expect(items).toEqual([
    { path: ["Studio Północ", ...folder!], entry: { v: 1, ...text }, files: groups[0]!.items[0]!.files },
    { path: ["ERP"], entry: { v: 1, ...groups[1]!.items[0]!.entry }, files: [] },
  ]);
});

test("another password, none, and a cut file are told apart", async () => {
  const text = new TextDecoder().decode(await writeBackup("Agency", 1, groups, "right"));
  await expect(readBackup(text, "wrong")).rejects.toEqual(new UnreadableFile("password"));
  await expect(readBackup(text, undefined)).rejects.toEqual(new UnreadableFile("password-needed"));
  await expect(readBackup(text.slice(0, 100), "right")).rejects.toEqual(new UnreadableFile("damaged"));
});
