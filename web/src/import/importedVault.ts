// What every reader of another manager's file gives: entries as spec/vault.md §2 has them, the path they lay under, and
// everything that could not be taken as it was. Nothing here knows a group, a key or the server.
import { entryLimits } from "../protocol/vaultEntry.ts";
import { kindOf } from "./entries.ts";
import { normalizeTotp } from "./totp.ts";

export type FieldKind = "text" | "hidden" | "link" | "date" | "key";

export interface EntryField {
  name: string;
  value: string;
  kind: FieldKind;
}

/** An entry's text without what only the vault gives it: ids and keys of files. Empty members are absent. */
export interface EntryText {
  v: 1;
  type: string;
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields?: EntryField[];
  tags?: string[];
  favourite?: boolean;
  old?: { password: string; changed: number }[];
  created?: number;
  changed?: number;
  passwordChanged?: number;
  expires?: number;
  rotateBy?: number;
}

export interface ImportedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface ImportedItem {
  /** The groups or folders it lay in, from the outside in. */
  path: string[];
  entry: EntryText;
  files: ImportedFile[];
}

/** What is lost, changed or left behind. Each has a text of its own. */
export const lossKinds = ["bin", "totp", "counter", "passkey", "linked", "icon", "autoType", "versions", "oldCut", "file", "fileMissing", "large", "reprompt", "attachments", "template"] as const;
export type LossKind = (typeof lossKinds)[number];

export interface Loss {
  kind: LossKind;
  /** Titles of the entries it befell; empty where it is about the file as a whole. */
  titles: string[];
}

export type Source = "KeePass" | "Bitwarden" | "1Password" | "LastPass" | "Chrome" | "Firefox" | "KeePassXC" | "Dashlane" | "Baton" | "CSV";

export interface ImportedVault {
  source: Source;
  items: ImportedItem[];
  losses: Loss[];
}

/** Why a file can't be read. */
export type Unreadable = "password" | "password-needed" | "unknown" | "damaged" | "old-kdb" | "cipher" | "kdf" | "account-key" | "key-file" | "memory" | "quotes" | "rows" | "empty";

export class UnreadableFile extends Error {
  readonly what: Unreadable;

  constructor(what: Unreadable) {
    super(what);
    this.what = what;
  }
}

/** Largest file: spec/vault.md §4. */
export const mostFileBytes = 32 * 1_048_576;

/** What fits into an entry with room for the rest of it: spec/vault.md §2. */
const mostTextBytes = 200_000;

/** Collects losses by kind while a file is read. */
export class Losses {
  readonly #titles = new Map<LossKind, string[]>();

  add(kind: LossKind, title?: string): void {
    const titles = this.#titles.get(kind) ?? [];
    if (title !== undefined && titles.at(-1) !== title) titles.push(title);
    this.#titles.set(kind, titles);
  }

  list(): Loss[] {
    return [...this.#titles].map(([kind, titles]) => ({ kind, titles })).sort((a, b) => lossKinds.indexOf(a.kind) - lossKinds.indexOf(b.kind));
  }
}

/** What a reader knows of an entry. Texts as found; `build` cleans them. */
export interface Found {
  type?: string;
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields: EntryField[];
  tags?: string[];
  favourite?: boolean;
  old?: { password: string; changed: number }[];
  created?: number | undefined;
  changed?: number | undefined;
  passwordChanged?: number | undefined;
  expires?: number | undefined;
}

/** Undefined for an entry that holds nothing. `files` only says whether there is something beside the texts. */
export function build(found: Found, hasFiles: boolean, losses: Losses): EntryText | undefined {
  const [url, username, notes] = [text(found.url).trim(), text(found.username).trim(), text(found.notes)];
  const password = text(found.password);
  const fields = found.fields.map(({ name, value, kind }) => ({ name: text(name).trim(), value: text(value), kind })).filter(({ value }) => value !== "");
  let title = text(found.title).trim();
  if (title === "" && !url && !username && !password && !found.totp && !notes && fields.length === 0 && !hasFiles) return undefined;
  if (title === "") title = hostOf(url) || username || "?";

  const totp = readTotp(text(found.totp), username || title, title, fields, losses);
  const type = found.type ?? kindOf({ title, url, username, password, totp: totp ?? "", notes });
  const old = newestFirst(found.old ?? [], title, losses);
  if (new TextEncoder().encode(notes + fields.map(({ name, value }) => name + value).join("")).length > mostTextBytes || fields.length > entryLimits.fields) {
    losses.add("large", title);
    return undefined;
  }
  const tags = [...new Set((found.tags ?? []).map((tag) => text(tag).trim()).filter(Boolean))].slice(0, entryLimits.tags);
  return {
    v: 1,
    type,
    title,
    ...(url && { url }),
    ...(username && { username }),
    ...(password && { password }),
    ...(totp && { totp }),
    ...(notes && { notes }),
    ...(fields.length > 0 && { fields }),
    ...(tags.length > 0 && { tags }),
    ...(found.favourite && { favourite: true }),
    ...(old.length > 0 && { old }),
    ...time("created", found.created),
    ...time("changed", found.changed),
    ...time("passwordChanged", found.passwordChanged),
    ...time("expires", found.expires),
  };
}

/** U+0000 has no place in texts, and line ends become one kind. */
const text = (value: string | undefined): string => (value ?? "").replaceAll("\0", "").replace(/\r\n?/g, "\n");

const time = (name: "created" | "changed" | "passwordChanged" | "expires", ms: number | undefined): object =>
  ms !== undefined && Number.isSafeInteger(ms) && ms > 0 ? { [name]: ms } : {};

/** A seed that makes no codes here is kept as a hidden field, so that nothing is lost. */
function readTotp(seed: string, label: string, title: string, fields: EntryField[], losses: Losses): string | undefined {
  if (seed.trim() === "") return undefined;
  const read = normalizeTotp(seed, label);
  if (read.ok) return read.uri;
  fields.push({ name: "TOTP", value: seed, kind: "hidden" });
  losses.add(read.problem === "counter" || read.problem === "steam" ? "counter" : "totp", title);
  return undefined;
}

function newestFirst(old: { password: string; changed: number }[], title: string, losses: Losses): { password: string; changed: number }[] {
  const sorted = old
    .filter(({ password }) => password !== "")
    .map(({ password, changed }) => ({ password: text(password), changed: Number.isSafeInteger(changed) && changed > 0 ? changed : 0 }))
    .sort((a, b) => b.changed - a.changed);
  if (sorted.length > entryLimits.old) losses.add("oldCut", title);
  return sorted.slice(0, entryLimits.old);
}

/** What a value looks like when its file doesn't say: a key, a link, else plain. */
export function kindOfValue(value: string, hidden: boolean): FieldKind {
  if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/m.test(value)) return "key";
  if (hidden) return "hidden";
  return /^https?:\/\/\S+$/i.test(value) ? "link" : "text";
}

export const hostOf = (url: string): string => /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?([^/:?#\s]+)/i.exec(url)?.[1]?.replace(/^www\./, "") ?? "";

/** YYYY-MM-DD in UTC, for fields of kind `date`. */
export const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
