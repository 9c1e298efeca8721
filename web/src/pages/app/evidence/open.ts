// Which evidence is being composed, if any. Any page may ask for it; the dialog is fetched then.
import { signal } from "@preact/signals";
import { access } from "../access/access.ts";
import type { Row } from "../history/store.ts";

export interface Subject {
  rows: readonly Row[];
  /** What the member may change: the title of the whole. */
  title: string;
}

export const subject = signal<Subject | null>(null);

/** Drafts have no history yet. */
export function openEvidence(rows: readonly Row[], title: string): void {
  subject.value = { rows, title };
}

/** For as long as the page lives: a lock closes the dialog, which holds names. */
export function watchEvidence(): void {
  access.subscribe((now) => {
    if (now.kind !== "open") subject.value = null;
  });
}
