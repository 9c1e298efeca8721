// Baton's own sealed backup → ImportedVault: its groups are the outermost part of the path. spec/vault.md §6.
import { argon2id } from "../protocol/argon2.ts";
import { openBackup, type BackupEntry, type BackupFault } from "../protocol/backup.ts";
import { fromBase64url } from "../protocol/base64url.ts";
import { UnreadableFile, type EntryText, type FieldKind, type ImportedItem, type ImportedVault, type Unreadable } from "./importedVault.ts";

const reasons: Readonly<Record<BackupFault, Unreadable>> = { form: "damaged", parameters: "kdf", password: "password", content: "damaged" };

export async function readBackup(text: string, password: string | undefined, progress: (done: number) => void = () => {}): Promise<ImportedVault> {
  if (password === undefined) throw new UnreadableFile("password-needed");
  const backup = await openBackup(text, password, argon2id, progress);
  if (typeof backup === "string") throw new UnreadableFile(reasons[backup]);
  return { source: "Baton", items: backup.groups.flatMap(({ name, entries }) => entries.map((entry) => itemOf(name, entry))), losses: [] };
}

/** Members that this version doesn't know go back into the vault with the rest. */
function itemOf(group: string, { files = [], folder = [], ...entry }: BackupEntry): ImportedItem {
  return {
    path: [group, ...folder],
    entry: entry as Omit<BackupEntry, "files" | "folder"> & { fields?: { name: string; value: string; kind: FieldKind }[] } as EntryText,
    files: files.map(({ name, data }) => ({ name, bytes: fromBase64url(data)! })),
  };
}
