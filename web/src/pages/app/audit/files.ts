// The history as a file: a table for people, and the exact entries for machines.
import { actorOf, subjectOf, tell, type Known } from "./tell.ts";
import type { Read } from "./entries.ts";

const columns = ["Time (UTC)", "Kind", "What", "By", "Handover", "Handover id", "Address", "Browser", "Log", "Index", "Entry"] as const;

export function auditCsv(entries: readonly Read[], known: Known): string {
  const rows = entries.map((one) => [
    new Date(one.time).toISOString(),
    one.kind,
    tell(one, known),
    actorOf(one),
    subjectOf(one, known),
    one.handover ?? "",
    one.entry.observed?.address ?? "",
    one.entry.observed?.userAgent ?? "",
    String(one.entry.log ?? ""),
    String(one.entry.index ?? ""),
    one.entry.text,
  ]);
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** `text` is exactly what the ledger hashes. */
export const auditJson = (entries: readonly Read[]): string => `${JSON.stringify({ v: 1, entries: entries.map(({ entry }) => entry) }, null, 1)}\n`;

/** RFC 4180; names that others chose must not become formulas of a spreadsheet. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
