// Live updates. The browser reconnects a broken stream by itself; one that the server refused is tried again here.
import type { HandoverSummary } from "./wire.ts";

export interface Listener {
  changed: (summary: HandoverSummary) => void;
  /** True when the stream (again) delivers: what happened meanwhile has to be fetched. */
  live: (live: boolean) => void;
}

const longestPause = 30_000;

/** Listens until the function it returns is called. */
export function listen({ changed, live }: Listener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 1_000;

  const open = (): void => {
    source = new EventSource("/api/events");
    source.onopen = () => {
      pause = 1_000;
      live(true);
    };
    source.onerror = () => {
      live(false);
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, longestPause);
    };
    source.addEventListener("handover", (event) => {
      try {
        changed(JSON.parse((event as MessageEvent<string>).data) as HandoverSummary);
      } catch {
        // A cut event: the next reload of the list brings it.
      }
    });
  };

  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
