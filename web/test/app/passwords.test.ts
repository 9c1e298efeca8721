import { expect, test } from "vitest";
import { normalPassword } from "../../src/protocol/accessPassword.ts";
import { fits } from "../../src/pages/app/compose/generated.ts";
import { alphabet, characterBits, characters, pick, wordBits, words } from "../../src/pages/app/password/generate.ts";
import { spell } from "../../src/pages/app/password/spell.ts";
import { wordlist } from "../../src/pages/app/password/wordlist.ts";

/** Hands out these bytes, then fails. */
function fixed(...bytes: number[]) {
  let at = 0;
  return (count: number): Uint8Array => {
    if (at + count > bytes.length) throw new Error("no bytes left");
    return Uint8Array.from(bytes.slice(at, (at += count)));
  };
}

const real = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

test("a draw beyond the last whole multiple is thrown away", () => {
  // 65536 = 8 × 7772 + 3360: from 62176 on a remainder would make the first words likelier.
  expect(pick(7772, fixed(0xf2, 0xe0, 0x00, 0x05))).toBe(5);
  expect(pick(7772, fixed(0xf2, 0xdf))).toBe(7771);
});

test("every number is hit by exactly as many draws as any other", () => {
  for (const below of [1, 2, 31, 500, 7772]) {
    const hits = new Uint32Array(below);
    for (let draw = 0; draw < 0x10000; draw++) {
      try {
        hits[pick(below, fixed(draw >> 8, draw & 255))]!++;
      } catch {
        // thrown away
      }
    }
    expect(new Set(hits).size, String(below)).toBe(1);
    expect(hits[0]).toBe(Math.floor(0x10000 / below));
  }
});

test("nothing but a whole number from 1 to 65536 is picked below", () => {
  for (const below of [0, -1, 1.5, NaN, 65_537]) expect(() => pick(below, real)).toThrow(RangeError);
});

test("the word list is EFF's, without its hyphenated words, each once", async () => {
  const list = await wordlist();
  expect(list.length).toBe(7772);
  expect(new Set(list).size).toBe(7772);
  expect(list.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true);
});

test("a generated password is already in its normal form, so what is read out is what is stretched", async () => {
  const inWords = words(await wordlist(), 5, real);
  expect(inWords.split("-")).toHaveLength(5);
  expect(normalPassword(inWords)).toBe(inWords);
  const inCharacters = characters(14, real);
  expect(inCharacters).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{2}$/);
  expect(normalPassword(inCharacters)).toBe(inCharacters);
});

test("no character is taken for another", () => {
  expect(alphabet).not.toMatch(/[01loi]/);
  expect(new Set(alphabet).size).toBe(31);
});

test("four words and twelve characters are worth more than 50 bits", () => {
  expect(wordBits(7772, 4)).toBeCloseTo(51.7, 1);
  expect(characterBits(12)).toBeCloseTo(59.5, 1);
});

test("spelling names letters in the speaker's language and leaves digits alone", () => {
  expect(spell("ab-c7", "en")).toEqual([
    { part: "ab", names: ["Alfa", "Bravo"] },
    { part: "c7", names: ["Charlie", "7"] },
  ]);
  expect(spell("Ż", "pl")[0]!.names).toEqual(["Ż"]);
  expect(spell("x", "de")[0]!.names).toEqual(["Xanthippe"]);
});

test("a password that isn't there yet, or is of another choice, doesn't fit", async () => {
  const inWords = words(await wordlist(), 4, real);
  const chosen = { access: "words", words: 4, characters: 14, generated: inWords } as const;
  expect(fits(chosen)).toBe(true);
  expect(fits({ ...chosen, generated: "" })).toBe(false);
  expect(fits({ ...chosen, words: 5 })).toBe(false);
  expect(fits({ ...chosen, access: "characters" })).toBe(false);
  expect(fits({ ...chosen, access: "characters", generated: characters(14, real) })).toBe(true);
  expect(fits({ ...chosen, access: "characters", generated: "" })).toBe(false);
  expect(fits({ ...chosen, access: "own", generated: "" })).toBe(true);
});
