// Notices that the session ended or changed while the app is open: the server ends the stream of live updates then.
import { listen } from "../../../api/events.ts";
import { currentSession } from "../../../api/sessions.ts";
import { access, endedSession } from "./access.ts";

export function watchSession(): void {
  let stop: (() => void) | null = null;
  access.subscribe((now) => {
    if (now.kind === "open") stop ??= listen({ organization: look, live: (live) => live || look() });
    else {
      stop?.();
      stop = null;
    }
  });
}

/** Without an answer nothing is known: the stream comes back, or it doesn't. */
function look(): void {
  currentSession().catch(endedSession);
}
