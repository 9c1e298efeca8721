import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isKey } from "../../src/pages/verify/check.ts";
import { spoken } from "../../src/pages/verify/words.ts";
import { stepNames } from "../../src/protocol/evidence/file.ts";
import { verify as de } from "../../src/ui/text/de/verify.ts";
import { verify as en } from "../../src/ui/text/en/verify.ts";
import { verify as pl } from "../../src/ui/text/pl/verify.ts";

const keys = Object.keys(en) as (keyof typeof en)[];
const page = fileURLToPath(new URL("../../src/pages/verify", import.meta.url));
const code = readdirSync(page).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(join(page, name), "utf8")).join("\n");

test.each([["pl", pl], ["de", de]] as const)("the Verify page says in %s what it says in English", (_, dictionary) => {
  expect(Object.keys(dictionary).sort()).toEqual([...keys].sort());
  const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const key of keys) {
    expect(dictionary[key].trim(), key).not.toBe("");
    expect(names(dictionary[key]), key).toEqual(names(en[key]));
  }
});

test("no text of the Verify page is left that nothing shows", () => {
  const prefixes = [...code.matchAll(/`([a-z]+(?:\.[A-Za-z]+)*\.)\$\{/g)].map((m) => m[1]!);
  expect(keys.filter((key) => !code.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([]);
});

test("every step has a name, an explanation and words for its failure", () => {
  for (const name of stepNames) for (const key of [`step.${name}`, `step.${name}.body`, `step.${name}.failed`]) expect(keys, key).toContain(key);
});

test("the browser's language is spoken where the page has it", () => {
  expect(spoken(["fr", "de-AT", "pl"])).toBe("de");
  expect(spoken([])).toBe("en");
});

test("a ledger's key is told from anything else before it is tried", () => {
  const key = `baton.example/log+1a2b3c4d+${"A".repeat(123)}=`;
  expect(isKey(key)).toBe(true);
  expect(isKey(` ${key}\n`)).toBe(true);
  for (const wrong of ["", "baton.example/log", key.replace("1a2b3c4d", "1A2B3C4D"), key.slice(0, -20), `${key} ${key}`]) expect(isKey(wrong), wrong).toBe(false);
});
