// Takes an import back: groups that it made are deleted with all that is in them, entries in groups that were there go to
// the bin and, where the member may purge, for good. It needs no keys, so a lock doesn't stop it.
import { setState } from "../../../api/groups.ts";
import { Problem } from "../../../api/http.ts";
import { changeEntries, entriesOf } from "../../../api/vault.ts";
import type { EntryChange, EntryState } from "../../../api/vaultWire.ts";
import { dropJournal, entryIds, type Journal } from "./journal.ts";
import { patiently } from "./patience.ts";

export interface Undone {
  /** They lie in the bin, because only who manages the group may purge. */
  binned: number;
  /** Somebody changed them meanwhile, so they stay. */
  kept: number;
}

const mostChanges = 200;

/** Throws what stops it; then it can be called again. */
export async function undo(journal: Journal, mayPurge: (group: string) => boolean): Promise<Undone> {
  const undone: Undone = { binned: 0, kept: 0 };
  const never = new AbortController().signal;
  for (const group of journal.made)
    await patiently(never, () => setState(group, "deleted")).catch((error: unknown) => {
      if (!(error instanceof Problem && error.type === "not-found")) throw error;
    });
  const ours = await entryIds(journal);
  for (const { group, after } of journal.into) {
    const written = (await statesSince(group, after, never)).filter((state) => ours.has(state.entry) && !state.purged);
    const untouched = written.filter(({ revision }) => revision === 1);
    undone.kept += written.length - untouched.length;
    await change("bin", untouched.filter(({ binnedAt }) => binnedAt === undefined), never);
    if (mayPurge(group)) await change("purge", untouched, never);
    else undone.binned += untouched.length;
  }
  dropJournal();
  return undone;
}

async function statesSince(group: string, after: number, signal: AbortSignal): Promise<EntryState[]> {
  const states: EntryState[] = [];
  for (let more = true, from = after; more; ) {
    const page = await patiently(signal, () => entriesOf(group, from, 1_000, signal));
    states.push(...page.entries.map(({ sealed: _, ...rest }) => rest));
    from = page.entries.at(-1)?.change ?? from;
    more = page.more;
  }
  return states;
}

async function change(act: "bin" | "purge", states: readonly EntryState[], signal: AbortSignal): Promise<void> {
  for (let at = 0; at < states.length; at += mostChanges) {
    const changes = states.slice(at, at + mostChanges).map(({ group, entry, revision }): EntryChange => ({ act, group, entry, base: revision }));
    await patiently(signal, () => changeEntries(changes));
  }
}
