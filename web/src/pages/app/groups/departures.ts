// What somebody who left may have kept: which handovers of theirs still wait, which passwords are still those they saw.
import * as handovers from "../../../api/handovers.ts";
import { openRow, type Row } from "../history/store.ts";
import type { Vault } from "../keys/vault.ts";

const pageSize = 200;

/** Handovers of that member that somebody can still open. */
export async function waitingOf(vault: Vault, member: string): Promise<Row[]> {
  const found: Row[] = [];
  let before: string | undefined;
  do {
    const page = await handovers.list(before, pageSize);
    const alive = page.handovers.filter(({ sender, state }) => sender === member && (state === "waiting" || state === "claimed"));
    found.push(...(await Promise.all(alive.map((summary) => openRow(vault, summary)))));
    before = page.next;
  } while (before !== undefined);
  return found;
}

/** What an entry says of itself, as far as it matters here. */
export interface Kept {
  group: string;
  binnedAt: number | undefined;
  entry: { title: string; password?: string; totp?: string; created?: number; passwordChanged?: number; fields?: readonly { kind: string; value: string }[] };
}

/** Entries with a secret that was there when the member left and is the same now. */
export function unchangedSince<T extends Kept>(items: Iterable<T>, group: string, leftAt: number): T[] {
  return [...items].filter(({ group: own, binnedAt, entry }) => {
    if (own !== group || binnedAt !== undefined) return false;
    const secret = Boolean(entry.password || entry.totp) || (entry.fields ?? []).some(({ kind, value }) => (kind === "hidden" || kind === "key") && value !== "");
    return secret && (entry.passwordChanged ?? entry.created ?? 0) <= leftAt;
  });
}
