// The newest checkpoint this browser has seen: at every unlock the server shows that its log still contains it. A history that
// was rewritten, forked or rolled back is found out here, before anybody needs evidence of it. spec/ledger.md §7.
import { head } from "../../../api/ledger.ts";
import { checkpointSeen, rememberCheckpoint } from "../keys/seen.ts";
import { Untrusted } from "../keys/untrusted.ts";
import { compare } from "./compare.ts";

/**
 * False while nothing is signed, or nothing but the empty log: so it is in an installation's first second, and there is nothing to hold the
 * server to yet. Throws Untrusted when its log doesn't contain what was seen, and then keeps what it has.
 */
export async function checkRemembered(org: string): Promise<boolean> {
  const now = await head();
  const newest = now.logs.at(-1);
  const seen = checkpointSeen(org);
  if (newest === undefined || newest.note === "" || (seen === null && newest.size === 0)) return false;
  const kept = seen ?? newest.note;
  const { verdict } = await compare(kept, now);
  // An older log may have lost its last entries when a backup was put back: then there is a newer log, whose opening tells it.
  const ended = verdict === "ahead" && !kept.startsWith(`${newest.origin}\n`);
  if (verdict !== "contained" && !ended) throw new Untrusted("log");
  rememberCheckpoint(org, newest.note);
  return true;
}
