// Whose history a handover goes to, and when it may not be made at all.
import { expect, test } from "vitest";
import { emptyDraft, newEntry, type Draft } from "../../src/pages/app/compose/draft.ts";
import { candidates, groupOf, sourcesOf } from "../../src/pages/app/compose/whose.ts";
import type { GroupAccess, Vault } from "../../src/pages/app/keys/vault.ts";

const group = (id: string, right: GroupAccess["right"], more: Partial<GroupAccess> = {}): [string, GroupAccess] => [id, { group: id, personal: false, right, writable: true, name: id, ...more } as GroupAccess];
const vault = {
  groups: new Map([group("own", "manage", { personal: true }), group("studio", "share"), group("erp", "manage"), group("seen", "edit"), group("stale", "manage", { writable: false })]),
} as unknown as Vault;
const draft = (...from: string[]): Draft => ({ ...emptyDraft("en"), entries: from.map((id) => ({ ...newEntry("login"), ...(id && { from: { group: id, entry: "e", revision: 1 } }) })) });
const ids = (of: Draft): string[] => candidates(of, vault).map((one) => one.group);

test("what is typed on the spot goes to the member's own history, or to any group it may hand over for", () => {
  expect(ids(draft(""))).toEqual(["own", "erp", "studio"]);
  expect(groupOf(draft(""), vault)!.group).toBe("own");
  expect(groupOf({ ...draft(""), group: "erp" }, vault)!.group).toBe("erp");
});

test("entries of one group go to its history, whatever is typed beside them", () => {
  expect(ids(draft("studio", "", "studio"))).toEqual(["studio"]);
  expect(groupOf({ ...draft("studio"), group: "own" }, vault)!.group).toBe("studio");
});

test("entries of several groups: the member chooses among those", () => {
  const several = draft("erp", "studio");
  expect(sourcesOf(several)).toEqual(["erp", "studio"]);
  expect(ids(several)).toEqual(["erp", "studio"]);
  expect(groupOf({ ...several, group: "studio" }, vault)!.group).toBe("studio");
});

test.each(["seen", "stale", "gone"])("one group without the right to hand over is enough to stop it: %s", (id) => {
  expect(ids(draft("studio", id))).toEqual([]);
  expect(groupOf(draft("studio", id), vault)).toBeUndefined();
});
