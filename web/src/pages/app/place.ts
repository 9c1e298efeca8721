// Where in the app one is, and leaving it without losing what was typed.
import { signal } from "@preact/signals";
import { hush } from "../../ui/Announcer.tsx";

export const path = signal(location.pathname);

/** True while leaving would lose something: the composer's content. */
export const unsaved = signal(false);

/** What lies sealed and unfinished in this page: closing or reloading it would lose that. */
export const held = signal<"handover" | "entry" | null>(null);

/** Where one wants to go, while the question "leave?" is open. */
export const leaving = signal<string | null>(null);

/** `quietly`: where one scrolled to and what has the focus stay. */
export function go(to: string, quietly = false): void {
  if (to === path.value) return;
  if (unsaved.value) {
    leaving.value = to;
    return;
  }
  history.pushState(null, "", to);
  if (quietly) path.value = to;
  else arrive(to);
}

/** After "leave?" was answered. */
export function answerLeaving(leave: boolean): void {
  const to = leaving.value;
  leaving.value = null;
  if (!leave || to === null) return;
  unsaved.value = false;
  go(to);
}

/** Changes the address without a step in the browser's history. */
export function replace(to: string): void {
  history.replaceState(null, "", to);
  path.value = to;
}

function arrive(to: string): void {
  path.value = to;
  scrollTo(0, 0);
  // The heading of the new page, so that screen readers start there.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("h1")?.focus());
}

export function watchAddress(): void {
  path.subscribe(hush);
  addEventListener("popstate", () => {
    if (unsaved.value) {
      leaving.value = location.pathname;
      history.pushState(null, "", path.value);
    } else {
      path.value = location.pathname;
    }
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved.value || held.value !== null) event.preventDefault();
  });
}
