import { random } from "../../../protocol/bytes.ts";
import { characters, words } from "../password/generate.ts";
import { wordlist } from "../password/wordlist.ts";
import type { Draft } from "./draft.ts";

/** A fresh access password of the kind that is chosen; empty where none is generated. */
export async function generate({ access, words: count, characters: length }: Pick<Draft, "access" | "words" | "characters">): Promise<string> {
  if (access === "words") return words(await wordlist(), count, random);
  return access === "characters" ? characters(length, random) : "";
}

/** Whether the draft's password is of the kind and length that are chosen: while one is fetched or made anew it isn't. */
export function fits({ access, words: count, characters: length, generated }: Pick<Draft, "access" | "words" | "characters" | "generated">): boolean {
  const parts = generated.split("-");
  if (access === "words") return parts.length === count && /^[a-z-]+$/.test(generated);
  return access !== "characters" || (parts.join("").length === length && parts.slice(0, -1).every((part) => part.length === 4));
}
