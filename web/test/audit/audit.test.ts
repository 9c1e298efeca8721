import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { families, read } from "../../src/pages/app/audit/entries.ts";
import type { Known } from "../../src/pages/app/audit/tell.ts";

vi.stubGlobal("location", { pathname: "/organization/audit" });
vi.stubGlobal("navigator", { languages: ["en"] });
const { queryOf } = await import("../../src/pages/app/audit/Filters.tsx");
const { auditCsv, auditJson } = await import("../../src/pages/app/audit/files.ts");
const { hasAll, tell } = await import("../../src/pages/app/audit/tell.ts");

const known: Known = { vault: { groups: new Map(), session: { member: {}, organization: {} } } as unknown as Known["vault"], rows: new Map() };
const entry = (kind: string, more: object = {}) =>
  read({ text: JSON.stringify({ v: 1, kind, org: "o", time: 1_700_000_000_000, actor: "server", nonce: kind, ...more }), log: 0, index: 7 });

test("every kind of entry that the ledger knows belongs to one family and is told in words", () => {
  const spec = readFileSync(fileURLToPath(new URL("../../../spec/ledger.md", import.meta.url)), "utf8");
  const table = spec.slice(spec.indexOf("| kind | adds |"), spec.indexOf("`created` is written"));
  const kinds = [...table.matchAll(/^\| ((?:`[a-z-]+` ?)+)\|/gm)].flatMap((row) => [...row[1]!.matchAll(/`([a-z-]+)`/g)].map((kind) => kind[1]!));
  expect(kinds.length).toBeGreaterThan(35);
  expect(Object.values(families).flat().sort()).toEqual([...kinds].sort());
  for (const kind of kinds) expect(tell(entry(kind), known), kind).not.toBe(kind);
});

test("a day of the filter begins and ends at the viewer's midnight", () => {
  const filter = { family: "all", member: "", handover: "", from: "2026-03-29", to: "2026-03-29", search: "" } as const;
  const { since, until } = queryOf(filter);
  expect(new Date(since!).getHours()).toBe(0);
  expect(new Date(until!).getHours()).toBe(0);
  expect(new Date(until!).getDate()).toBe(30);
  expect(queryOf({ ...filter, from: "", to: "" })).toEqual({});
  expect(queryOf({ ...filter, from: "", to: "", family: "vault", member: "m" })).toEqual({ kinds: ["entries"], member: "m" });
});

test("a search finds what is shown of an entry and what stands in it", () => {
  const one = entry("log", { origin: "baton.example/log/2", reason: "disk died", previous: "" });
  expect(hasAll(one, known, ["disk", "log/2"])).toBe(true);
  expect(hasAll(one, known, ["disk", "flood"])).toBe(false);
});

test("the table quotes, and no name becomes a formula", () => {
  const evil = entry("log", { origin: "x", reason: 'a "quoted" one' });
  const spoof = read({ text: '=HYPERLINK("x")', log: 0, index: 8, observed: { address: "+1", userAgent: "@x" } });
  const csv = auditCsv([evil, spoof], known);
  expect(csv).toContain('a ""quoted"" one');
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv).toContain(`"'+1"`);
  expect(csv).toContain(`"'@x"`);
  expect(csv.split("\r\n")).toHaveLength(4);
});

test("the records keep every entry's exact text", () => {
  const text = '{"v":1,"kind":"trial","reason":"\\u003c"}';
  const saved = JSON.parse(auditJson([read({ text })])) as { entries: { text: string }[] };
  expect(saved.entries[0]!.text).toBe(text);
});
