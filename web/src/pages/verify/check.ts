// One file, held against the eleven steps. spec/evidence.md §4.
import type { EvidenceFile, StepName, Verdict } from "../../protocol/evidence/file.ts";
import { verifyEvidence } from "../../protocol/evidence/verify.ts";
import { sha256 } from "../../protocol/derive.ts";
import type { Bytes } from "../../protocol/bytes.ts";

export interface Step {
  name: StepName;
  verdict: Verdict;
  /** Where it failed, as jq writes the place. */
  where?: string;
}

export type Overall = "ok" | "unknown" | "failed";

export interface Checked {
  name: string;
  size: number;
  /** SHA-256 of the file, in hex as other tools write it. */
  hash: string;
  /** Unix milliseconds. */
  at: number;
  steps: readonly Step[];
  overall: Overall;
  /** Undefined where it is none. */
  file: EvidenceFile | undefined;
}

/** Whether it looks like a ledger's key; whether it is the right one shows in the fifth step. */
export const isKey = (text: string): boolean => /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{123}=$/.test(text.trim());

export async function check(name: string, bytes: Bytes, key: string | undefined): Promise<Checked> {
  const hash = await sha256(bytes);
  const { verdict: overall, steps, file } = await verifyEvidence(bytes, { key });
  return { name, size: bytes.length, hash: [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join(""), at: Date.now(), steps, overall, file };
}
