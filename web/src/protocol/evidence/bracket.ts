// Where time stamps from outside put entries: after the last stamped checkpoint that doesn't have them yet and before the
// first that has them all. spec/ledger.md §9.
import { fromBase64url } from "../base64url.ts";
import type { EvidenceEntry, EvidenceFile, EvidenceStamp } from "./file.ts";
import { stampTime } from "./stampTime.ts";
import { shown, type Speech } from "./words.ts";

/** Lines 2 and 3 of a checkpoint's note as far as they are what they should be. */
export function headOf(note: string): { size?: number; root: string } {
  const [, size, root] = note.split("\n");
  return { ...(/^(0|[1-9]\d{0,14})$/.test(size ?? "") && { size: Number(size) }), root: shown(root ?? "") };
}

const timeOf = (stamp: EvidenceStamp): number | undefined => stampTime(fromBase64url(stamp.token)!);

/** An authority's stamp in words. */
export function stampWords(stamp: EvidenceStamp, { say, time }: Speech): string {
  const ms = timeOf(stamp);
  const authority = shown(stamp.authority);
  return ms === undefined ? say("stamp.unread", { authority }) : say("stamp", { time: time(ms), authority });
}

/** In one sentence. */
export function bracketOf(file: EvidenceFile, entries: EvidenceEntry[], speech: Speech): string {
  const { say } = speech;
  const [first, last] = [entries[0], entries.at(-1)];
  let after: EvidenceStamp | undefined;
  let before: EvidenceStamp | undefined;
  for (const { log, note, stamps } of file.checkpoints) {
    const { size } = headOf(note);
    const stamp = stamps.find((one) => one.renews === undefined && timeOf(one) !== undefined);
    if (!stamp || size === undefined || !first || !last) continue;
    if (log < first.log || (log === first.log && size <= first.index)) after = stamp;
    else if (log > last.log || (log === last.log && size > last.index)) before ??= stamp;
  }
  const values = { after: after ? stampWords(after, speech) : "", before: before ? stampWords(before, speech) : "" };
  return say(after && before ? "bracket.both" : after ? "bracket.after" : before ? "bracket.before" : "bracket.none", values);
}
