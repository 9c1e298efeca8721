// The organization's entries, newest first, fetched page by page; what is new comes in by itself.
import { signal, type ReadonlySignal } from "@preact/signals";
import { listen } from "../../../api/events.ts";
import { auditPage, type AuditQuery } from "../../../api/ledger.ts";
import { endedSession } from "../access/access.ts";
import { read, type Read } from "./entries.ts";

export interface AuditStore {
  entries: ReadonlySignal<readonly Read[]>;
  /** There is no older one. */
  complete: ReadonlySignal<boolean>;
  loading: ReadonlySignal<boolean>;
  problem: ReadonlySignal<unknown>;
  more: () => void;
  close: () => void;
}

const pageSize = 100;
const largestPage = 500;
/** An entry has its place in the log within a second of being written, which no event tells of. */
const placedWithin = 1_000;

export function openAudit(query: AuditQuery): AuditStore {
  const entries = signal<readonly Read[]>([]);
  const complete = signal(false);
  const loading = signal(false);
  const problem = signal<unknown>(null);
  let next: string | undefined;
  let closed = false;
  let looking = false;
  let missed = false;
  let begun = false;
  let live = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** While entries wait for their place in the log. */
  const lookAgain = (): void => {
    clearTimeout(timer);
    if (!closed && entries.value.some(({ entry }) => entry.index === undefined)) timer = setTimeout(() => void look(), placedWithin);
  };

  const load = async (): Promise<void> => {
    if (loading.value || complete.value) return;
    loading.value = true;
    try {
      const page = await auditPage(query, next, next === undefined ? pageSize : largestPage);
      if (closed) return;
      // What came on top meanwhile may be of this page.
      const known = new Set(entries.value.map(({ nonce }) => nonce));
      entries.value = [...entries.value, ...page.entries.map(read).filter(({ nonce }) => !known.has(nonce))];
      next = page.next;
      complete.value = next === undefined;
      problem.value = null;
    } catch (error) {
      if (!closed && !endedSession(error)) problem.value = error;
    }
    loading.value = false;
    lookAgain();
  };

  /** What came on top since. More than a page of it: the list begins anew. */
  const look = async (): Promise<void> => {
    missed = true;
    if (looking) return;
    looking = true;
    while (missed && !closed) {
      missed = false;
      try {
        const page = await auditPage(query, undefined, pageSize);
        if (closed) return;
        const fresh = page.entries.map(read);
        const overlap = fresh.some(({ nonce }) => nonce === entries.value[0]?.nonce);
        if (overlap || entries.value.length === 0) {
          const known = new Set(fresh.map(({ nonce }) => nonce));
          entries.value = [...fresh, ...entries.value.filter(({ nonce }) => !known.has(nonce))];
        } else {
          entries.value = fresh;
          next = page.next;
          complete.value = next === undefined;
        }
      } catch {
        // The next change looks again.
      }
    }
    looking = false;
    lookAgain();
  };

  const stop = listen({
    handover: () => void look(),
    group: () => void look(),
    organization: () => void look(),
    live: (now) => {
      // What happened before anybody listened, or while nobody did.
      if (now && !live && begun) void look();
      live = now;
    },
  });
  begun = true;
  void load();
  return {
    entries,
    complete,
    loading,
    problem,
    more: () => void load(),
    close: () => {
      closed = true;
      clearTimeout(timer);
      stop();
    },
  };
}

/** All of them, for a file. */
export async function everything(query: AuditQuery, signal: AbortSignal, onProgress: (n: number) => void): Promise<Read[]> {
  const all: Read[] = [];
  let next: string | undefined;
  do {
    const page = await auditPage(query, next, largestPage, signal);
    all.push(...page.entries.map(read));
    next = page.next;
    onProgress(all.length);
  } while (next !== undefined);
  return all;
}
