// What the entries of one handover tell, and the grades that follow from them. Told only: whether the entries hold is the
// matter of a verifier's steps. spec/evidence.md §3.
import { parseStatement, type ReceiptStatus } from "../receipt.ts";
import type { EvidenceEntry, EvidenceHandover, Grade } from "./file.ts";
import { shown } from "./words.ts";

/** An entry and its members as far as they are what they should be. */
export interface ToldEntry {
  /** Empty for what isn't an entry. */
  kind: string;
  log: number;
  index: number;
  number(name: string): number | undefined;
  text(name: string): string | undefined;
  texts(name: string): string[];
  flag(name: string): boolean;
}

export interface ToldReceipt {
  entry: ToldEntry;
  seq: number;
  statuses: ReceiptStatus[];
}

export interface Told {
  entries: ToldEntry[];
  /** The first entry of its kind. */
  first(kind: string): ToldEntry | undefined;
  /** The items' commitments. */
  items: string[];
  hasPassword: boolean;
  receipts: ToldReceipt[];
  reports: ToldEntry[];
  /** What ended it before it was displayed. */
  end: ToldEntry | undefined;
  /** From the weakest on; all of them hold together. */
  grades: Grade[];
}

const ends = ["expired", "locked", "revoked", "void", "undisplayed"];

export function tell(handover: EvidenceHandover): Told {
  const entries = handover.entries.map(read);
  const first = (kind: string) => entries.find((entry) => entry.kind === kind);
  const created = first("created");
  const hasPassword = ((created?.number("flags") ?? 0) & 1) === 1;
  const receipts = entries.flatMap((entry): ToldReceipt[] => {
    const statement = entry.kind === "confirmed" ? parseStatement(entry.text("statement") ?? "") : undefined;
    return statement && isGenuine(handover, statement.seq) ? [{ entry, seq: statement.seq, statuses: statement.items.map(({ status }) => status) }] : [];
  });
  const grades: Grade[] = first("claimed") ? [hasPassword ? "password" : "link"] : ["unopened"];
  if (first("claimed") && first("displayed")) grades.push("displayed");
  if (first("claimed") && receipts.length > 0) grades.push("confirmed");
  return {
    entries,
    first,
    items: created?.texts("items") ?? [],
    hasPassword,
    receipts,
    reports: entries.filter(({ kind }) => kind === "reported"),
    end: entries.findLast(({ kind }) => ends.includes(kind)),
    grades,
  };
}

/** With the reply key in the file, a receipt counts whose reply is there and so opened; once purged, its signature says it. */
const isGenuine = ({ replyKey, replies }: EvidenceHandover, seq: number): boolean => replyKey === undefined || replies?.some((reply) => reply.seq === seq) === true;

/** Members of an entry; texts come ready to be shown. */
export function read({ text, log, index }: EvidenceEntry): ToldEntry {
  let json: Record<string, unknown> = {};
  try {
    json = Object(JSON.parse(text));
  } catch {
    // Told as what can't be read.
  }
  const word = (value: unknown) => (typeof value === "string" && !/\p{Cs}/u.test(value) ? shown(value) : undefined);
  const list = (name: string) => (Array.isArray(json[name]) ? json[name].map(word) : []);
  return {
    kind: json["v"] === 1 ? (word(json["kind"]) ?? "") : "",
    log,
    index,
    number: (name) => (Number.isSafeInteger(json[name]) ? (json[name] as number) : undefined),
    text: (name) => word(json[name]),
    texts: (name) => list(name).filter((item) => item !== undefined),
    flag: (name) => json[name] === true,
  };
}
