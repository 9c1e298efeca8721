// Rows of a table, with what each column is → ImportedVault.
import type { Exporter, Target } from "./columns.ts";
import { entriesFrom } from "./entries.ts";
import { build, Losses, type ImportedItem, type ImportedVault } from "./importedVault.ts";

export interface Table {
  rows: string[][];
  /** The first row holds names. */
  named: boolean;
  exporter: Exporter | null;
  /** One for each column. */
  targets: Target[];
}

export const namesOf = ({ rows, named, targets }: Table): string[] => targets.map((_, i) => (named ? (rows[0]?.[i] ?? "") : "") || `${i + 1}`);
export const dataOf = ({ rows, named }: Table): string[][] => (named ? rows.slice(1) : rows);

export const readRowsOf = (table: Table): ImportedVault => readRows(dataOf(table), namesOf(table), table.targets, table.exporter);

/** `rows` without the row of names. */
export function readRows(rows: readonly (readonly string[])[], names: readonly string[], targets: readonly Target[], exporter: Exporter | null): ImportedVault {
  const losses = new Losses();
  const of = (row: readonly string[], target: Target): string => targets.map((one, i) => (one === target ? (row[i] ?? "") : "")).find((value) => value.trim() !== "")?.trim() ?? "";
  const items = rows.flatMap((row): ImportedItem[] => {
    const [entry] = entriesFrom([row], names, targets);
    if (entry === undefined) return [];
    const { type, ...texts } = entry;
    const text = build({ ...texts, type, tags: of(row, "tags").split(/[;,]/), favourite: /^(1|true|yes|tak|ja)$/i.test(of(row, "favourite")) }, false, losses);
    return text ? [{ path: pathOf(of(row, "folder"), exporter), entry: text, files: [] }] : [];
  });
  return { source: exporter ?? "CSV", items, losses: losses.list() };
}

/** LastPass nests with a backslash, the others with a slash; KeePassXC's first part is the database's own root group. */
function pathOf(folder: string, exporter: Exporter | null): string[] {
  const parts = folder.split(exporter === "LastPass" ? "\\" : "/").map((part) => part.trim()).filter(Boolean);
  return exporter === "KeePassXC" ? parts.slice(1) : parts;
}
