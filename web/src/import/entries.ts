// Rows of a table → entries for the composer.

import type { Target } from "./columns.ts";

export type EntryType = "login" | "server" | "database" | "mailbox" | "domain" | "wifi" | "card" | "note";
export type FieldKind = "text" | "hidden" | "link" | "key";

export interface ImportedEntry {
  type: EntryType;
  title: string;
  url: string;
  username: string;
  password: string;
  totp: string;
  notes: string;
  fields: { name: string; value: string; kind: FieldKind }[];
}

/** One entry for each row that holds anything. `names` are the columns' names, for the fields named after them. */
export function entriesFrom(rows: readonly (readonly string[])[], names: readonly string[], targets: readonly Target[]): ImportedEntry[] {
  return rows.map((row) => entryFrom(row, names, targets)).filter((entry) => entry !== null);
}

function entryFrom(row: readonly string[], names: readonly string[], targets: readonly Target[]): ImportedEntry | null {
  const entry: ImportedEntry = { type: "login", title: "", url: "", username: "", password: "", totp: "", notes: "", fields: [] };
  let kind = "";
  targets.forEach((target, column) => {
    const value = clean(row[column] ?? "");
    if (value === "" || target === "skip" || target === "folder" || target === "tags" || target === "favourite") return;
    if (target === "type") kind = value.toLowerCase();
    else if (target === "fields") entry.fields.push(...bitwardenFields(value));
    else if (target === "text" || target === "hidden") entry.fields.push({ name: names[column]?.trim() || `${column + 1}`, value, kind: target });
    else if (target === "password" || target === "notes") entry[target] = value;
    else entry[target] = value.trim();
  });

  // LastPass writes a secure note as a login at this address.
  if (entry.url === "http://sn") {
    entry.url = "";
    kind = "note";
  }
  if (isEmpty(entry)) return null;
  entry.type = kindOf(entry, kind);
  if (entry.title === "") entry.title = hostOf(entry.url) || entry.username;
  return entry;
}

/** Spec: texts hold no U+0000. Line ends become one kind, so that commitments and receipts don't hang on the exporter's system. */
function clean(value: string): string {
  return value.replaceAll("\u0000", "").replace(/\r\n?/g, "\n");
}

function isEmpty(entry: ImportedEntry): boolean {
  return !entry.title && !entry.url && !entry.username && !entry.password && !entry.totp && !entry.notes && entry.fields.length === 0;
}

function bitwardenFields(text: string): ImportedEntry["fields"] {
  return text.split("\n").filter((line) => line.trim() !== "").map((line) => {
    const at = line.indexOf(": ");
    const name = at > 0 ? line.slice(0, at) : "";
    return { name, value: at > 0 ? line.slice(at + 2) : line, kind: /pass|pin|secret|token|key|hasł/i.test(name) ? "hidden" : "text" };
  });
}

/** What an entry probably is, by what it holds; `kind` is what its file calls it. */
export function kindOf(entry: Pick<ImportedEntry, "title" | "url" | "username" | "password" | "totp" | "notes">, kind = ""): EntryType {
  if (kind === "note" || (!entry.password && !entry.username && !entry.url && !entry.totp && entry.notes)) return "note";
  if (kind === "card") return "card";
  if (!entry.url && !entry.username && entry.password && /\b(wi-?fi|wlan)\b/i.test(entry.title)) return "wifi";
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(entry.url)?.[1]?.toLowerCase() ?? "";
  if (["ssh", "sftp", "ftp", "ftps", "rdp", "vnc"].includes(scheme)) return "server";
  if (/^(jdbc:)?(mysql|mariadb|postgres|postgresql|mongodb|mongodb\+srv|redis|sqlserver|mssql|oracle)/.test(entry.url.toLowerCase())) return "database";
  if (["imap", "imaps", "pop3", "smtp", "smtps"].includes(scheme)) return "mailbox";
  return "login";
}

function hostOf(url: string): string {
  return /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?([^/:?#\s]+)/i.exec(url)?.[1]?.replace(/^www\./, "") ?? "";
}
