// From entries of the vault to a file: attachments fetched and opened one by one, then one of three formats.
import { writeInWorker } from "../../../api/exchange.ts";
import type { Format } from "../../../export/carried.ts";
import { writeCsv } from "../../../export/csv.ts";
import type { ExportedGroup, ExportedItem } from "../../../export/exportedVault.ts";
import type { GroupAccess } from "../keys/vault.ts";
import { download } from "../vault/attachments.ts";
import type { Item } from "../vault/item.ts";

export type Step = { step: "files"; done: number; name: string } | { step: "stretching"; done: number } | { step: "writing" };

interface Order {
  format: Format;
  /** Of the organization. */
  name: string;
  groups: readonly { group: GroupAccess; name: string; items: readonly Item[] }[];
  /** Of the file; CSV has none. */
  password: string;
}

export async function exportVault({ format, name, groups, password }: Order, signal: AbortSignal, onStep: (step: Step) => void): Promise<Uint8Array<ArrayBuffer>> {
  if (format === "csv") {
    onStep({ step: "writing" });
    const open = groups.map(({ name: group, items }): ExportedGroup => ({ name: group, items: items.map(({ entry }) => ({ entry, files: [] })) }));
    return new TextEncoder().encode("\uFEFF" + writeCsv(open)) as Uint8Array<ArrayBuffer>;
  }
  const open = await withFiles(groups, signal, onStep);
  onStep({ step: "stretching", done: 0 });
  return writeInWorker({ do: "write", format, name, made: Date.now(), groups: open, password }, { signal, onProgress: (done) => onStep(done < 1 ? { step: "stretching", done } : { step: "writing" }) });
}

async function withFiles(groups: Order["groups"], signal: AbortSignal, onStep: (step: Step) => void): Promise<ExportedGroup[]> {
  const all = groups.reduce((sum, { items }) => sum + items.reduce((n, { entry }) => n + (entry.files ?? []).reduce((size, file) => size + file.size, 0), 0), 0);
  let fetched = 0;
  const open: ExportedGroup[] = [];
  for (const { group, name, items } of groups) {
    const taken: ExportedItem[] = [];
    for (const { entry } of items) {
      const { files: kept = [], ...text } = entry;
      const files: ExportedItem["files"] = [];
      for (const file of kept) {
        onStep({ step: "files", done: all === 0 ? 1 : fetched / all, name: file.name });
        files.push({ name: file.name, bytes: await download(file, signal, () => {}) });
        fetched += file.size;
      }
      taken.push({ entry: text, files });
    }
    open.push({ name, icon: group.icon ?? "folder", colour: group.colour ?? "teal", items: taken });
  }
  return open;
}
