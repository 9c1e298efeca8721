// What is wrong with a draft, by the place where it is said. Nothing wrong: an empty object.
import { normalizeTotp } from "../../../import/totp.ts";
import { normalPassword } from "../../../protocol/accessPassword.ts";
import { duration, number, plural, size, t } from "../../../ui/text/index.ts";
import type { Score } from "../password/strength.ts";
import type { Vault } from "../keys/vault.ts";
import { lifeSeconds, standards, stillLost, type Draft, type DraftEntry } from "./draft.ts";
import type { Rules } from "./rules.ts";
import { groupOf } from "./whose.ts";

/** Keys: "entries", "files", "group", "lost", "recipient", "life", "own", "withoutPassword", and "title:KEY", "totp:KEY", "entry:KEY". */
export type Wrongs = Record<string, string>;

const mostEntries = 500;
const leastScore = 3;

/** How strong an own access password is; null while it is being estimated. */
export interface Strength {
  score: Score | null;
  bits: number | null;
}

export function check(draft: Draft, rules: Rules, vault: Vault, own: Strength): Wrongs {
  const wrongs: Wrongs = {};
  const { limits } = rules;
  if (draft.entries.length === 0) wrongs["entries"] = t("send.noEntries");
  if (draft.entries.length > mostEntries) wrongs["entries"] = t("send.tooMany", { n: mostEntries, count: number(draft.entries.length) });
  for (const entry of draft.entries) Object.assign(wrongs, checkEntry(entry));
  Object.assign(wrongs, checkFiles(draft, rules));
  if (groupOf(draft, vault) === undefined) wrongs["group"] = t("whose.none");
  if (stillLost(draft).length > 0) wrongs["lost"] = t("files.lost.need");
  if (draft.recipient.trim() === "") wrongs["recipient"] = t("need.value");

  const seconds = lifeSeconds(draft);
  if (!(seconds >= limits.lifeMinSeconds && seconds <= limits.lifeMaxSeconds))
    wrongs["life"] = t("life.range", { min: duration(limits.lifeMinSeconds), max: duration(limits.lifeMaxSeconds) });

  if (draft.access === "own") {
    const normal = normalPassword(draft.own);
    if (normal === "") wrongs["own"] = t("need.value");
    else if (draft.entries.some((entry) => entry.password !== "" && normalPassword(entry.password) === normal)) wrongs["own"] = t("access.own.same");
    else if (own.score !== null && own.score < leastScore) wrongs["own"] = t("access.own.weak");
    else if (own.bits !== null && own.bits < rules.passwordBits) wrongs["own"] = t("rules.own", { n: number(rules.passwordBits), bits: number(Math.floor(own.bits)) });
  }
  if (draft.access === "none" && !draft.withoutPassword) wrongs["withoutPassword"] = t("access.none.need");
  return wrongs;
}

/** Those of the vault are taken as they are, so that they may be more than fits. */
function checkFiles(draft: Draft, { limits, byPolicy }: Rules): Wrongs {
  const files = draft.entries.flatMap((entry) => entry.files);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > 0 && byPolicy.files) return { files: t("rules.files") };
  if (files.length > limits.files) return { files: t("files.tooMany", { n: limits.files }) };
  return bytes > limits.fileBytes ? { files: t("rules.files.size", { size: size(bytes), max: size(limits.fileBytes) }) } : {};
}

function checkEntry(entry: DraftEntry): Wrongs {
  const wrongs: Wrongs = {};
  if (entry.title.trim() === "") wrongs[`title:${entry.key}`] = t("need.title");
  if (entry.totp !== "" && !entry.out.includes("totp")) {
    const totp = normalizeTotp(entry.totp, entry.title);
    if (!totp.ok) wrongs[`totp:${entry.key}`] = t(`compose.totp.${totp.problem}`);
  }
  if (!handsOverAnything(entry)) wrongs[`entry:${entry.key}`] = t("send.nothing", { title: entry.title || t("compose.untitled") });
  return wrongs;
}

const handsOverAnything = (entry: DraftEntry): boolean =>
  entry.files.length > 0 || standards.some((name) => entry[name] !== "" && !entry.out.includes(name)) || entry.fields.some((field) => field.value !== "" && !field.out);

export const wrongEntries = (wrongs: Wrongs): Set<number> => new Set(Object.keys(wrongs).flatMap((key) => (/^\w+:(\d+)$/.test(key) ? [Number(key.split(":")[1])] : [])));

export const entriesText = (n: number): string => plural("compose.entries.count", n);
