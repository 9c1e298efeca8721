// One handover: who handed what to whom, what is known of its opening, and what happened when.
import type { Block, Cell, Part } from "./blocks.ts";
import { bracketOf } from "./bracket.ts";
import { event, replyOf } from "./eventWords.ts";
import type { EvidenceFile, EvidenceHandover } from "./file.ts";
import { channelOf, outcome, report, timeOf } from "./outcome.ts";
import type { Told, ToldEntry } from "./told.ts";
import { shortTime, shown, type Speech, type Word } from "./words.ts";

type Facts = Extract<Block, { kind: "facts" }>["rows"];

/** The recipient as the sender named it. */
export const recipientOf = ({ recipient }: EvidenceHandover, { say, quote }: Speech): string =>
  recipient === undefined ? say("recipient.purged") : recipient.name === "" ? say("recipient.unnamed") : quote(recipient.name);

/** number: its place in the file, 0 when it is the only one. */
export function handoverStory(file: EvidenceFile, handover: EvidenceHandover, told: Told, number: number, speech: Speech): Part {
  const { say, count } = speech;
  const title = handover.title === undefined || handover.title === "" ? say("handover") : shown(handover.title);
  const created = told.first("created");
  const known = outcome(told, speech);
  const lead = created
    ? say("lead", {
        sender: shown(handover.sender.name),
        organization: shown(file.organization.name),
        recipient: recipientOf(handover, speech),
        items: count("items", told.items.length),
        time: timeOf(created, speech),
      })
    : say("lead.missing");
  return {
    name: "handover",
    blocks: [
      { kind: "heading", level: 2, text: number === 0 ? title : `${number}. ${title}` },
      { kind: "text", text: lead },
      { kind: "text", text: known.text, tone: known.tone },
      ...told.reports.map((entry): Block => ({ kind: "text", text: say("reported.at", { what: report(entry, speech), time: timeOf(entry, speech) }), tone: "bad" })),
      { kind: "facts", rows: facts(handover, told, speech) },
      ...items(handover, told, speech),
      ...events(file, handover, told, speech),
    ],
  };
}

function facts(handover: EvidenceHandover, told: Told, speech: Speech): Facts {
  const { say, time } = speech;
  const created = told.first("created");
  const extended = told.entries.findLast(({ kind }) => kind === "extended");
  const expires = (extended ?? created)?.number("expires");
  const files = created?.number("files") ?? 0;
  const rows: Facts = [];
  const at = (word: Word, entry: ToldEntry | undefined) => entry && rows.push({ name: say(word), value: { text: timeOf(entry, speech) } });
  if (expires !== undefined) rows.push({ name: say("fact.expires"), value: { text: time(expires) } });
  if (created) rows.push({ name: say("fact.password"), value: { text: told.hasPassword ? channelOf(told, speech) : say("password.none") } });
  if (files > 0) rows.push({ name: say("fact.files"), value: { text: String(files) } });
  at("fact.opened", told.first("claimed"));
  at("fact.decrypted", told.first("displayed"));
  at("fact.receipt", told.receipts.at(-1)?.entry);
  if (told.end) {
    const what = speech.sayOf("end", told.end.kind, "end.void");
    rows.push({ name: say("fact.ended"), value: { text: say("end.at", { what, time: timeOf(told.end, speech) }) } });
  }
  rows.push({ name: say("fact.name"), value: { text: handover.handover, exact: true } });
  return rows;
}

function items(handover: EvidenceHandover, told: Told, speech: Speech): Block[] {
  const { say, sayOf, quote } = speech;
  const last = told.receipts.at(-1);
  const reply = replyOf(handover, last);
  const answer = (i: number): Cell => {
    const status = last?.statuses[i];
    const note = reply?.notes[i];
    const text = status === undefined ? "–" : say(`status.${status}`);
    const cell: Cell = { text: note === undefined || note === "" ? text : `${text}: ${quote(note)}` };
    return status === undefined ? cell : { ...cell, tone: status === "problem" ? "bad" : "good" };
  };
  const known = handover.items;
  const rows = (known ?? told.items).map((_, i): Cell[] => {
    const item = known?.[i];
    const named = item
      ? [{ text: `${shown(item.title)} (${sayOf("type", item.type, "type.login")})` }, { text: shown(item.username ?? "") }, { text: shown(item.url ?? "") }]
      : [];
    return [{ text: String(i + 1) }, ...named, answer(i)];
  });
  const named = known ? [say("column.item"), say("column.username"), say("column.url")] : [];
  const said: Block[] = [];
  if (last && !reply) said.push({ kind: "text", text: say("typed.purged"), tone: "soft" });
  if (reply && reply.name !== "") said.push({ kind: "text", text: say("typed.name", { name: quote(reply.name) }) });
  if (reply && (reply.name !== "" || reply.notes.some((note) => note !== ""))) said.push({ kind: "text", text: say("typed.help"), tone: "soft" });
  return [
    { kind: "heading", level: 3, text: say("items.title") },
    ...(known ? [] : [{ kind: "text", text: say("items.erased"), tone: "soft" } as const]),
    { kind: "table", columns: [say("column.number"), ...named, say("column.answer")], wide: 1, rows },
    ...said,
  ];
}

function events(file: EvidenceFile, handover: EvidenceHandover, told: Told, speech: Speech): Block[] {
  const { say } = speech;
  const rows = told.entries.map((entry, i): Cell[] => {
    const ms = entry.number("time");
    const place = entry.log === 0 ? String(entry.index) : `${entry.log + 1}/${entry.index}`;
    return [{ text: ms === undefined ? "–" : shortTime(ms) }, { text: event(file, handover, told, entry, i, speech) }, { text: place }];
  });
  return [
    { kind: "heading", level: 3, text: say("events") },
    { kind: "table", columns: [say("column.time"), say("column.event"), say("column.entry")], wide: 1, rows },
    { kind: "text", text: bracketOf(file, handover.entries, speech), tone: "soft" },
  ];
}
