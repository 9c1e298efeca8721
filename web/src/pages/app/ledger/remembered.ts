// The newest checkpoint this browser has seen: at every unlock the server shows that its log still contains it. A history that
// was rewritten, forked or rolled back is found out here, before anybody needs evidence of it. spec/ledger.md §7.
import { head } from "../../../api/ledger.ts";
import { checkpointSeen, rememberCheckpoint } from "../keys/seen.ts";
import { Untrusted } from "../keys/untrusted.ts";
import { compare } from "./compare.ts";

/** Throws Untrusted when it doesn't, and then keeps what it has. */
export async function checkRemembered(org: string): Promise<void> {
  const now = await head();
  const newest = now.logs.at(-1);
  // Nothing is signed yet in the first second of an installation.
  if (newest === undefined || newest.note === "") return;
  const kept = checkpointSeen(org) ?? newest.note;
  const { verdict } = await compare(kept, now);
  // An older log may have lost its last entries when a backup was put back: then there is a newer log, whose opening tells it.
  const ended = verdict === "ahead" && !kept.startsWith(`${newest.origin}\n`);
  if (verdict !== "contained" && !ended) throw new Untrusted("log");
  rememberCheckpoint(org, newest.note);
}
