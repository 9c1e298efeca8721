// What a policy leaves of the composer's choices. spec/keys.md §9.
import { describe, expect, test } from "vitest";
import { emptyDraft } from "../../src/pages/app/compose/draft.ts";
import { livesWithin, rulesOf, strongEnough, within, wordCounts } from "../../src/pages/app/compose/rules.ts";
import { wordBits } from "../../src/pages/app/password/generate.ts";

const limits = { sealedBytes: 1_048_576, fileBytes: 33_554_432, files: 100, lifeMinSeconds: 300, lifeMaxSeconds: 2_592_000 };
const policy = { lifeMax: 2_592_000, password: true, passwordBits: 40, handOver: "member", files: true, fileBytes: 33_554_432 };

test("without a policy the server's limits hold and nothing is asked beyond them", () => {
  expect(rulesOf(undefined, limits, "member", false)).toEqual({
    limits, byPolicy: { life: false, files: false, fileBytes: false }, password: false, passwordBits: 0, refusal: null, handOver: "member",
  });
});

describe("life", () => {
  const rules = rulesOf({ ...policy, lifeMax: 86_400 }, limits, "member", false);
  test("longer ones are not offered, an own one is", () => {
    expect(livesWithin(rules.limits)).toEqual(["1h", "24h", "own"]);
    expect(rules.byPolicy.life).toBe(true);
  });
  test("a draft that asks for more gets the longest", () => {
    expect(within({ ...emptyDraft("en"), life: "7d" }, rules).life).toBe("24h");
    expect(within({ ...emptyDraft("en"), life: "24h" }, rulesOf({ ...policy, lifeMax: 600 }, limits, "member", false))).toMatchObject({ life: "own", lifeAmount: "10", lifeUnit: "minutes" });
  });
  test("the server's own limit is not widened", () => {
    expect(rulesOf({ ...policy, lifeMax: 2_592_000 }, { ...limits, lifeMaxSeconds: 3_600 }, "member", false).limits.lifeMaxSeconds).toBe(3_600);
  });
});

describe("access password", () => {
  test("going without is no choice where one is required", () => {
    const rules = rulesOf(policy, limits, "member", false);
    expect(rules.password).toBe(true);
    expect(within({ ...emptyDraft("en"), access: "none" }, rules).access).toBe("words");
    expect(within({ ...emptyDraft("en"), access: "none" }, rulesOf(undefined, limits, "member", false)).access).toBe("none");
  });
  test("generated ones are only offered strong enough", () => {
    expect(strongEnough(wordCounts, (n) => wordBits(7_772, n), 70)).toEqual([6, 7, 8, 10]);
    expect(within(emptyDraft("en"), rulesOf({ ...policy, passwordBits: 70 }, limits, "member", false)).words).toBe(6);
  });
  test("where nothing offered is enough, the longest is", () => {
    expect(strongEnough(wordCounts, (n) => wordBits(7_772, n), 256)).toEqual([10]);
  });
});

test("attachments: not allowed, or less of them", () => {
  const none = rulesOf({ ...policy, files: false }, limits, "member", false);
  expect([none.byPolicy.files, none.limits.files, none.limits.fileBytes]).toEqual([true, 0, 0]);
  const less = rulesOf({ ...policy, fileBytes: 1_000 }, limits, "member", false);
  expect([less.byPolicy.fileBytes, less.limits.fileBytes, less.limits.files]).toEqual([true, 1_000, 100]);
});

test.each([
  ["member", "member", null],
  ["member", "admin", "role"],
  ["admin", "admin", null],
  ["admin", "owner", "role"],
  ["owner", "owner", null],
  ["auditor", "member", "role"],
])("%s where the least role is %s: %s", (role, handOver, refusal) => {
  expect(rulesOf({ ...policy, handOver }, limits, role, false).refusal).toBe(refusal);
});

test("a trial that is over hands nothing over", () => {
  expect(rulesOf(undefined, limits, "owner", true).refusal).toBe("trial");
});

test("a draft that fits is the same object, so that nothing is drawn anew", () => {
  const draft = emptyDraft("en");
  expect(within(draft, rulesOf(policy, limits, "member", false))).toBe(draft);
});
