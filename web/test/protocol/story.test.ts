// What people read of a piece of evidence: the three languages say the same, and nothing from outside leaves its place.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const spec = new URL("../../../spec/", import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, spec), "utf8"));
const texts: Record<string, Record<string, string | string[]>> = { en: read("evidence/en.json"), pl: read("evidence/pl.json"), de: read("evidence/de.json") };
const pages = (name: string): string[] => read(`vectors/${name}.json`).cases.map(({ output }: { output: { page: string } }) => output.page);

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!).sort();

test.each(["pl", "de"])("%s has every text of English, in as many forms as it needs and with the same places for values", (language) => {
  expect(Object.keys(texts[language]!)).toEqual(Object.keys(texts["en"]!));
  for (const [name, english] of Object.entries(texts["en"]!)) {
    const own = texts[language]![name]!;
    expect(Array.isArray(own), name).toBe(Array.isArray(english));
    if (name === "months") expect(own).toHaveLength(12);
    else if (Array.isArray(own)) expect(own, name).toHaveLength(language === "pl" ? 3 : 2);
    for (const form of [own].flat()) expect(places(form), name).toEqual(places([english].flat()[0]!));
  }
});

test("no text from outside ends its element, turns the direction of another or hides", () => {
  const [page] = pages("evidence-page-hostile");
  const readable = page!.slice(0, page!.indexOf('<script type="application/json"'));
  expect(readable).not.toMatch(/[\0-\x08\x0b-\x1f\u202a-\u202e\u2066\u2067]/);
  expect(readable).not.toMatch(/<(b|i|\/script)>/);
  expect(readable.match(/\u2068/g)).toHaveLength(readable.match(/\u2069/g)!.length);
  expect(readable).toContain("⟨U+202E⟩");
  expect(readable).toContain("{time}");
});

test("a page says first what nothing can exclude, and loads nothing", () => {
  for (const name of ["one", "many", "recipient", "purged", "hostile", "unreadable"])
    for (const page of pages(`evidence-page-${name}`)) {
      expect(page).toMatch(/<body>\n<main>\n<p class="first">[^<]{60,}<\/p>/);
      expect(page).toContain("default-src 'none'");
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page).not.toMatch(/ (src|href|on\w+)=/);
    }
});
