// Keeps the open vault current: the server says when members, groups or policy changed, and ends the stream of live updates
// when the member's own rights or session did. While an approval is waited for, it is what tells of it.
import { listen } from "../../../api/events.ts";
import { access, lookForApproval, refreshSession } from "./access.ts";

export function watchSession(): void {
  let stop: (() => void) | null = null;
  access.subscribe((now) => {
    if (now.kind === "open" || now.kind === "pending") stop ??= listen({ organization: look, live: look });
    else {
      stop?.();
      stop = null;
    }
  });
}

/** Without an answer nothing is known: the stream comes back, or it doesn't. */
function look(): void {
  if (access.value.kind === "pending") void lookForApproval();
  else refreshSession().catch(() => undefined);
}
