// From a chosen file to what is in it: one that is sealed asks for its password, a table for its columns.
import { readInWorker } from "../../../api/exchange.ts";
import { readColumns } from "../../../import/columns.ts";
import type { Table } from "../../../import/csv.ts";
import { detect, type Format } from "../../../import/detect.ts";
import { UnreadableFile, type ImportedVault } from "../../../import/importedVault.ts";
import { mostVaultRows, readTable } from "../../../import/table.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type Sealed = Exclude<Format, "csv" | "kdb">;

export type Chosen = { kind: "table"; name: string; table: Table } | { kind: "file"; name: string; format: Sealed; bytes: Bytes };

/** Throws UnreadableFile. */
export async function choose(file: { name: string; bytes: Bytes }): Promise<Chosen> {
  const format = detect(file.bytes);
  if (format === undefined) throw new UnreadableFile(file.bytes.length === 0 ? "empty" : "unknown");
  if (format === "kdb") throw new UnreadableFile("old-kdb");
  if (format !== "csv") return { kind: "file", name: file.name, format, bytes: file.bytes };
  const { rows, problem } = await readTable(new TextDecoder().decode(file.bytes), mostVaultRows);
  if (problem !== null) throw new UnreadableFile(problem);
  const { targets, ...reading } = readColumns(rows[0] ?? []);
  const width = Math.max(0, ...rows.map((row) => row.length));
  return { kind: "table", name: file.name, table: { rows, ...reading, targets: Array.from({ length: width }, (_, i) => targets[i] ?? "skip") } };
}

export interface Secrets {
  password?: string;
  keyFile?: Bytes;
}

export const readFile = ({ format, bytes }: Extract<Chosen, { kind: "file" }>, { password, keyFile }: Secrets, signal: AbortSignal, onProgress: (done: number) => void): Promise<ImportedVault> =>
  readInWorker({ do: "read", format, bytes, ...(password !== undefined && { password }), ...(keyFile && { keyFile }) }, { signal, onProgress });

export const readTableRows = (table: Table, signal: AbortSignal): Promise<ImportedVault> => readInWorker({ do: "rows", table }, { signal });

/** What a new group made of this file is called, unless the member says otherwise. */
export const groupNameOf = (name: string): string => name.replace(/\.[a-z0-9]{1,5}$/i, "").replaceAll("_", " ").trim();
