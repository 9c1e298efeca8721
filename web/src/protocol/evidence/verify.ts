// The eleven steps. spec/evidence.md §4. Baton.Client's EvidenceVerification is the twin, and does step 6 too.
import { fromUtf8, type Bytes } from "../bytes.ts";
import { stepNames, type EvidenceFile, type StepName } from "./file.ts";
import { checkpoint, failed, firstFailed, leaf, ok, proof, signature, type Finding } from "./logSteps.ts";
import { order } from "./order.ts";
import { commitments, composer, receipt, rosterOf, sender } from "./peopleSteps.ts";
import { readFile, type ReadFile } from "./read.ts";
import { render } from "./render.ts";
import { story, type Graded } from "./story.ts";
import { machineTextOf, parseEvidence } from "./text.ts";

export interface Step extends Finding {
  /** From 1. */
  number: number;
  name: StepName;
}

export interface Verification {
  /** `unknown` when nothing failed and the ledger's key is known from the file alone. */
  verdict: "ok" | "failed" | "unknown";
  steps: Step[];
  /** Absent when step 1 failed. */
  file?: EvidenceFile;
  /** Of each handover; absent where a step that they follow from failed. */
  grades?: Graded[];
}

/** `bytes` are a whole file, page or machine part; `key` is the ledger's verifying key as the verifier knows it. */
export async function verifyEvidence(bytes: Bytes, { key }: { key?: string | undefined } = {}): Promise<Verification> {
  const file = open(bytes);
  if (typeof file === "string") return { verdict: "failed", steps: stepNames.map((name, i) => ({ number: i + 1, name, ...(i === 0 ? failed(file) : { verdict: "skipped" }) })) };
  const read = await readFile(file);
  const roster = await rosterOf(file);
  const found: Finding[] = [
    ok,
    await leaf(read),
    await proof(read),
    await checkpoint(read),
    await signature(read, key),
    { verdict: file.checkpoints.some(({ stamps }) => stamps.length > 0) ? "skipped" : "none" },
    await commitments(read),
    await sender(read, roster),
    await receipt(read),
    await composer(read, roster),
  ];
  // The grades are told as far as steps 2 to 9 hold.
  const tellable = !found.slice(0, 9).some(({ verdict }) => verdict === "failed");
  found.push(tellable ? await grades(read) : { verdict: "skipped" });
  const verdict = found.some((step) => step.verdict === "failed") ? "failed" : found[4]!.verdict === "ok" ? "ok" : "unknown";
  return {
    verdict,
    steps: found.map((step, i) => ({ number: i + 1, name: stepNames[i]!, ...step })),
    file,
    ...(found[10]!.verdict === "ok" && { grades: story(file).graded }),
  };
}

/** 1: the file, or which part of it isn't what it should be. */
function open(bytes: Bytes): EvidenceFile | "machine part" | "page" {
  try {
    const text = fromUtf8(bytes);
    const isPage = !text.startsWith("{");
    const machineText = isPage ? machineTextOf(text) : text;
    const file = machineText === undefined ? undefined : parseEvidence(machineText);
    if (!file) return "machine part";
    return !isPage || render(file, machineText!) === text ? file : "page";
  } catch {
    return "machine part";
  }
}

/** 11 */
const grades = ({ handovers }: ReadFile): Promise<Finding> => firstFailed(...handovers.map((handover) => async () => order(handover)));
