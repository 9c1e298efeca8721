// One row an entry, every secret in the clear. Its columns are ones that our own import and others' recognize.
import type { ExportedEntry, ExportedGroup } from "./exportedVault.ts";

const columns = ["Folder", "Title", "URL", "Username", "Password", "TOTP", "Notes", "Fields", "Tags", "Type"] as const;

export function writeCsv(groups: readonly ExportedGroup[]): string {
  const rows = groups.flatMap(({ name, items }) => items.map(({ entry }) => rowOf(name, entry)));
  return [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n") + "\r\n";
}

const rowOf = (group: string, entry: ExportedEntry): string[] => [
  [group, ...(entry.folder ?? [])].map((part) => part.replaceAll("/", "∕")).join("/"),
  entry.title,
  entry.url ?? "",
  entry.username ?? "",
  entry.password ?? "",
  entry.totp ?? "",
  entry.notes ?? "",
  (entry.fields ?? []).map(({ name, value }) => `${name}: ${value}`).join("\n"),
  (entry.tags ?? []).join(";"),
  entry.type,
];

/** RFC 4180. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
