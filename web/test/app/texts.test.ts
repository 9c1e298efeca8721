import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import de from "../../src/ui/text/de.ts";
import en from "../../src/ui/text/en.ts";
import { fill, pluralForms, preferredLanguage, type Language } from "../../src/ui/text/index.ts";
import pl from "../../src/ui/text/pl.ts";

const dictionaries: Record<Language, Record<string, string>> = { en, pl, de };
const keys = Object.keys(en);
const source = fileURLToPath(new URL("../../src", import.meta.url));
const code = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith(join("ui", "text")) && !name.startsWith(join("pages", "handover")))
  .map((name) => readFileSync(join(source, name), "utf8"))
  .join("\n");

test.each(["pl", "de"] as const)("%s says everything that English says, and nothing else", (language) => {
  expect(Object.keys(dictionaries[language]).sort()).toEqual([...keys].sort());
  for (const key of keys) expect(dictionaries[language][key]!.trim(), key).not.toBe("");
});

test.each(["pl", "de"] as const)("%s fills in the same names", (language) => {
  const names = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
  for (const key of keys) expect(names(dictionaries[language][key]!), key).toEqual(names(en[key as keyof typeof en]));
});

test.each(["en", "pl", "de"] as const)("%s has every plural form its grammar needs", (language) => {
  const plurals = keys.filter((key) => en[key as keyof typeof en].includes("|"));
  expect(plurals.length).toBeGreaterThan(5);
  for (const key of plurals) expect(dictionaries[language][key]!.split("|"), key).toHaveLength(pluralForms(language));
});

test("no text is left that nothing shows", () => {
  // Keys are written whole, or begin with a prefix that code completes: t(`state.${…}`).
  const prefixes = [...code.matchAll(/`([a-z]+(?:\.[A-Za-z]+)*\.)\$\{/g)].map((m) => m[1]!);
  const unused = keys.filter((key) => !code.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});

test("the first language that is known wins, the remembered one before the browser's", () => {
  expect(preferredLanguage(null, ["fr-FR", "de-AT", "pl"])).toBe("de");
  expect(preferredLanguage("pl", ["de"])).toBe("pl");
  expect(preferredLanguage("xx", [])).toBe("en");
});

test("a name without a value stays visible", () => {
  expect(fill("{a} and {b}", { a: "x" })).toBe("x and {b}");
});
