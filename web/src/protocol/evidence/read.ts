// A file with its texts parsed once, for the steps of the verification. What doesn't parse is undefined: the step whose matter
// that is fails, and the others go on with the rest.
import { fromBase64url, toBase64url } from "../base64url.ts";
import type { Bytes } from "../bytes.ts";
import { parseCreated, type CreatedEntry } from "../ledgerEntry.ts";
import { parseCheckpoint, parseVerifyingKey, type Checkpoint, type VerifyingKey } from "../ledger/note.ts";
import { readEntry, type EntryMembers } from "./entries.ts";
import type { EvidenceEntry, EvidenceFile, EvidenceHandover } from "./file.ts";

export interface ReadEntryPart {
  part: EvidenceEntry;
  /** Where it stands, as jq writes it. */
  where: string;
  members: EntryMembers | undefined;
}

export interface ReadHandover {
  part: EvidenceHandover;
  where: string;
  entries: ReadEntryPart[];
  created: CreatedEntry | undefined;
  /** The first of its kind. */
  first(kind: string): ReadEntryPart | undefined;
  /** All of a kind, that can be read. */
  all(kind: string): (ReadEntryPart & { members: EntryMembers })[];
}

export interface ReadFile {
  file: EvidenceFile;
  keys: (VerifyingKey | undefined)[];
  checkpoints: (Checkpoint | undefined)[];
  openings: ReadEntryPart[];
  handovers: ReadHandover[];
}

/** In the installation's own entries. */
const noOrganization = toBase64url(new Uint8Array(16));

export async function readFile(file: EvidenceFile): Promise<ReadFile> {
  const entry = (part: EvidenceEntry, where: string, org: string, handover?: string): ReadEntryPart => ({ part, where, members: readEntry(part.text, org, handover) });
  return {
    file,
    keys: await Promise.all(file.logs.map(({ key }) => parseVerifyingKey(key))),
    checkpoints: file.checkpoints.map(({ note }) => parseCheckpoint(note)),
    openings: file.openings.map((part, i) => entry(part, `openings[${i}]`, noOrganization)),
    handovers: file.handovers.map((part, i) => {
      const where = `handovers[${i}]`;
      const entries = part.entries.map((one, n) => entry(one, `${where}.entries[${n}]`, file.organization.id, part.handover));
      const first = (kind: string) => entries.find(({ members }) => members?.kind === kind);
      const created = first("created");
      return {
        part,
        where,
        entries,
        created: created && parseCreated(created.part.text),
        first,
        all: (kind) => entries.filter((one): one is ReadHandover["entries"][number] & { members: EntryMembers } => one.members?.kind === kind),
      };
    }),
  };
}

/** The last checkpoint of a log. */
export const lastOf = ({ file, checkpoints }: ReadFile, log: number): Checkpoint | undefined => checkpoints[file.checkpoints.findLastIndex((one) => one.log === log)];

/** Bytes of a text that was found to be some, by the form of the file or of the entry. */
export const bytesOf = (text: unknown): Bytes => fromBase64url(text) ?? new Uint8Array();
