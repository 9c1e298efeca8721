// The operations of spec/vectors about the log and the evidence.
import { utf8 } from "../../src/protocol/bytes.ts";
import { joinProofs } from "../../src/protocol/evidence/compose.ts";
import { parseEvidence } from "../../src/protocol/evidence/text.ts";
import { verifyEvidence } from "../../src/protocol/evidence/verify.ts";
import { verifyConsistency, verifyInclusion } from "../../src/protocol/ledger/merkle.ts";
import { parseCheckpoint, parseVerifyingKey, verifyCheckpoint } from "../../src/protocol/ledger/note.ts";
import { hex, toHex } from "../hex.ts";

type Input = any;

export const ledgerOperations: Record<string, (input: Input) => Promise<unknown>> = {
  "vkey.parse": async ({ text }) => {
    const key = await parseVerifyingKey(text);
    return key && { name: key.name, spki: toHex(key.spki) };
  },
  "checkpoint.open": async ({ note, key: text }) => {
    const [key, checkpoint] = [await parseVerifyingKey(text), parseCheckpoint(note)];
    const holds = key && checkpoint && checkpoint.origin === key.name && (await verifyCheckpoint(checkpoint, key));
    return holds ? { origin: checkpoint.origin, size: checkpoint.size, root: toHex(checkpoint.root) } : undefined;
  },
  "inclusion.verify": async ({ leaf, index, size, proof, root }) => ((await verifyInclusion(hex(leaf), index, size, proof.map(hex), hex(root))) ? {} : undefined),
  "consistency.verify": async ({ first, firstRoot, second, secondRoot, proof }) =>
    (await verifyConsistency(first, second, hex(firstRoot), hex(secondRoot), proof.map(hex))) ? {} : undefined,
  "evidence.parse": async ({ text }) => {
    const file = parseEvidence(text);
    return file && { handovers: file.handovers.length };
  },
  "proofs.join": async ({ parts, given }) =>
    joinProofs(parts, async (log, from, to) => given.find((one: Input) => one.log === log && one.from === from && one.to === to)?.proof),
  "evidence.verify": async ({ file, key }) => {
    const { verdict, steps, grades } = await verifyEvidence(utf8(file), { key: key ?? undefined });
    return {
      verdict,
      steps: Object.fromEntries(steps.map((step) => [step.name, step.where === undefined ? step.verdict : `${step.verdict} ${step.where}`])),
      grades: grades?.map((graded) => graded.grades.join(" ")) ?? null,
    };
  },
};

/** What both find of a file with stamps, which are not read here: the stamps, and what follows from them, are left out. */
export function withoutStamps({ steps: { stamps, grades, ...steps } }: Input): Input {
  return { steps };
}
