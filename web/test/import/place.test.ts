import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { detect } from "../../src/import/detect.ts";
import type { ImportedItem } from "../../src/import/importedVault.ts";
import { place, shelvesOf, type Target } from "../../src/import/place.ts";
import { sortOut } from "../../src/import/twins.ts";

const item = (title: string, ...path: string[]): ImportedItem => ({ path, entry: { v: 1, type: "login", title, password: "pw" }, files: [] });
const items = [item("a"), item("b", "Studio"), item("c", "Studio", "Servers", "Production"), item("d", "ERP", "Servers")];

test("as groups, the outermost names a group and the rest are its folders", () => {
  expect(shelvesOf(items, "groups")).toEqual([
    { name: "", count: 1, folders: 0 },
    { name: "Studio", count: 2, folders: 2 },
    { name: "ERP", count: 1, folders: 1 },
  ]);
  const targets = new Map<string, Target>([["", { to: "nowhere" }], ["Studio", { to: "new", name: "Studio" }], ["ERP", { to: "group", group: "g1" }]]);
  expect(place(items, "groups", targets).map(({ target, items }) => [target, items.map(({ entry }) => [entry.title, entry.folder])])).toEqual([
    [{ to: "new", name: "Studio" }, [["b", undefined], ["c", ["Servers", "Production"]]]],
    [{ to: "group", group: "g1" }, [["d", ["Servers"]]]],
  ]);
});

test("as folders, everything goes to one group under its whole path", () => {
  expect(shelvesOf(items, "folders")).toEqual([{ name: "", count: 4, folders: 5 }]);
  const placed = place(items, "folders", new Map([["", { to: "new", name: "Agency" }]]));
  expect(placed).toHaveLength(1);
  expect(placed[0]!.items.map(({ entry }) => entry.folder)).toEqual([undefined, ["Studio"], ["Studio", "Servers", "Production"], ["ERP", "Servers"]]);
});

test("two groups of the file may go to one here", () => {
  const targets = new Map<string, Target>([["Studio", { to: "group", group: "g" }], ["ERP", { to: "group", group: "g" }]]);
  expect(place(items, "groups", targets)).toHaveLength(1);
});

test("what is there already to the letter stays out, what is only alike comes in and is named", () => {
  const placed = place(items.slice(1), "folders", new Map([["", { to: "group", group: "g" }]]))[0]!.items;
  const { fresh, same, alike } = sortOut(placed, [
    { entry: { title: "b", password: "pw", folder: ["Studio"] } },
    { entry: { title: "C", password: "another" } },
    { entry: { title: "d", password: "pw", folder: ["ERP", "Servers"], files: [{ name: "x", size: 1 }] } },
  ]);
  expect(same.map(({ entry }) => entry.title)).toEqual(["b"]);
  expect(fresh.map(({ entry }) => entry.title)).toEqual(["c", "d"]);
  expect(alike.map(({ entry }) => entry.title)).toEqual(["c", "d"]);
});

test("ten thousand entries are sorted out in a blink", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({ entry: { v: 1 as const, type: "login", title: `Entry ${i}`, password: "pw", notes: "x".repeat(200) }, files: [] }));
  const start = performance.now();
  expect(sortOut(many, many).same).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(1_000);
});

const bytes = (text: string) => new TextEncoder().encode(text);

test("a file is known by its first bytes", () => {
  const file = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
  expect(detect(file("agency-3.1.kdbx"))).toBe("kdbx");
  expect(detect(file("agency-4-argon2id.kdbx"))).toBe("kdbx");
  expect(detect(Uint8Array.of(0x03, 0xd9, 0xa2, 0x9a, 0x65, 0xfb, 0x4b, 0xb5))).toBe("kdb");
  expect(detect(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBe("1pux");
  expect(detect(bytes('{"encrypted":false,"items":[]}'))).toBe("bitwarden");
  expect(detect(bytes('{"v":1,"kind":"baton backup","salt":""}\nAAAA'))).toBe("backup");
  expect(detect(bytes("name,url,username,password\n"))).toBe("csv");
  expect(detect(bytes('{"a":1}'))).toBeUndefined();
  expect(detect(Uint8Array.of(0, 1, 2))).toBeUndefined();
  expect(detect(bytes("  \n"))).toBeUndefined();
});
