// Locks after idle time. The time is asked of the clock, not of a timer alone: a laptop's lid stops timers. Use of one
// tab counts for all, so that the one in the background neither locks alone nor stays open.
import { access, lock, signedOutElsewhere } from "./access.ts";
import { listen, tell } from "./tabs.ts";

const signs = ["pointerdown", "keydown", "wheel", "touchstart", "pointermove"] as const;
const lookEvery = 5_000;

export function watchIdleTime(): void {
  let last = Date.now();
  const look = (): void => {
    const now = access.value;
    if (now.kind !== "open") return;
    const idle = now.vault.session.idleSeconds;
    if (Date.now() - last >= idle * 1000) lock(Math.max(1, Math.round(idle / 60)));
  };
  let told = 0;
  const usedSomewhere = (): void => {
    look();
    last = Date.now();
  };
  const used = (): void => {
    usedSomewhere();
    if (access.value.kind !== "open" || last - told < lookEvery) return;
    told = last;
    tell("used");
  };
  listen({ lock, "sign-out": signedOutElsewhere, used: usedSomewhere });
  for (const sign of signs) addEventListener(sign, used, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  setInterval(look, lookEvery);
  access.subscribe((now) => {
    if (now.kind === "open") last = Date.now();
  });
}
