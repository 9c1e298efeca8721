// A handover made anew: the same recipient, the entries as they are now, a new link; the old one dies when it is made.
import { languages, type Language } from "../../../ui/text/index.ts";
import type { State } from "../../../api/wire.ts";
import type { Draft, DraftEntry } from "../compose/draft.ts";
import { newEntry } from "../compose/draft.ts";
import { composeWith, draftOf } from "../compose/prefill.ts";
import { mayShare } from "../compose/whose.ts";
import type { Vault } from "../keys/vault.ts";
import { knownType } from "../vault/types.ts";
import { items } from "../vault/store.ts";
import { takenOf } from "./since.ts";
import type { Row } from "./store.ts";

const states: readonly State[] = ["waiting", "claimed", "undisplayed", "expired", "revoked", "locked", "void"];

/** Once for each, by who may hand over for its group; never one that was displayed. */
export function mayReissue(vault: Vault, { summary, details }: Row): boolean {
  const group = vault.groups.get(summary.group);
  return details !== undefined && states.includes(summary.state) && summary.replacedBy === undefined && group !== undefined && (group.personal || mayShare(group));
}

export function reissue({ summary, details, personal }: Row): void {
  if (details === undefined) return;
  const taken = details.items.flatMap((item) => takenOf(item) ?? []);
  const part: Partial<Draft> = {
    entries: details.items.map((item): DraftEntry => {
      const kept = item.entry === undefined ? undefined : items.value.get(item.entry);
      if (kept !== undefined && kept.binnedAt === undefined) return draftOf(kept);
      // What was typed on the spot, or has left the vault, is known by its face alone.
      return { ...newEntry(knownType(item.type)), title: item.title, username: item.username ?? "", url: item.url ?? "" };
    }),
    recipient: personal?.recipient ?? "",
    title: details.title,
    group: summary.group,
    ...(summary.language in languages && { language: summary.language as Language }),
    ...(summary.channel !== "none" && { channel: summary.channel as Draft["channel"] }),
    replaces: { handover: summary.handover, title: details.title, recipient: personal?.recipient ?? "", state: summary.state, taken },
  };
  composeWith(part);
}
