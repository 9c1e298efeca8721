// Locks after idle time. The time is asked of the clock, not of a timer alone: a laptop's lid stops timers.
import { access, lock } from "./access.ts";

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
  const used = (): void => {
    look();
    last = Date.now();
  };
  for (const sign of signs) addEventListener(sign, used, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  setInterval(look, lookEvery);
  access.subscribe((now) => {
    if (now.kind === "open") last = Date.now();
  });
}
