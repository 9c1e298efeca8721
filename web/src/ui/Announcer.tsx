// What screen readers hear when something happened elsewhere on the page.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

const said = signal("");

/** The same text twice in a row is said twice. */
export function announce(text: string): void {
  said.value = said.value === text ? `${text}\u200b` : text;
}

/** What was said belongs to the page it was said on, and may name an entry. */
export function hush(): void {
  said.value = "";
}

export function Announcer(): JSX.Element {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said.value}
    </div>
  );
}
