// What one entry of a handover says.
import type { EvidenceFile, EvidenceHandover, EvidenceReply } from "./file.ts";
import { answers, report, timeOf } from "./outcome.ts";
import type { Told, ToldEntry, ToldReceipt } from "./told.ts";
import { shown, type Speech } from "./words.ts";

/** What was typed with a receipt; absent once purged. */
export const replyOf = (handover: EvidenceHandover, receipt: ToldReceipt | undefined): EvidenceReply | undefined =>
  handover.replies?.find(({ seq }) => seq === receipt?.seq);

/** One entry in words. number: its place in the handover's entries. */
export function event(file: EvidenceFile, handover: EvidenceHandover, told: Told, entry: ToldEntry, number: number, speech: Speech): string {
  const { say, count, time, quote } = speech;
  const member = memberOf(file, handover, entry, speech);
  const address = handover.addresses?.find((seen) => seen.entry === number);
  const seen = address ? " " + say("event.address", { address: shown(address.address) }) : "";
  switch (entry.kind) {
    case "claimed":
      return say(told.hasPassword ? "event.claimed.password" : "event.claimed") + seen;
    case "confirmed": {
      const receipt = told.receipts.find((one) => one.entry === entry);
      const reply = replyOf(handover, receipt);
      if (!receipt) return say("event.unreadable");
      const notes = (reply?.notes ?? []).flatMap((note, i) => (note === "" ? [] : [say("event.note", { number: i + 1, note: quote(note) })]));
      const typed = reply && reply.name !== "" ? [say("event.name", { name: quote(reply.name) })] : [];
      const clock = reply ? [say("event.clock", { time: time(reply.clock) })] : [];
      return [say("event.confirmed", { seq: receipt.seq }), ...answers(receipt, speech), ...typed, ...notes, ...clock].join(" ");
    }
    case "guess-failed":
      return count("event.guess-failed", entry.number("left") ?? 0);
    case "extended":
      return say("event.extended", { member, time: timeOf(entry, speech, "expires") });
    case "re-issued":
      return say("event.re-issued", { member, handover: entry.text("by") ?? "–" });
    case "follow-up": {
      const step = entry.text("step") === "access-removed" ? "event.access-removed" : "event.rotated";
      return say(entry.flag("done") ? step : `${step}.not`, { member, number: told.items.indexOf(entry.text("item") ?? "") + 1 });
    }
    case "reported":
      return report(entry, speech) + seen;
    case "erased":
      return entry.text("actor") === "server" ? say("event.erased.server") : say(entry.flag("details") ? "event.erased.details" : "event.erased", { member });
    case "created":
    case "displayed":
    case "locked":
    case "expired":
    case "undisplayed":
    case "revoked":
    case "void":
      return say(`event.${entry.kind}`, { member });
    case "":
      return say("event.unreadable");
    default:
      return say("event.other", { kind: quote(entry.kind) });
  }
}

/** The name of the member who did it, where the file has it. */
function memberOf({ composer }: EvidenceFile, { sender }: EvidenceHandover, entry: ToldEntry, { say }: Speech): string {
  const id = entry.text("member") ?? "–";
  const known = [sender, composer].find((person) => person?.member === id);
  return known ? shown(known.name) : say("member", { id });
}
