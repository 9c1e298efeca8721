// What an import under way has written, in a few ids: so that one that a closed window or a crash cut off can be taken
// back later. No secret and no name is in it; the ids of its entries follow from a random seed.
import { toBase64url, fromBase64url } from "../../../protocol/base64url.ts";
import { concat, uint32, type Bytes } from "../../../protocol/bytes.ts";
import { sha256 } from "../../../protocol/derive.ts";

export interface Journal {
  member: string;
  /** base64url, 16 random bytes */
  seed: string;
  /** How many entries it has in all. */
  count: number;
  /** Groups that it made: taken back whole. */
  made: string[];
  /** Groups that were there: with the count of their changes before it began. */
  into: { group: string; after: number }[];
}

const name = "baton.import";

/** The id of the entry at this place of the import. */
export async function entryId(seed: Bytes, at: number): Promise<string> {
  return toBase64url((await sha256(concat(seed, uint32(at)))).slice(0, 16));
}

export const entryIds = async ({ seed, count }: Journal): Promise<Set<string>> => new Set(await Promise.all(Array.from({ length: count }, (_, at) => entryId(fromBase64url(seed, 16)!, at))));

/** Where storage is forbidden an import can be taken back as long as its page lives. */
export function keepJournal(journal: Journal): void {
  try {
    localStorage.setItem(name, JSON.stringify(journal));
  } catch {
    // Said above.
  }
}

export function dropJournal(): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // There is none then.
  }
}

/** An import of this member that never came to its end, unless it still runs in another tab. */
export async function unfinishedImport(member: string): Promise<Journal | null> {
  const found = read();
  if (found?.member !== member) return null;
  return alone(() => Promise.resolve(found)).catch(() => null);
}

function read(): Journal | null {
  try {
    const journal = JSON.parse(localStorage.getItem(name) ?? "null") as Journal | null;
    return journal !== null && fromBase64url(journal.seed, 16) !== undefined && Array.isArray(journal.made) && Array.isArray(journal.into) ? journal : null;
  } catch {
    return null;
  }
}

/** Another tab imports. */
export class Busy extends Error {}

/** One import at a time in a browser. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock === null) throw new Busy();
    return work();
  }) as Promise<T>;
}
