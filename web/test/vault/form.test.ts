import { expect, test } from "vitest";
import type { VaultEntry } from "../../src/protocol/vaultEntry.ts";
import { check } from "../../src/pages/app/vault/editor/check.ts";
import { emptyForm, entryOf, formOf, holdsChanges, newField, withType } from "../../src/pages/app/vault/editor/form.ts";
import { bitsOf, characters, generatePassword, usualRecipe } from "../../src/pages/app/vault/editor/generator.ts";
import { itemOf } from "../../src/pages/app/vault/item.ts";

const id = "A".repeat(22);
const entry: VaultEntry = {
  v: 1, type: "server", title: "Host", url: "10.0.0.1", username: "root", password: "p", notes: "n\n", folder: ["a", "b"], tags: ["x", "y"], favourite: true,
  fields: [{ name: "Port", value: "22", kind: "text" }, { name: "Since", value: "2026-01-02", kind: "date" }],
  created: 1, changed: 2, passwordChanged: 2, expires: 1_790_000_000_123, rotateBy: 1_790_000_000_456,
};
const item = itemOf({ entry: id, group: id, change: 1, revision: 3, version: 1, changedAt: 1, changedBy: id }, entry);
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

test("an entry that is opened and not touched stays as it is, to the millisecond", () => {
  const form = formOf(item);
  expect(holdsChanges(form)).toBe(false);
  expect(entryOf(form, 9)).toEqual({ ...entry, changed: 9 });
});

test("members and types that this version doesn't know are kept", () => {
  const strange = { ...entry, type: "spaceship", future: [1] } as unknown as VaultEntry;
  const form = formOf({ ...item, entry: strange });
  expect(form.type).toBe("login");
  expect(entryOf({ ...form, title: "New" }, 9)).toMatchObject({ type: "spaceship", future: [1], title: "New" });
});

test("another password has another date, the same one keeps its own", () => {
  expect(entryOf({ ...formOf(item), password: "q" }, 9).passwordChanged).toBe(9);
  expect(entryOf({ ...formOf(item), title: "T" }, 9).passwordChanged).toBe(2);
});

test("what is empty is absent", () => {
  expect(Object.keys(entryOf({ ...emptyForm(id), title: " T " }, 9)).sort()).toEqual(["changed", "created", "title", "type", "v"]);
});

test("a type offers its fields, and another type keeps what was filled in", () => {
  const form = emptyForm(id, "server");
  expect(form.fields.map(({ name }) => name)).toEqual(["Port", "Private key", "Passphrase of the key"]);
  const filled = { ...form, fields: form.fields.map((field) => (field.name === "Port" ? { ...field, value: "2222" } : field)) };
  const database = withType(filled, "database");
  expect(database.fields.map(({ name, value }) => [name, value])).toEqual([["Port", "2222"], ["Database name", ""]]);
  expect(entryOf({ ...database, title: "x" }, 9).fields).toEqual([{ name: "Port", value: "2222", kind: "text" }]);
});

test("the form says what is wrong beside the field", () => {
  const field = { ...newField(), value: "v" };
  const wrongs = check({ ...emptyForm(id), totp: "not a seed!", fields: [field, { ...newField(), name: "d", kind: "date", value: "soon" }] }, false);
  expect(Object.keys(wrongs).map((key) => key.split(":")[0]).sort()).toEqual(["date", "group", "name", "title", "totp"]);
  expect(check({ ...emptyForm(id), title: "T" }, true)).toEqual({});
});

test("a generated password has every class asked for and no look-alike", () => {
  for (let i = 0; i < 200; i++) {
    const made = characters({ ...usualRecipe, length: 8 }, random);
    expect(made).toHaveLength(8);
    for (const part of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) expect(made).toMatch(part);
    expect(made).not.toMatch(/[0Oo1lI|5S2Z8B]/);
  }
  expect(characters({ ...usualRecipe, classes: ["digits"], clear: false, length: 64 }, random)).toMatch(/^\d{64}$/);
  expect(() => characters({ ...usualRecipe, classes: [] }, random)).toThrow();
});

test("every character of the alphabet is drawn, none far more often than another", () => {
  const seen = new Map<string, number>();
  for (let i = 0; i < 400; i++) for (const character of characters({ ...usualRecipe, length: 64 }, random)) seen.set(character, (seen.get(character) ?? 0) + 1);
  const counts = [...seen.values()];
  expect(counts.length).toBe(77);
  expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(2);
});

test("words come from the list, and the bits are counted", () => {
  expect(generatePassword({ ...usualRecipe, kind: "words", words: 4 }, ["only"], random)).toBe("only-only-only-only");
  expect(bitsOf({ ...usualRecipe, kind: "words", words: 5 }, 7772)).toBeCloseTo(64.6, 0);
  expect(bitsOf({ ...usualRecipe, classes: ["digits"], clear: false, length: 10 }, 1)).toBeCloseTo(33.2, 0);
});
