import { expect, test } from "vitest";
import type { VaultEntry } from "../../src/protocol/vaultEntry.ts";
import { differences, merged, type Side } from "../../src/pages/app/vault/merge.ts";

const base: VaultEntry = {
  v: 1, type: "login", title: "Panel", username: "admin", password: "old", notes: "n", tags: ["a"],
  fields: [{ name: "Port", value: "22", kind: "text" }, { name: "Port", value: "23", kind: "text" }, { name: "PIN", value: "1", kind: "hidden" }],
  files: [{ id: "f1", name: "a.txt", size: 1, sha256: "", key: "" }],
  passwordChanged: 1,
};
const mineWith = (part: Partial<VaultEntry>): VaultEntry => ({ ...base, ...part });
const resolve = (mine: VaultEntry, theirs: VaultEntry, chosen: Record<string, Side> = {}): VaultEntry => merged(mine, theirs, differences(base, mine, theirs), new Map(Object.entries(chosen)));

test("what only one side changed is suggested, what both changed is asked", () => {
  const mine = mineWith({ title: "Mine", password: "m" });
  const theirs = mineWith({ username: "root", password: "t" });
  expect(differences(base, mine, theirs).map(({ key, suggested }) => [key, suggested])).toEqual([["title", "mine"], ["username", "theirs"], ["password", undefined]]);
});

test("two versions that say the same don't differ", () => {
  expect(differences(base, mineWith({ title: "Same" }), mineWith({ title: "Same" }))).toEqual([]);
});

test("the choices make the entry; nothing of either side is lost unasked", () => {
  const mine = mineWith({ title: "Mine", password: "m", passwordChanged: 5 });
  const theirs = mineWith({ username: "root", password: "t", passwordChanged: 6 });
  expect(resolve(mine, theirs, { password: "mine" })).toMatchObject({ title: "Mine", username: "root", password: "m", passwordChanged: 5 });
  expect(resolve(mine, theirs, { password: "theirs" })).toMatchObject({ title: "Mine", username: "root", password: "t", passwordChanged: 6 });
});

test("fields are matched by name and order, added ones are kept from both", () => {
  const [port, second, pin] = base.fields!;
  const mine = mineWith({ fields: [port!, { ...second!, value: "2323" }, pin!, { name: "Mine", value: "x", kind: "text" }] });
  const theirs = mineWith({ fields: [port!, second!, { name: "Theirs", value: "y", kind: "text" }] });
  expect(resolve(mine, theirs).fields).toEqual([port, { ...second!, value: "2323" }, { name: "Theirs", value: "y", kind: "text" }, { name: "Mine", value: "x", kind: "text" }]);
});

test("a field that one removed and the other changed is asked for", () => {
  const mine = mineWith({ fields: base.fields!.slice(0, 2) });
  const theirs = mineWith({ fields: [...base.fields!.slice(0, 2), { name: "PIN", value: "2", kind: "hidden" }] });
  const found = differences(base, mine, theirs);
  expect(found.map(({ name, mine: a, suggested }) => [name, a, suggested])).toEqual([["PIN", undefined, undefined]]);
  expect(resolve(mine, theirs, { [found[0]!.key]: "mine" }).fields).toHaveLength(2);
  expect(resolve(mine, theirs, { [found[0]!.key]: "theirs" }).fields).toHaveLength(3);
});

test("attachments of both sides stay", () => {
  const file = (id: string) => ({ id, name: id, size: 1, sha256: "", key: "" });
  expect(resolve(mineWith({ files: [...base.files!, file("m")] }), mineWith({ files: [...base.files!, file("t")] })).files!.map(({ id }) => id)).toEqual(["f1", "t", "m"]);
  expect(resolve(mineWith({}), { ...mineWith({}), files: [] }).files).toBeUndefined();
});

test("a value that mine emptied is gone", () => {
  const { notes: _, ...without } = base;
  expect(resolve(without, mineWith({ title: "T" }))).not.toHaveProperty("notes");
});

test("members that nobody here knows stay as theirs", () => {
  const theirs = { ...base, future: { x: 1 } } as VaultEntry;
  expect(resolve(mineWith({ title: "Mine" }), theirs)).toMatchObject({ title: "Mine", future: { x: 1 } });
});
