// Live updates: one stream for all of the app, open while anybody listens. What the browser would try again at its own
// pace is tried again here, soon: the server ends the stream when the member's rights or session changed.
import type { HandoverSummary } from "./wire.ts";

/** A group's entries changed; `change` is the newest count of its changes. */
export interface GroupChanged {
  group: string;
  change: number;
}

export interface Listener {
  handover?: (summary: HandoverSummary) => void;
  group?: (changed: GroupChanged) => void;
  /** Roster, members, groups, grants, invitations or policy changed: the session has to be read again. */
  organization?: () => void;
  /** True when the stream (again) delivers: what happened meanwhile has to be fetched. */
  live?: (live: boolean) => void;
}

const shortestPause = 500;
const longestPause = 30_000;

const listeners = new Set<Listener>();
let source: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let pause = shortestPause;
let delivers: boolean | null = null;

/** Listens until the function it returns is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (source === undefined) open();
  else if (delivers !== null) listener.live?.(delivers);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) close();
  };
}

function open(): void {
  const opened = (source = new EventSource("/api/events"));
  opened.onopen = () => {
    pause = shortestPause;
    tellLive(true);
  };
  opened.onerror = () => {
    opened.close();
    if (source !== opened) return;
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, longestPause);
    tellLive(false);
  };
  on("handover", (data: HandoverSummary, { handover }) => handover?.(data));
  on("group", (data: GroupChanged, { group }) => group?.(data));
  on("organization", (_: object, { organization }) => organization?.());

  function on<T>(kind: string, hear: (data: T, listener: Listener) => void): void {
    opened.addEventListener(kind, (event) => {
      let data: T;
      try {
        data = JSON.parse((event as MessageEvent<string>).data) as T;
      } catch {
        // A cut event: the next reload brings what it told.
        return;
      }
      for (const listener of [...listeners]) hear(data, listener);
    });
  }
}

function close(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
  delivers = null;
  pause = shortestPause;
}

function tellLive(now: boolean): void {
  delivers = now;
  for (const listener of [...listeners]) listener.live?.(now);
}
