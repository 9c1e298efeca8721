// What this browser has seen of an organization, so that no server can lead it back to something older: the roster's last
// card, each group's key version, the policy's number (spec/keys.md §6, §9), the revisions of entries (spec/vault.md §3),
// the log's checkpoint (spec/ledger.md §7).
// Numbers, hashes and random ids only; no secret is ever kept in a storage of the browser.
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import type { RosterHead } from "../../../protocol/roster.ts";

// A browser that forbids storage remembers while the page is open.
const here = new Map<string, string>();

function read(name: string): string | null {
  try {
    return localStorage.getItem(`baton.${name}`) ?? here.get(name) ?? null;
  } catch {
    return here.get(name) ?? null;
  }
}

function write(name: string, value: string): void {
  here.set(name, value);
  try {
    localStorage.setItem(`baton.${name}`, value);
  } catch {
    // Kept in `here`.
  }
}

const readNumber = (name: string): number => Number(read(name)) || 0;

const raise = (name: string, value: number): void => {
  if (value > readNumber(name)) write(name, String(value));
};

/** The roster's last card as this browser knows it; undefined for an organization it hasn't seen. */
export function rosterSeen(org: string): RosterHead | undefined {
  const [seq, hash] = (read(`roster.${org}`) ?? "").split(" ");
  const bytes = fromBase64url(hash, 32);
  return bytes && Number.isInteger(Number(seq)) ? { seq: Number(seq), hash: bytes } : undefined;
}

export const rememberRoster = (org: string, { seq, hash }: RosterHead): void => write(`roster.${org}`, `${seq} ${toBase64url(hash)}`);

export const versionSeen = (group: string): number => readNumber(`version.${group}`) || 1;
export const rememberVersion = (group: string, version: number): void => raise(`version.${group}`, version);

export const policySeen = (org: string): number => readNumber(`policy.${org}`);
export const rememberPolicy = (org: string, number: number): void => raise(`policy.${org}`, number);

/** The log's newest checkpoint, a signed note; null for an organization this browser hasn't seen. */
export const checkpointSeen = (org: string): string | null => read(`checkpoint.${org}`);
export const rememberCheckpoint = (org: string, note: string): void => write(`checkpoint.${org}`, note);

/** The newest revision seen of each of the group's entries that has more than one, by entry id. */
export function revisionsSeen(group: string): Map<string, number> {
  try {
    return new Map(Object.entries(JSON.parse(read(`revisions.${group}`) ?? "{}") as Record<string, number>));
  } catch {
    return new Map();
  }
}

export const rememberRevisions = (group: string, revisions: ReadonlyMap<string, number>): void =>
  write(`revisions.${group}`, JSON.stringify(Object.fromEntries([...revisions].filter(([, revision]) => revision > 1))));
