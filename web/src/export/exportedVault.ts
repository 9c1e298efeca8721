// What goes out: groups with their entries open, attachments as bytes. Each writer says what its format can't carry.
import type { ImportedFile } from "../import/importedVault.ts";

/** An entry's text as in spec/vault.md §2, whose files are beside it. */
export interface ExportedEntry {
  type: string;
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields?: { name: string; value: string; kind: string }[];
  folder?: string[];
  tags?: string[];
  favourite?: boolean;
  old?: { password: string; changed: number }[];
  created?: number;
  changed?: number;
  expires?: number;
  rotateBy?: number;
}

export interface ExportedItem {
  entry: ExportedEntry;
  files: ImportedFile[];
}

export interface ExportedGroup {
  name: string;
  /** Of the group's details; only the sealed backup carries them. */
  icon?: string;
  colour?: string;
  items: ExportedItem[];
}
