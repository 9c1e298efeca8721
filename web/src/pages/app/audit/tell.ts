// Entries in words. Titles and groups are known from the member's own keys; of others an entry holds hashes only.
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { decodeCard } from "../../../protocol/card.ts";
import { duration, number, plural, t, time, type TextKey } from "../../../ui/text/index.ts";
import { en } from "../../../ui/text/en.ts";
import type { Row } from "../history/store.ts";
import { titleOf } from "../history/title.ts";
import type { Vault } from "../keys/vault.ts";
import { groupName } from "../vault/GroupMark.tsx";
import { nameOf } from "../vault/people.ts";
import { rightName, roleName } from "../words.ts";
import type { Read } from "./entries.ts";

export interface Known {
  vault: Vault;
  /** By handover. */
  rows: ReadonlyMap<string, Row>;
}

/** What happened. */
export function tell({ kind, facts }: Read, { vault }: Known): string {
  const text = (name: string): string => (typeof facts[name] === "string" ? (facts[name] as string) : "");
  const count = (name: string): number => (typeof facts[name] === "number" ? (facts[name] as number) : 0);
  const group = (): string => groupOf(vault, text("group"));
  switch (kind) {
    case "created":
      return t("event.created", { life: duration(count("life")) });
    case "claimed":
      return t("audit.claimed");
    case "guess-failed":
      return plural("event.guess-failed", count("left"));
    case "extended":
      return t("event.extended", { time: time(count("expires")) });
    case "reported":
      return t(text("reason") === "more" ? "event.reported.more" : "event.reported.not-me");
    case "follow-up":
      return t(facts["done"] !== true ? "audit.follow-up.undone" : text("step") === "access-removed" ? "audit.follow-up.access-removed" : "audit.follow-up.rotated");
    case "erased":
      return t(facts["details"] === true ? "event.erased.details" : "event.erased");
    case "card":
      return card(text("card"));
    case "group-created":
    case "group-changed":
      return t(`audit.${kind}`, { group: group() });
    case "group-rotated":
      return t("audit.group-rotated", { group: group(), version: number(count("version")) });
    case "group-state":
      return t("audit.group-state", { group: group(), state: named(`audit.state.${text("state")}`, text("state")) });
    case "grant":
      return t("audit.grant", { group: group(), name: nameOf(text("to")), right: rightName(text("right")) });
    case "grant-ended":
      return t("audit.grant-ended", { group: group(), name: nameOf(text("to")) });
    case "entries":
      return changed(facts["changes"], group());
    case "invited":
      return t("audit.invited", { role: roleName(text("role")) });
    case "suspended":
    case "resumed":
      return t(`audit.${kind}`, { name: nameOf(text("account")) });
    case "sign-in-failed":
      return plural("audit.sign-in-failed", count("count"), { name: nameOf(text("account")) });
    case "signed-out":
      return t(facts["all"] === true ? "audit.signed-out.all" : "audit.signed-out");
    case "policy":
      return t("audit.policy", { number: number(policyNumber(text("text"))) });
    case "retention":
      return count("days") === 0 ? t("audit.retention.ever") : plural("audit.retention", count("days"));
    case "trial":
      return typeof facts["ends"] === "number" ? t("audit.trial", { time: time(count("ends")) }) : t("audit.trial.none");
    case "log":
      return t("audit.log", { origin: text("origin"), reason: text("reason") });
    default:
      return named(`event.${kind}`, named(`audit.${kind}`, kind));
  }
}

/** Who did it. */
export function actorOf({ actor, member }: Read): string {
  return actor === "member" ? nameOf(member ?? "") : t(`actor.${actor}`);
}

/** Which handover it is about, for who may read its title. */
export function subjectOf({ handover, facts }: Read, { rows, vault }: Known): string {
  if (handover === undefined) return "";
  const row = rows.get(handover);
  if (row !== undefined) return titleOf(row);
  return typeof facts["group"] === "string" && vault.groups.has(facts["group"]) ? groupOf(vault, facts["group"]) : t("audit.handover.foreign");
}

/** Every word of the search, somewhere in what is shown of it or in the entry itself. */
export function hasAll(entry: Read, known: Known, words: readonly string[]): boolean {
  const text = [tell(entry, known), actorOf(entry), subjectOf(entry, known), entry.entry.observed?.address ?? "", entry.entry.text].join("\n").toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

const named = (key: string, word: string): string => (key in en ? t(key as TextKey) : word);

const groupOf = (vault: Vault, id: string): string => {
  const group = vault.groups.get(id);
  return group === undefined ? t("group.foreign") : groupName(group);
};

function card(text: string): string {
  const bytes = fromBase64url(text, 235);
  const read = bytes && decodeCard(bytes);
  if (!read) return t("audit.card");
  const name = nameOf(toBase64url(read.member));
  return read.role === "removed" ? t("audit.card.removed", { name }) : t("audit.card.role", { name, role: roleName(read.role) });
}

const acts = ["save", "bin", "restore", "purge"] as const;

function changed(changes: unknown, group: string): string {
  const all = Array.isArray(changes) ? (changes as { act?: unknown }[]) : [];
  const parts = acts.flatMap((act) => {
    const n = all.filter((change) => change?.act === act).length;
    return n === 0 ? [] : [plural(`audit.entries.${act}`, n)];
  });
  return t("audit.entries", { group, what: parts.join(", ") });
}

function policyNumber(text: string): number {
  try {
    const { number: n } = JSON.parse(text) as { number?: unknown };
    return typeof n === "number" ? n : 0;
  } catch {
    return 0;
  }
}
