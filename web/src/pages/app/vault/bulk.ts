// Work on many entries at once: what it is, how far it is, what stopped it. One at a time.
import { signal } from "@preact/signals";
import { announce } from "../../../ui/Announcer.tsx";
import { plural } from "../../../ui/text/index.ts";
import { access, endedSession } from "../access/access.ts";
import { untick } from "./view.ts";
import { write, type Change } from "./write.ts";

export type BulkKind = "bin" | "restore" | "purge" | "move" | "tag";

export interface Bulk {
  kind: BulkKind;
  count: number;
  done: number;
  abort: AbortController;
}

export const bulk = signal<Bulk | null>(null);
export const bulkProblem = signal<unknown>(null);

/** True when all of it was written. What was written before a failure or a cancel stays so. */
export async function runBulk(kind: BulkKind, units: readonly (readonly Change[])[]): Promise<boolean> {
  const abort = new AbortController();
  const count = units.length;
  bulkProblem.value = null;
  bulk.value = { kind, count, done: 0, abort };
  try {
    await write(units, { signal: abort.signal, onProgress: (done) => (bulk.value = { kind, count, done, abort }) });
    announce(plural(`vault.done.${kind}`, count));
    untick();
    return true;
  } catch (error) {
    if (!abort.signal.aborted && access.value.kind === "open" && !endedSession(error)) bulkProblem.value = error;
    return false;
  } finally {
    bulk.value = null;
  }
}

/** For as long as the page lives: a lock stops it. */
export function watchBulk(): void {
  access.subscribe((now) => {
    if (now.kind === "open") return;
    bulk.peek()?.abort.abort();
    bulkProblem.value = null;
  });
}
