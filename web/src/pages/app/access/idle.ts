// Locks after idle time. The time is asked of the clock, not of a timer alone: a laptop's lid stops timers. Use of one
// tab counts for all, so that the one in the background neither locks alone nor stays open.
import { access, lock, signedOutElsewhere } from "./access.ts";
import { listen, tell } from "./tabs.ts";

const signs = ["pointerdown", "keydown", "wheel", "touchstart", "pointermove"] as const;
const lookEvery = 5_000;

export function watchIdleTime(): void {
  let last = Date.now();
  const look = (): void => {
    const idle = idleSeconds();
    if (idle === undefined) return;
    if (Date.now() - last >= idle * 1000) lock(Math.max(1, Math.round(idle / 60)));
  };
  let told = 0;
  const usedSomewhere = (): void => {
    look();
    last = Date.now();
  };
  const used = (): void => {
    usedSomewhere();
    if (idleSeconds() === undefined || last - told < lookEvery) return;
    told = last;
    tell("used");
  };
  listen({ lock, "sign-out": signedOutElsewhere, used: usedSomewhere });
  for (const sign of signs) addEventListener(sign, used, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  setInterval(look, lookEvery);
  let before = false;
  access.subscribe(() => {
    // From the unlock on; what the server tells later is no use of the page.
    const now = idleSeconds() !== undefined;
    if (now && !before) last = Date.now();
    before = now;
  });
}

/** How long keys may stay in the page without use; undefined while none are there. The lower of session and policy. */
function idleSeconds(): number | undefined {
  const now = access.value;
  if (now.kind === "pending") return now.session.idleSeconds;
  if (now.kind !== "open") return undefined;
  const { session, policy } = now.vault;
  return Math.min(session.idleSeconds, policy?.idle ?? Infinity);
}
