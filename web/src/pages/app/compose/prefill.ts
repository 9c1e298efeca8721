// Entries on their way from the vault, or from the history, into the composer.
import type { VaultEntry } from "../../../protocol/vaultEntry.ts";
import { en } from "../../../ui/text/en.ts";
import { t } from "../../../ui/text/index.ts";
import { go, leaving, path } from "../place.ts";
import { fromVault, type Draft, type DraftEntry, type PresetKey } from "./draft.ts";

/** An entry as the vault has it now. */
export interface Kept {
  id: string;
  group: string;
  revision: number;
  entry: VaultEntry;
}

let next: Partial<Draft> | null = null;

/** Opens the composer with these entries in it. */
export const handOver = (entries: readonly Kept[]): void => composeWith({ entries: entries.map(draftOf) });

export function composeWith(part: Partial<Draft>): void {
  next = part;
  go("/new");
  if (path.value === "/new") return;
  // Something unsaved asks first; who stays there doesn't want this any more.
  const stop = leaving.subscribe((to) => {
    if (to !== null) return;
    queueMicrotask(() => {
      stop();
      if (path.value !== "/new") next = null;
    });
  });
}

/** For the composer, once. */
export function takePrefill(): Partial<Draft> | null {
  const taken = next;
  next = null;
  return taken;
}

export const draftOf = ({ id, group, revision, entry }: Kept): DraftEntry => fromVault({ group, entry: id, revision }, entry, namesOf);

/** A preset is written in the language its writer spoke, or in English. */
const namesOf = (preset: PresetKey): string[] => [t(preset), en[preset]];
