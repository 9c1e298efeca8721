import { random } from "../../../protocol/bytes.ts";
import { characters, words } from "../password/generate.ts";
import { wordlist } from "../password/wordlist.ts";
import type { Draft } from "./draft.ts";

/** A fresh access password of the kind that is chosen; empty where none is generated. */
export async function generate({ access, words: count, characters: length }: Pick<Draft, "access" | "words" | "characters">): Promise<string> {
  if (access === "words") return words(await wordlist(), count, random);
  return access === "characters" ? characters(length, random) : "";
}
