// Whether the log still contains what somebody once saw of it. spec/ledger.md §4 and §6.
import { consistency } from "../../../api/ledger.ts";
import { Problem } from "../../../api/http.ts";
import type { LedgerHead } from "../../../api/ledgerWire.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { equal } from "../../../protocol/bytes.ts";
import { verifyConsistency } from "../../../protocol/ledger/merkle.ts";
import { parseCheckpoint, parseVerifyingKey, verifyCheckpoint, type Checkpoint } from "../../../protocol/ledger/note.ts";

/** `none`: no checkpoint was given. `unsigned`: not signed by a log of this installation. `ahead`: the log is shorter than it was. */
export type Comparison =
  | { verdict: "contained"; size: number; growth: number }
  | { verdict: "none" | "foreign" | "unsigned" | "ahead" | "different" | "head"; size: number };

export async function compare(text: string, head: LedgerHead): Promise<Comparison> {
  const kept = parseCheckpoint(normal(text));
  if (kept === undefined) return { verdict: "none", size: 0 };
  const { size } = kept;
  const number = head.logs.findIndex(({ origin }) => origin === kept.origin);
  const log = head.logs[number];
  if (log === undefined) return { verdict: "foreign", size };
  const [key, now] = [await parseVerifyingKey(log.key), parseCheckpoint(log.note)];
  if (key === undefined || now === undefined || now.size !== log.size || !(await verifyCheckpoint(now, key))) return { verdict: "head", size };
  if (!(await verifyCheckpoint(kept, key))) return { verdict: "unsigned", size };
  if (size > now.size) return { verdict: "ahead", size };
  return (await isContained(kept, now, number)) ? { verdict: "contained", size, growth: now.size - size } : { verdict: "different", size };
}

async function isContained(kept: Checkpoint, now: Checkpoint, log: number): Promise<boolean> {
  if (kept.size === now.size) return equal(kept.root, now.root);
  if (kept.size === 0) return verifyConsistency(0, now.size, kept.root, now.root, []);
  try {
    const { proof } = await consistency(log, kept.size, now.size);
    const hashes = proof.map((hash) => fromBase64url(hash, 32));
    return hashes.every((hash) => hash !== undefined) && (await verifyConsistency(kept.size, now.size, kept.root, now.root, hashes));
  } catch (error) {
    // A server that has no proof of what it signed has another log.
    if (error instanceof Problem && error.type === "not-found") return false;
    throw error;
  }
}

/** Mail and editors add white space at the ends and turn line ends. */
const normal = (text: string): string => `${text.replace(/\r\n?/g, "\n").trim()}\n`;
