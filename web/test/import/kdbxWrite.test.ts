// What is written is read back, by this reader; that keepassxc-cli reads it too is shown end to end.
import { expect, test } from "vitest";
import { writeCsv } from "../../src/export/csv.ts";
import type { ExportedGroup } from "../../src/export/exportedVault.ts";
import { writeKdbx } from "../../src/export/kdbx.ts";
import { readColumns } from "../../src/import/columns.ts";
import { readRows } from "../../src/import/csv.ts";
import { readKdbx } from "../../src/import/kdbx/read.ts";
import { mostVaultRows, readTable } from "../../src/import/table.ts";

const groups: ExportedGroup[] = [
  {
    name: "Studio Północ",
    items: [
      {
        entry: {
          type: "login",
          title: "Panel",
          url: "https://panel.example",
          username: "ewa",
          password: 'a"b,c',
          totp: "otpauth://totp/ewa?secret=JBSWY3DPEHPK3PXP",
          notes: "one\ntwo",
          fields: [{ name: "PIN", value: "0815", kind: "hidden" }, { name: "PIN", value: "4711", kind: "hidden" }, { name: "Title", value: "Dr.", kind: "text" }],
          folder: ["Servers", "Production"],
          tags: ["cms", "prod"],
          old: [{ password: "second", changed: 1_735_689_600_000 }, { password: "first", changed: 1_704_067_200_000 }],
          created: 1_672_531_200_000,
          changed: 1_740_000_000_000,
          expires: 1_830_000_000_000,
        },
        files: [{ name: "contract.pdf", bytes: new TextEncoder().encode("%PDF-") as Uint8Array<ArrayBuffer> }],
      },
    ],
  },
  { name: "ERP GmbH", items: [{ entry: { type: "note", title: "Door", notes: "4711#" }, files: [] }] },
];

test("KDBX: everything it can carry comes back", async () => {
  const { items } = await readKdbx(await writeKdbx("Agency", groups, "Łódź"), "Łódź", undefined);
  expect(items.map(({ path }) => path)).toEqual([["Studio Północ", "Servers", "Production"], ["ERP GmbH"]]);
  expect(items[0]!.entry).toEqual({
    v: 1,
    type: "login",
    title: "Panel",
    url: "https://panel.example",
    username: "ewa",
    password: 'a"b,c',
    totp: "otpauth://totp/ewa?secret=JBSWY3DPEHPK3PXP",
    notes: "one\ntwo",
    fields: [{ name: "PIN", value: "0815", kind: "hidden" }, { name: "PIN (2)", value: "4711", kind: "hidden" }, { name: "Title (2)", value: "Dr.", kind: "text" }],
    tags: ["cms", "prod"],
    old: [{ password: "second", changed: 1_735_689_600_000 }, { password: "first", changed: 1_704_067_200_000 }],
    created: 1_672_531_200_000,
    changed: 1_740_000_000_000,
    passwordChanged: 1_735_689_600_000,
    expires: 1_830_000_000_000,
  });
  expect(new TextDecoder().decode(items[0]!.files[0]!.bytes)).toBe("%PDF-");
});

test("CSV: quotes, lines and commas come back", async () => {
  const { rows } = await readTable(writeCsv(groups), mostVaultRows);
  const { targets, exporter } = readColumns(rows[0]!);
  const { items } = readRows(rows.slice(1), rows[0]!, targets, exporter);
  expect(items[0]).toMatchObject({ path: ["Studio Północ", "Servers", "Production"], entry: { title: "Panel", password: 'a"b,c', notes: "one\ntwo", tags: ["cms", "prod"] } });
  expect(items[1]!.entry.type).toBe("note");
});
