// Step 11, its first half: the entries of a handover come in an order that spec/handover.md §4 allows.
import type { Finding } from "./logSteps.ts";
import { failed, ok } from "./logSteps.ts";
import type { ReadHandover } from "./read.ts";

/** From a state by an entry's kind to the next. */
const arrows: Record<string, Record<string, string>> = {
  draft: { created: "waiting" },
  waiting: { "guess-failed": "waiting", extended: "waiting", locked: "ended", expired: "ended", revoked: "ended", void: "ended", claimed: "claimed" },
  claimed: { displayed: "displayed", undisplayed: "undisplayed", revoked: "ended", void: "ended" },
  undisplayed: { displayed: "displayed" },
  displayed: { confirmed: "displayed" },
  ended: {},
};

/** They change no state. */
const beside = ["re-issued", "follow-up", "reported", "erased"];

export function order({ entries }: ReadHandover): Finding {
  let [state, seq] = ["draft", 0];
  for (const { members, where } of entries) {
    const kind = members?.kind ?? "";
    if (beside.includes(kind) && state !== "draft") continue;
    const next = arrows[state]![kind];
    const given = kind === "confirmed" ? Number(members!["seq"]) : seq + 1;
    if (next === undefined || given <= seq) return failed(where);
    if (kind === "confirmed") seq = given;
    state = next;
  }
  return ok;
}
