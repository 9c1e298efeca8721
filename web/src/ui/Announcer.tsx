// What screen readers hear when something happened elsewhere on the page.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

const said = signal("");

/** The same text twice in a row is said twice. */
export function announce(text: string): void {
  said.value = said.value === text ? `${text}\u200b` : text;
}

export function Announcer(): JSX.Element {
  return (
    <div class="unseen" role="status" aria-live="polite">
      {said.value}
    </div>
  );
}
