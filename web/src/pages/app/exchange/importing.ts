// An import in writing: groups, then attachments and entries, 200 at a time. The server takes each request whole or not at
// all, but fifty of them are no transaction; so whatever stops the import takes back what it wrote, and says so.
import { createGroup } from "../../../api/groups.ts";
import type { PlacedItem } from "../../../import/place.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import { random } from "../../../protocol/bytes.ts";
import type { VaultEntry, VaultFile } from "../../../protocol/vaultEntry.ts";
import { refreshSession } from "../access/access.ts";
import { newGroup } from "../keys/grouping.ts";
import type { Vault } from "../keys/vault.ts";
import { upload } from "../vault/attachments.ts";
import { items } from "../vault/store.ts";
import { Stale, write, type Save } from "../vault/write.ts";
import { alone, dropJournal, entryId, keepJournal, type Journal } from "./journal.ts";
import { patiently } from "./patience.ts";
import { undo, type Undone } from "./undo.ts";

export interface Part {
  /** An existing group's id, or the name of a new one. */
  into: { group: string } | { name: string };
  items: readonly PlacedItem[];
}

export interface Progress {
  entries: number;
  of: number;
  /** The attachment that is on its way. */
  file: string | null;
}

export interface Imported {
  entries: number;
  /** Where to look first. */
  group: string;
}

/** It stopped, and what became of what it had written. `left`: taking it back failed as well, and can be tried again. */
export class ImportStopped extends Error {
  readonly reason: unknown;
  readonly undone: Undone | null;
  readonly journal: Journal;

  constructor(reason: unknown, undone: Undone | null, journal: Journal) {
    super("The import stopped.");
    this.reason = reason;
    this.undone = undone;
    this.journal = journal;
  }
}

const batchSize = 200;
const batchText = 2_000_000;

interface Options {
  signal: AbortSignal;
  mayPurge: (group: string) => boolean;
  onProgress: (progress: Progress) => void;
  onUndo: () => void;
}

/** All of it or nothing. Throws Busy and ImportStopped. */
export const runImport = (vault: Vault, parts: readonly Part[], options: Options): Promise<Imported> => alone(() => importAll(vault, parts, options));

async function importAll(vault: Vault, parts: readonly Part[], { signal, mayPurge, onProgress, onUndo }: Options): Promise<Imported> {
  const seed = random(16);
  const of = parts.reduce((sum, part) => sum + part.items.length, 0);
  const journal: Journal = { member: vault.session.member.id, seed: toBase64url(seed), count: of, made: [], into: [] };
  let first = "";
  let done = 0;
  try {
    for (const { into, items } of parts) {
      signal.throwIfAborted();
      const group = "group" in into ? enter(journal, into.group) : await make(vault, journal, into.name);
      first ||= group;
      let batch: Save[] = [];
      let length = 0;
      const flush = async (): Promise<void> => {
        await writeBatch(batch, signal);
        done += batch.length;
        onProgress({ entries: done, of, file: null });
        [batch, length] = [[], 0];
      };
      for (const item of items) {
        const files = await sendFiles(item, group, signal, (file) => onProgress({ entries: done + batch.length, of, file }));
        const entry: VaultEntry = { ...item.entry, ...(files.length > 0 && { files }) };
        const size = JSON.stringify(entry).length;
        if (batch.length === batchSize || length + size > batchText) await flush();
        batch.push({ act: "save", group, id: await entryId(seed, done + batch.length), base: 0, entry });
        length += size;
      }
      if (batch.length > 0) await flush();
    }
    dropJournal();
    return { entries: done, group: first };
  } catch (reason) {
    onUndo();
    const undone = await undo(journal, mayPurge).catch(() => null);
    throw new ImportStopped(reason, undone, journal);
  }
}

function enter(journal: Journal, group: string): string {
  let after = 0;
  for (const item of items.value.values()) if (item.group === group) after = Math.max(after, item.change);
  journal.into.push({ group, after });
  keepJournal(journal);
  return group;
}

async function make(vault: Vault, journal: Journal, name: string): Promise<string> {
  const request = await newGroup(vault, { name, icon: "folder", colour: "teal" }, new Map());
  journal.made.push(request.group);
  keepJournal(journal);
  await createGroup(request);
  await refreshSession();
  return request.group;
}

async function sendFiles({ files }: PlacedItem, group: string, signal: AbortSignal, onFile: (name: string) => void): Promise<VaultFile[]> {
  const sent: VaultFile[] = [];
  for (const { name, bytes } of files) {
    onFile(name);
    sent.push(await upload(new File([bytes], name), group, signal, () => {}));
  }
  return sent;
}

/** A repeated request whose first answer got lost is refused as stale: these ids are ours alone, so it was written. */
async function writeBatch(batch: readonly Save[], signal: AbortSignal): Promise<void> {
  let repeated = false;
  try {
    await patiently(signal, () => write([batch], { signal }), () => (repeated = true));
  } catch (error) {
    if (!(repeated && error instanceof Stale)) throw error;
  }
}

