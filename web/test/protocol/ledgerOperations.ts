// The operations of spec/vectors about the log and the evidence.
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
};
