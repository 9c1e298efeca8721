// What the organization's pages decide without a server.
import { expect, test } from "vitest";
import type { GroupRights, OrganizationMember } from "../../src/api/vaultWire.ts";
import { deviceOf } from "../../src/pages/app/account/device.ts";
import { unchangedSince } from "../../src/pages/app/groups/departures.ts";
import { inOrder, isLastHolder, readsEntries, rightOf } from "../../src/pages/app/groups/matrix.ts";
import { isLastOwner, mayChange, people, rolesToGive, type Person } from "../../src/pages/app/organization/people.ts";
import { formOf, readForm, usual } from "../../src/pages/app/policy/form.ts";
import { daysLeft } from "../../src/pages/app/Trial.tsx";
import { empty } from "../../src/protocol/bytes.ts";
import { policyBounds } from "../../src/protocol/policy.ts";
import type { TrustedCard } from "../../src/protocol/roster.ts";

const card = (role: TrustedCard["role"]): TrustedCard => ({ org: empty, member: empty, ecdh: empty, ecdsa: empty, role, seq: 1, hash: empty, issuer: empty, card: empty, signature: empty, onceIssuer: false });
const member = (id: string, role: string, state: OrganizationMember["state"] = "active"): OrganizationMember => ({ member: id, name: id, role, state, createdAt: 0 });
const cards = new Map([["ewa", card("owner")], ["ola", card("member")], ["jan", card("removed")]]);

test("roles are those of the cards, whatever the server says", () => {
  const [ewa, ola] = people([member("ola", "admin"), member("ewa", "owner")], cards);
  expect(ewa).toMatchObject({ role: "owner", doubt: null });
  expect(ola).toMatchObject({ role: "member", doubt: "role" });
});

test("somebody without a card is never taken for a member", () => {
  expect(people([member("zyga", "owner")], cards)[0]).toMatchObject({ card: undefined, doubt: "card" });
  expect(people([member("zyga", "pending", "pending")], cards)[0]).toMatchObject({ doubt: null });
});

test("who was removed stays removed, also when the server calls them active", () => {
  expect(people([member("jan", "member", "active")], cards)[0]).toMatchObject({ role: "removed", state: "removed", doubt: "role" });
});

test("the last active owner is one, also beside a suspended one", () => {
  const all = people([member("ewa", "owner"), member("iga", "owner", "suspended")], new Map([["ewa", card("owner")], ["iga", card("owner")]]));
  expect(isLastOwner(all.find(({ member }) => member === "ewa")!, all)).toBe(true);
  const two = people([member("ewa", "owner"), member("iga", "owner")], new Map([["ewa", card("owner")], ["iga", card("owner")]]));
  expect(two.map((person) => isLastOwner(person, two))).toEqual([false, false]);
});

test("an admin touches no owner and makes none", () => {
  const [ewa, ola] = people([member("ola", "member"), member("ewa", "owner")], cards) as [Person, Person];
  expect([mayChange("admin", ewa), mayChange("admin", ola), mayChange("owner", ewa), mayChange("member", ola)]).toEqual([false, true, true, false]);
  expect(rolesToGive("admin")).not.toContain("owner");
});

const grant = (id: string, right: string): GroupRights["grants"][number] => ({ member: id, right, granter: "ewa", enc: "", ciphertext: "", signature: "", grantedAt: 0 });
const rights = (group: string, ...grants: GroupRights["grants"]): GroupRights => ({ group, state: "active", rotationDue: false, version: 1, detailsRevision: 1, grants, leavers: [] });

test("the last owner or admin who holds a key can't give it away", () => {
  const all = people([member("ewa", "owner"), member("ola", "member"), member("adam", "admin")], new Map([...cards, ["adam", card("admin")]]));
  const held = rights("g", grant("ewa", "manage"), grant("ola", "manage"), grant("adam", "history"));
  expect(isLastHolder(held, "ewa", all)).toBe(true);
  expect(isLastHolder(rights("g", ...held.grants, { ...grant("adam", "view") }), "ola", all)).toBe(false);
  expect([rightOf(held, "ola"), rightOf(held, "nobody"), readsEntries("history"), readsEntries("view"), readsEntries("")]).toEqual(["manage", "", false, true, false]);
});

test("archived groups come last and deleted ones not at all", () => {
  const all = [{ ...rights("a"), state: "archived" as const }, rights("c"), { ...rights("x"), state: "deleted" as const }, rights("b")];
  expect(inOrder(all, (group) => group).map(({ group }) => group)).toEqual(["b", "c", "a"]);
});

test("what a leaver may have kept is every secret that was there and hasn't changed since", () => {
  const item = (title: string, entry: object, binnedAt?: number) => ({ group: "g", binnedAt, entry: { title, ...entry } });
  const items = [
    item("old", { password: "x", created: 1 }),
    item("changed", { password: "x", created: 1, passwordChanged: 20 }),
    item("new", { password: "x", created: 20 }),
    item("note", { created: 1 }),
    item("key", { created: 1, fields: [{ kind: "key", value: "-----" }] }),
    item("binned", { password: "x", created: 1 }, 5),
    { ...item("elsewhere", { password: "x", created: 1 }), group: "h" },
  ];
  expect(unchangedSince(items, "g", 10).map(({ entry }) => entry.title)).toEqual(["old", "key"]);
});

test("the policy's form gives back the rules it shows", () => {
  expect(readForm(formOf(usual), usual)).toEqual({ rules: usual });
  const odd = { ...usual, lifeMax: 300, idle: 61, session: 90, fileBytes: 1_000_000 };
  expect(readForm(formOf(odd), odd)).toEqual({ rules: odd });
  expect(readForm({ ...formOf(odd), lifeHours: "2" }, odd)).toEqual({ rules: { ...odd, lifeMax: 7_200 } });
});

test("every number of the policy is held within its bounds", () => {
  for (const [field, wrong] of [["lifeHours", "0"], ["passwordBits", "257"], ["passwordBits", ""], ["fileMiB", "257"], ["idleMinutes", "0.5"], ["sessionHours", "721"], ["sessionHours", "x"]] as const)
    expect(Object.keys((readForm({ ...formOf(usual), [field]: wrong }, usual) as { errors: object }).errors), `${field} ${wrong}`).toHaveLength(1);
  expect(policyBounds.idle).toEqual([60, 604_800]);
});

test("a size that is switched off stays as it was", () => {
  expect(readForm({ ...formOf(usual), files: false, fileMiB: "nonsense" }, usual)).toMatchObject({ rules: { files: false, fileBytes: usual.fileBytes } });
});

test("a trial has a day left until its last hour", () => {
  expect([daysLeft(86_400_000, 0), daysLeft(86_400_001, 0), daysLeft(1, 0), daysLeft(0, 1)]).toEqual([1, 2, 1, 0]);
});

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140, Linux"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0", "Edge 138, Windows"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari 18, iOS"],
  ["baton/1.0", "baton 1"],
  ["something else", "something else"],
  [undefined, ""],
])("%s is %s", (userAgent, named) => {
  expect(deviceOf(userAgent)).toBe(named);
});
