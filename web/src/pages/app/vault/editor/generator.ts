// Passwords to keep in the vault. Every character and word is drawn uniformly; each class that was asked for is there.
import { pick, words as drawWords, type RandomBytes } from "../../password/generate.ts";

export const classes = ["lower", "upper", "digits", "signs"] as const;
export type CharacterClass = (typeof classes)[number];

const members: Readonly<Record<CharacterClass, string>> = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  digits: "0123456789",
  signs: "!#$%&()*+,-./:;<=>?@[]^_{|}~",
};

/** Taken for each other by eye or ear. */
const lookAlikes = /[0Oo1lI|5S2Z8B]/g;

export interface Recipe {
  kind: "characters" | "words";
  length: number;
  classes: readonly CharacterClass[];
  /** Without 0 and O, 1 and l. */
  clear: boolean;
  words: number;
}

export const usualRecipe: Recipe = { kind: "characters", length: 20, classes, clear: true, words: 5 };

const alphabetOf = (of: CharacterClass, clear: boolean): string => (clear ? members[of].replace(lookAlikes, "") : members[of]);

/** Draws again until every class is there, so that no place of it is more likely than another. */
export function characters({ length, classes: wanted, clear }: Recipe, random: RandomBytes): string {
  const alphabets = wanted.map((name) => alphabetOf(name, clear));
  const all = alphabets.join("");
  if (all === "" || length < wanted.length) throw new RangeError("length");
  for (;;) {
    const drawn = Array.from({ length }, () => all[pick(all.length, random)]!);
    if (alphabets.every((alphabet) => drawn.some((character) => alphabet.includes(character)))) return drawn.join("");
  }
}

export const generatePassword = (recipe: Recipe, list: readonly string[], random: RandomBytes): string =>
  recipe.kind === "words" ? drawWords(list, recipe.words, random) : characters(recipe, random);

/** What a guesser who knows the recipe has to try, in bits; the draws that lack a class are a sliver. */
export const bitsOf = (recipe: Recipe, listLength: number): number =>
  recipe.kind === "words" ? recipe.words * Math.log2(listLength) : recipe.length * Math.log2(recipe.classes.map((name) => alphabetOf(name, recipe.clear)).join("").length);
