// Texts made of good ones by chance: no parser and no verifier throws, what one accepts it writes the same, and nothing that
// was changed is valid. The seed counts up, so a failure can be played again.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { utf8 } from "../../src/protocol/bytes.ts";
import { parseEvidence, writeEvidence } from "../../src/protocol/evidence/text.ts";
import { verifyEvidence } from "../../src/protocol/evidence/verify.ts";
import { parseCheckpoint, parseVerifyingKey } from "../../src/protocol/ledger/note.ts";

const vector = (name: string) => JSON.parse(readFileSync(new URL(`../../../spec/vectors/${name}.json`, import.meta.url), "utf8")).cases.map((one: any) => one.input);
const [agency, , page, recipient] = vector("evidence");
const [, checkpoint] = vector("checkpoint");
const words = ['"', "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", "null", "-1", "00", "1e9", "9007199254740992", "\n", "\n\n", " ", "=", "+", "-", "— ", "\uFEFF", "<", "</script>", '"v":1,', "AAAA"];

/** Numbers below `sides` that follow from the seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % sides;
  };
}

function broken(text: string, next: (sides: number) => number): string {
  const from = next(text.length);
  const to = from + 1 + next(next(2) ? 3 : 60);
  const [before, piece, after, word] = [text.slice(0, from), text.slice(from, to), text.slice(to), words[next(words.length)]!];
  return [before + after, before + piece + piece + after, before + word + after, before + word + piece + after, before + String.fromCharCode(piece.charCodeAt(0) ^ 1) + piece.slice(1) + after, after + piece + before][next(6)]!;
}

test("no text breaks the evidence parser, and none that was changed is valid", async () => {
  for (let seed = 0; seed < 600; seed++) {
    const next = dice(seed);
    const good: string = [agency, page, recipient][next(3)].file;
    const text = broken(good, next);
    const file = parseEvidence(text);
    if (file) expect(writeEvidence(file), `seed ${seed}`).toBe(text);
    if (text !== good) expect((await verifyEvidence(utf8(text), { key: agency.key })).verdict, `seed ${seed}`).toBe("failed");
  }
});

test("no text breaks the checkpoint parser", async () => {
  for (let seed = 0; seed < 2_000; seed++) {
    const next = dice(seed);
    const note = broken(checkpoint.note, next);
    const parsed = parseCheckpoint(note);
    if (parsed) expect(note.startsWith(`${parsed.origin}\n${parsed.size}\n`) && note.startsWith(parsed.text), `seed ${seed}`).toBe(true);
    await parseVerifyingKey(broken(checkpoint.key, next));
  }
});
