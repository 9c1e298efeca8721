// The one text of a piece of evidence: what is read is what would be written, byte for byte. spec/evidence.md §1.
import { fromBase64url } from "../base64url.ts";
import { utf8, type Bytes } from "../bytes.ts";
import { sha256 } from "../derive.ts";
import type { EvidenceFile } from "./file.ts";

/** Bytes of the machine part. */
export const evidenceMost = 64 * 2 ** 20;

const opens = '<script type="application/json" id="evidence">';
const closes = "</script>";

/** Writes a value, or throws where it isn't what stands there. */
type Write = (value: unknown) => string;

class Refused extends Error {}

const when = (holds: boolean): void => {
  if (!holds) throw new Refused("This is no evidence.");
};

/** Whether it may stand as a text. */
export const isText = (value: unknown): value is string => typeof value === "string" && !/[\0\p{Surrogate}]/u.test(value);

/** JSON.stringify escapes as the spec does, but for `<` and for half a pair of surrogates, which isn't UTF-8. */
const text: Write = (value) => {
  when(isText(value));
  return JSON.stringify(value).replaceAll("<", "\\u003c");
};

const number: Write = (value) => {
  when(Number.isSafeInteger(value) && (value as number) >= 0);
  return String(value);
};

const oneOf = (...values: (string | number)[]): Write => (value) => {
  when(values.includes(value as string));
  return JSON.stringify(value);
};

const bytes = (least: number, most = least): Write => (value) => {
  const length = fromBase64url(value)?.length ?? -1;
  when(length >= least && length <= most);
  return `"${value}"`;
};

const list = (element: Write): Write => (value) => {
  when(Array.isArray(value));
  return `[${(value as unknown[]).map((one) => element(one)).join()}]`;
};

/** In this order; a name that ends in `?` may be absent. */
const members = (shape: Record<string, Write>): Write => {
  const order = Object.entries(shape).map(([name, write]) => ({ name: name.replace("?", ""), optional: name.endsWith("?"), write }));
  return (value) => {
    when(typeof value === "object" && value !== null && !Array.isArray(value));
    const there = order.filter(({ name, optional }) => !optional || (value as Record<string, unknown>)[name] !== undefined);
    return `{${there.map(({ name, write }) => `"${name}":${write((value as Record<string, unknown>)[name])}`).join()}}`;
  };
};

const [id, salt, hash] = [bytes(16), bytes(16), bytes(32)];
const entry = members({ text, log: number, index: number, leaf: hash, proof: list(hash) });
const handover = members({
  handover: id,
  "title?": text,
  sender: members({ member: id, name: text }),
  "recipient?": members({ name: text, salt }),
  "items?": list(members({ type: text, title: text, "username?": text, "url?": text, salt })),
  "addresses?": list(members({ entry: number, address: text, salt })),
  "replyKey?": bytes(32),
  entries: list(entry),
  "replies?": list(members({ seq: number, reply: bytes(48, 65_536), name: text, notes: list(text), clock: number })),
});
const stamp = members({ authority: text, token: bytes(1, 65_536), "renews?": number });
const unsigned = {
  v: oneOf(1),
  rendering: oneOf(1),
  kind: oneOf("agency", "recipient"),
  language: oneOf("en", "pl", "de"),
  composed: number,
  "title?": text,
  "composer?": members({ member: id, name: text }),
  organization: members({ id, name: text }),
  server: text,
  logs: list(members({ origin: text, key: text })),
  openings: list(entry),
  checkpoints: list(members({ log: number, note: text, stamps: list(stamp) })),
  consistency: list(list(hash)),
  roster: list(members({ card: bytes(235), signature: bytes(64) })),
  handovers: list(handover),
};
const part = members(unsigned);
const whole = members({ ...unsigned, signature: bytes(64) });

const distinct = (values: unknown[]): boolean => new Set(values).size === values.length;

/** What §1 says beyond the shape of each member. */
function isWhole(file: EvidenceFile): boolean {
  const agency = file.kind === "agency";
  const entries = [...file.openings, ...file.handovers.flatMap((one) => one.entries)];
  return (
    agency === (file.title !== undefined) &&
    agency === (file.composer !== undefined) &&
    (agency || (file.handovers.length === 1 && file.handovers[0]!.title === undefined)) &&
    file.handovers.length >= 1 &&
    file.handovers.length <= 1_000 &&
    distinct(file.handovers.map((one) => one.handover)) &&
    file.logs.length >= 1 &&
    file.openings.length === file.logs.length - 1 &&
    file.openings.every(({ log }, i) => log === i + 1) &&
    entries.every(({ log }) => log < file.logs.length) &&
    file.checkpoints.every(({ log }, i) => log < file.logs.length && log >= (file.checkpoints[i - 1]?.log ?? 0)) &&
    file.checkpoints.at(-1)?.log === file.logs.length - 1 &&
    file.consistency.length === file.checkpoints.length - 1 &&
    file.checkpoints.every(({ stamps }) => stamps.every(({ renews }, i) => renews === undefined || renews < i)) &&
    file.handovers.every(
      (one) =>
        one.entries.length >= 1 &&
        one.entries.every((at, i) => i === 0 || at.log > one.entries[i - 1]!.log || (at.log === one.entries[i - 1]!.log && at.index > one.entries[i - 1]!.index)) &&
        [one.items, one.addresses, one.replies].every((there) => there?.length !== 0) &&
        one.items?.every(({ username, url }) => username !== "" && url !== "") !== false &&
        one.addresses?.every((at, i) => at.entry < one.entries.length && at.entry > (one.addresses![i - 1]?.entry ?? -1)) !== false &&
        one.replies?.every(({ seq }, i) => seq > (one.replies![i - 1]?.seq ?? 0) && seq <= 100) !== false,
    )
  );
}

/** The text of this evidence; throws for what is none. */
export function writeEvidence(file: EvidenceFile): string {
  const written = whole(file);
  when(isWhole(file));
  return written;
}

/** Undefined for a text that writeEvidence would not write exactly so. */
export function parseEvidence(machineText: string): EvidenceFile | undefined {
  try {
    const file = JSON.parse(machineText) as EvidenceFile;
    return machineText.length <= evidenceMost && writeEvidence(file) === machineText && utf8(machineText).length <= evidenceMost ? file : undefined;
  } catch {
    return undefined;
  }
}

/** What the composer signs: SHA-256 of the text without its signature. spec/keys.md §3 */
export const evidenceFields = (file: Omit<EvidenceFile, "signature">): Promise<Bytes> => sha256(utf8(part(file)));

/** The machine part inside a page. */
export function machineTextOf(html: string): string | undefined {
  const from = html.indexOf(opens) + opens.length;
  const to = html.indexOf(closes, from);
  return from < opens.length || to < 0 ? undefined : html.slice(from, to);
}

/** The machine part as it stands in a page. */
export const machineScript = (machineText: string): string => opens + machineText + closes;
