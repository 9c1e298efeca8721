// The spec's tables and the code name the same things.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { roles } from "../../src/protocol/card.ts";
import { commitmentLabels } from "../../src/protocol/commitments.ts";
import { derivePurposes, sealPurposes } from "../../src/protocol/derive.ts";
import { rights } from "../../src/protocol/grant.ts";
import { receiptStatuses } from "../../src/protocol/receipt.ts";
import { signaturePurposes } from "../../src/protocol/signatures.ts";

const spec = (name: string) => readFileSync(new URL(`../../../spec/${name}`, import.meta.url), "utf8");
const section = (number: number) => spec("keys.md").split(/^## /m).find((part) => part.startsWith(`${number} `))!;
const firstColumn = (text: string) => [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1]);

test.each([
  ["derive", 1, derivePurposes],
  ["seal", 2, sealPurposes],
  ["signatures", 3, signaturePurposes],
  ["commitments", 7, commitmentLabels],
] as const)("%s: the purposes of keys.md §%i", (_, number, names) => {
  expect(firstColumn(section(number))).toEqual([...names]);
});

test("roles and rights have the numbers of keys.md §6", () => {
  expect(section(6)).toContain("role               " + roles.map((role, i) => `${i} ${role}`).join(", "));
  expect(section(6)).toContain("right              " + rights.map((right, i) => `${i + 1} ${right}`).join(", "));
});

test("a receipt's statuses are those of handover.md §6", () => {
  expect(spec("handover.md")).toContain(`status: ${receiptStatuses.join(", ")};`);
});
