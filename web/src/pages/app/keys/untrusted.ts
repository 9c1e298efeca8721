// What a client refuses to believe, and the bytes of a session that it reads on the way. spec/keys.md §6.
import { fromBase64url } from "../../../protocol/base64url.ts";
import type { Bytes } from "../../../protocol/bytes.ts";

/** What didn't lead back to the root. */
export type Swapped = "member" | "own" | "card" | "roster" | "grant" | "version" | "chain" | "name" | "policy" | "older" | "entry" | "invitation" | "log" | "none";

/** The server sent something that only a hostile or broken server sends. */
export class Untrusted extends Error {
  readonly what: Swapped;

  constructor(what: Swapped) {
    super(what);
    this.what = what;
  }
}

export function trustedBytes(text: string | undefined, length: number | undefined, what: Swapped): Bytes {
  const found = fromBase64url(text, length);
  if (found === undefined) throw new Untrusted(what);
  return found;
}
