// Steps 2 to 5: that the entries are in the log, and the log is the one whose key is known. spec/evidence.md §4.
import { equal } from "../bytes.ts";
import { leafOf } from "../ledgerEntry.ts";
import { verifyConsistency, verifyInclusion } from "../ledger/merkle.ts";
import { parseCheckpoint, verifyCheckpoint } from "../ledger/note.ts";
import type { Verdict } from "./file.ts";
import { bytesOf, lastOf, type ReadEntryPart, type ReadFile } from "./read.ts";

/** What a step found; where it failed, as jq writes the place. */
export interface Finding {
  verdict: Verdict;
  where?: string;
}

export const failed = (where: string): Finding => ({ verdict: "failed", where });

export const ok: Finding = { verdict: "ok" };

/** The first place where it doesn't hold. */
export async function eachHolds<T>(list: T[], holds: (one: T, i: number) => boolean | Promise<boolean>, where: (one: T, i: number) => string): Promise<Finding> {
  for (const [i, one] of list.entries()) if (!(await holds(one, i))) return failed(where(one, i));
  return ok;
}

/** The first finding that failed. */
export async function firstFailed(...findings: (() => Promise<Finding>)[]): Promise<Finding> {
  for (const find of findings) {
    const found = await find();
    if (found.verdict === "failed") return found;
  }
  return ok;
}

const allEntries = ({ openings, handovers }: ReadFile): ReadEntryPart[] => [...openings, ...handovers.flatMap(({ entries }) => entries)];

const whereOf = ({ where }: { where: string }): string => where;

/** 2 */
export const leaf = (read: ReadFile): Promise<Finding> =>
  eachHolds(allEntries(read), async ({ part, members }) => members !== undefined && equal(await leafOf(part.text), bytesOf(part.leaf)), whereOf);

/** 3 */
export const proof = (read: ReadFile): Promise<Finding> =>
  eachHolds(
    allEntries(read),
    async ({ part }) => {
      const last = lastOf(read, part.log);
      return last !== undefined && verifyInclusion(bytesOf(part.leaf), part.index, last.size, part.proof.map(bytesOf), last.root);
    },
    whereOf,
  );

/** 4 */
export async function checkpoint(read: ReadFile): Promise<Finding> {
  const { file, checkpoints, openings } = read;
  return firstFailed(
    () => eachHolds(checkpoints, (one, i) => one !== undefined && one.origin === file.logs[file.checkpoints[i]!.log]!.origin, (_, i) => `checkpoints[${i}]`),
    () => eachHolds(file.consistency, (hashes, i) => joins(read, i, hashes), (_, i) => `consistency[${i}]`),
    () => eachHolds(openings, ({ part, members }, i) => part.index === 0 && members?.["origin"] === file.logs[i + 1]!.origin && continues(read, i, members["previous"] as string), whereOf),
  );
}

/** Whether checkpoint i + 1 comes after checkpoint i, of the same log or as the first of a later one. */
async function joins({ file, checkpoints }: ReadFile, i: number, hashes: string[]): Promise<boolean> {
  const [before, after] = [checkpoints[i]!, checkpoints[i + 1]!];
  if (file.checkpoints[i]!.log !== file.checkpoints[i + 1]!.log) return hashes.length === 0;
  return before.size < after.size && verifyConsistency(before.size, after.size, before.root, after.root, hashes.map(bytesOf));
}

/** Whether the quoted note is the end of the log before, as the file has it. */
function continues(read: ReadFile, log: number, previous: string): boolean {
  const last = lastOf(read, log);
  if (previous === "") return last === undefined;
  const quoted = parseCheckpoint(previous);
  return quoted !== undefined && last !== undefined && quoted.origin === last.origin && quoted.size === last.size && equal(quoted.root, last.root);
}

/** 5: `key` is the one that the verifier knows. */
export async function signature({ file, keys, checkpoints }: ReadFile, key?: string): Promise<Finding> {
  const found = await firstFailed(
    () => eachHolds(keys, (one, i) => one !== undefined && one.name === file.logs[i]!.origin, (_, i) => `logs[${i}]`),
    () => eachHolds(checkpoints, (one, i) => one !== undefined && verifyCheckpoint(one, keys[file.checkpoints[i]!.log]!), (_, i) => `checkpoints[${i}]`),
  );
  if (found.verdict === "failed") return found;
  const known = key === undefined ? -1 : file.logs.findIndex((log) => log.key === key.trim());
  if (key !== undefined && known < 0) return failed("logs");
  // The key of an earlier log says nothing of the one that follows it.
  return { verdict: known === file.logs.length - 1 ? "ok" : "unknown" };
}
