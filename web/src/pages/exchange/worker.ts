// Files of other password managers are opened and written here, away from the page, so that neither a long key
// derivation nor ten thousand entries hold it up. It sees secrets and no network; it ends with its answer.
import type { ExportedGroup } from "../../export/exportedVault.ts";
import { writeBackup } from "../../export/backup.ts";
import { writeKdbx } from "../../export/kdbx.ts";
import { readBackup } from "../../import/backup.ts";
import { readRowsOf, type Table } from "../../import/csv.ts";
import { readBitwarden } from "../../import/bitwarden/read.ts";
import { UnreadableFile, type ImportedItem, type ImportedVault, type Unreadable } from "../../import/importedVault.ts";
import { readKdbx } from "../../import/kdbx/read.ts";
import { readOnePux } from "../../import/onePux.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export type Order =
  | { do: "read"; format: "kdbx" | "bitwarden" | "1pux" | "backup"; bytes: Bytes; password?: string; keyFile?: Bytes }
  | { do: "rows"; table: Table }
  | { do: "write"; format: "kdbx" | "backup"; name: string; made: number; groups: ExportedGroup[]; password: string };

/** Items come in slices, so that the page never takes them all in one breath. */
export type Answer =
  | { progress: number }
  | { items: ImportedItem[] }
  | { read: Omit<ImportedVault, "items"> }
  | { written: Bytes }
  | { unreadable: Unreadable };

const sliceSize = 500;

const scope = self as unknown as { onmessage: (event: MessageEvent<Order>) => void; postMessage(message: Answer, transfer?: Transferable[]): void };

scope.onmessage = async ({ data }) => {
  let told = 0;
  const progress = (done: number): void => {
    if (done - told < 0.02) return;
    told = done;
    scope.postMessage({ progress: done });
  };
  try {
    if (data.do === "write") return scope.postMessage({ written: await write(data, progress) });
    const { items, ...rest } = data.do === "rows" ? readRowsOf(data.table) : await read(data, progress);
    for (let at = 0; at < items.length; at += sliceSize) scope.postMessage({ items: items.slice(at, at + sliceSize) });
    scope.postMessage({ read: rest });
  } catch (error) {
    scope.postMessage({ unreadable: error instanceof UnreadableFile ? error.what : "damaged" });
  }
};

const write = ({ format, name, made, groups, password }: Extract<Order, { do: "write" }>, progress: (done: number) => void): Promise<Bytes> =>
  format === "kdbx" ? writeKdbx(name, groups, password, progress) : writeBackup(name, made, groups, password, progress);

async function read({ format, bytes, password, keyFile }: Extract<Order, { do: "read" }>, progress: (done: number) => void): Promise<ImportedVault> {
  if (format === "kdbx") return readKdbx(bytes, password, keyFile, progress);
  if (format === "1pux") return readOnePux(bytes);
  const text = new TextDecoder().decode(bytes);
  return format === "backup" ? readBackup(text, password, progress) : readBitwarden(text, password, progress);
}
