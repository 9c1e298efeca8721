// The ledger's entries that a piece of evidence holds, as far as a verifier takes them for what they say: their texts are
// what is hashed, so two readers must read the same in them. spec/ledger.md §1; EvidenceEntries in C# is the twin.
import { fromBase64url } from "../base64url.ts";
import { utf8 } from "../bytes.ts";
import { isText } from "./text.ts";

type Fits = (value: unknown) => boolean;

/** An entry's members, those of a newer server among them. */
export type EntryMembers = Record<string, unknown> & { kind: string; org: string; time: number; actor: string };

const bytes = (length: number): Fits => (value) => fromBase64url(value, length) !== undefined;
const upTo = (most: number, least = 0): Fits => (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const oneOf = (...words: unknown[]): Fits => (value) => words.includes(value);
const [id, hash, signature, time] = [bytes(16), bytes(32), bytes(64), upTo(Number.MAX_SAFE_INTEGER)];
const life = upTo(2 ** 32 - 1);

/** What each kind adds. */
const kinds: Record<string, Record<string, Fits>> = {
  created: {
    member: id,
    group: id,
    life,
    expires: time,
    flags: upTo(3),
    channel: oneOf("phone", "sms", "messenger", "in-person", "post", "other", "none"),
    files: upTo(100),
    sealed: hash,
    displayedTag: hash,
    recipient: hash,
    items: (value) => Array.isArray(value) && value.length > 0 && value.every(hash),
    card: hash,
    signature,
  },
  claimed: { readerKey: bytes(91), address: hash },
  displayed: { proof: hash },
  confirmed: { seq: upTo(100, 1), statement: isText, reply: hash, signature },
  "guess-failed": { left: upTo(10) },
  locked: {},
  expired: {},
  undisplayed: {},
  revoked: {},
  void: {},
  extended: { life, expires: time },
  "re-issued": { by: id },
  "follow-up": { item: hash, step: oneOf("rotated", "access-removed"), done: oneOf(true, false) },
  reported: { reason: oneOf("not-me", "more"), address: hash },
  erased: { details: oneOf(true, false) },
  log: { origin: isText, previous: isText, reason: isText },
};

const strings = /"(?:[^"\\]|\\.)*"/gs;
const deepest = 8;

/** Undefined for a text that isn't an entry of this organization and, unless it opens a log, of this handover. */
export function readEntry(text: string, org: string, handover?: string): EntryMembers | undefined {
  if (utf8(text).length > 65_536 || !isPlain(text)) return undefined;
  try {
    const entry = JSON.parse(text);
    const adds = typeof entry.kind === "string" && Object.hasOwn(kinds, entry.kind) ? kinds[entry.kind] : undefined;
    const fits =
      adds !== undefined &&
      (entry.kind === "log") === (handover === undefined) &&
      entry.v === 1 &&
      entry.org === org &&
      entry.handover === handover &&
      time(entry.time) &&
      oneOf("member", "recipient", "server")(entry.actor) &&
      (entry.actor === "member" ? id(entry.member) : entry.member === undefined) &&
      bytes(16)(entry.nonce) &&
      Object.entries(adds).every(([name, holds]) => holds(entry[name]));
    return fits ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** No white space outside strings, no number but plain digits, no member twice: so nobody can read it otherwise. */
function isPlain(text: string): boolean {
  if (!/^\{(?:[{}[\]:,]|""|[0-9]+|true|false|null)*$/.test(text.replace(strings, '""'))) return false;
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*":?|[{}[\]]/gs)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":") && open.at(-1)?.has(nameOf(token))) return false;
    else if (token.endsWith(":")) open.at(-1)?.add(nameOf(token));
    if (open.length > deepest) return false;
  }
  return true;
}

const nameOf = (token: string): string => {
  try {
    return JSON.parse(token.slice(0, -1));
  } catch {
    return token;
  }
};
