// What a piece of evidence says, told from its machine part and nothing else. spec/evidence.md §2, §3.
import type { Block, Cell, Part } from "./blocks.ts";
import { headOf, stampWords } from "./bracket.ts";
import type { EvidenceFile, EvidenceLanguage, Grade } from "./file.ts";
import { handoverStory } from "./handoverStory.ts";
import { outcome } from "./outcome.ts";
import { read, tell, type Told } from "./told.ts";
import { shortTime, shown, wordsIn, type Speech } from "./words.ts";

/** What is known of who opened one handover. */
export interface Graded {
  handover: string;
  /** From the weakest on; all of them hold together. */
  grades: Grade[];
  words: string;
}

export interface Story {
  language: EvidenceLanguage;
  title: string;
  /** The line above everything. */
  first: string;
  graded: Graded[];
  parts: Part[];
}

/** In the file's own language, or in the reader's. */
export function story(file: EvidenceFile, language: EvidenceLanguage = file.language): Story {
  const speech = wordsIn(language);
  const told = file.handovers.map(tell);
  const many = file.handovers.length !== 1;
  const kind = speech.say(file.kind === "recipient" ? "kind.recipient" : many ? "kind.many" : "kind.one");
  return {
    language,
    title: file.title === undefined || file.title === "" ? kind : `${kind}: ${shown(file.title)}`,
    first: speech.say("first"),
    graded: file.handovers.map(({ handover }, i) => ({ handover, grades: told[i]!.grades, words: outcome(told[i]!, speech).text })),
    parts: [
      head(file, told, kind, speech),
      ...(many ? [overview(file, told, speech)] : []),
      ...file.handovers.map((handover, i) => handoverStory(file, handover, told[i]!, many ? i + 1 : 0, speech)),
      limits(speech),
      check(file, speech),
      appendix(file, speech),
    ],
  };
}

function head(file: EvidenceFile, told: Told[], kind: string, { say, count, time }: Speech): Part {
  const titled = file.title !== undefined && file.title !== "";
  const items = told.reduce((sum, one) => sum + one.items.length, 0);
  const composed = file.composer
    ? say("composed.by", { time: time(file.composed), name: shown(file.composer.name) })
    : say("composed.page", { time: time(file.composed) });
  const facts: [string, string][] = [
    [say("organization"), shown(file.organization.name)],
    [say("composed"), composed],
    [say("contains"), `${count("handovers", told.length)}, ${count("items", items)}`],
    [say("server"), shown(file.server)],
  ];
  return {
    name: "head",
    blocks: [
      ...(titled ? [{ kind: "text", text: kind, tone: "soft" } as const] : []),
      { kind: "heading", level: 1, text: titled ? shown(file.title!) : kind },
      { kind: "facts", rows: facts.map(([name, text]) => ({ name, value: { text } })) },
    ],
  };
}

/** One line a handover. */
function overview(file: EvidenceFile, told: Told[], speech: Speech): Part {
  const { say } = speech;
  const rows = file.handovers.map((handover, i): Cell[] => {
    const one = told[i]!;
    const created = one.first("created")?.number("time");
    return [
      { text: String(i + 1) },
      { text: handover.title === undefined || handover.title === "" ? handover.handover : shown(handover.title) },
      { text: handover.recipient === undefined ? "–" : shown(handover.recipient.name) },
      { text: created === undefined ? "–" : shortTime(created) },
      { text: String(one.items.length) },
      known(one, speech),
    ];
  });
  const columns = [say("column.number"), say("column.handover"), say("column.recipient"), say("column.created"), say("column.items"), say("column.known")];
  return { name: "overview", blocks: [{ kind: "heading", level: 2, text: say("overview") }, { kind: "table", columns, wide: 1, rows }] };
}

function known(told: Told, speech: Speech): Cell {
  const { say } = speech;
  const said = told.reports.map((entry) => say(entry.text("reason") === "not-me" ? "known.reported" : "known.more"));
  const problem = told.receipts.at(-1)?.statuses.includes("problem") ? [say("known.problem")] : [];
  const ended = told.end ? [speech.sayOf("end", told.end.kind, "end.void")] : [];
  const words = [told.grades.map((grade) => say(`known.${grade}`)).join(" "), ...ended, ...problem, ...new Set(said)];
  return { text: words.join("; "), tone: told.reports.length > 0 ? "bad" : outcome(told, speech).tone };
}

function limits({ say }: Speech): Part {
  const items = [say("limits.outside"), say("limits.left"), say("limits.person"), say("limits.clock"), say("limits.after")];
  return { name: "limits", blocks: [{ kind: "heading", level: 2, text: say("limits") }, { kind: "list", items: [say("first"), ...items] }] };
}

function check({ server }: EvidenceFile, { say }: Speech): Part {
  return {
    name: "check",
    blocks: [
      { kind: "heading", level: 2, text: say("check") },
      { kind: "text", text: say("check.file") },
      { kind: "text", text: say("check.page", { server: shown(server) }) },
      { kind: "text", text: say("check.command") },
      { kind: "exact", text: "baton evidence verify FILE --key KEY" },
      { kind: "text", text: say("check.key") },
    ],
  };
}

function appendix(file: EvidenceFile, speech: Speech): Part {
  const { say, time } = speech;
  const keys: Block = { kind: "facts", rows: file.logs.map(({ origin, key }) => ({ name: shown(origin), value: { text: shown(key), exact: true } })) };
  const openings = file.openings.map((opening): Block => {
    const entry = read(opening);
    const values = { origin: entry.text("origin") ?? "–", time: time(entry.number("time") ?? 0), reason: speech.quote(entry.text("reason") ?? "") };
    return { kind: "text", text: say("opening", values) };
  });
  const checkpoints = file.checkpoints.map(({ log, note, stamps }): Cell[] => {
    const { size, root } = headOf(note);
    const stamped = stamps.map((stamp) => (stamp.renews === undefined ? stampWords(stamp, speech) : say("renewal", { stamp: stampWords(stamp, speech) })));
    return [{ text: String(log + 1) }, { text: size === undefined ? "–" : String(size) }, { text: root, exact: true }, { text: stamped.length > 0 ? stamped.join("\n") : "–" }];
  });
  return {
    name: "appendix",
    blocks: [
      { kind: "heading", level: 2, text: say("appendix") },
      { kind: "heading", level: 3, text: say("keys") },
      keys,
      ...openings,
      { kind: "heading", level: 3, text: say("checkpoints") },
      { kind: "table", columns: [say("column.log"), say("column.size"), say("column.root"), say("column.stamps")], wide: 2, rows: checkpoints },
      {
        kind: "facts",
        rows: [
          { name: say("cards"), value: { text: String(file.roster.length) } },
          { name: say("signature"), value: { text: file.signature, exact: true } },
        ],
      },
    ],
  };
}
