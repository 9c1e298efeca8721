// The sealed backup: everything of the groups chosen, in a documented format. spec/vault.md §6.
import { argon2id } from "../protocol/argon2.ts";
import { sealBackup, type BackupEntry } from "../protocol/backup.ts";
import { toBase64url } from "../protocol/base64url.ts";
import { sha256 } from "../protocol/derive.ts";
import type { ExportedGroup, ExportedItem } from "./exportedVault.ts";

export async function writeBackup(organization: string, made: number, groups: readonly ExportedGroup[], password: string, progress: (done: number) => void = () => {}): Promise<Uint8Array<ArrayBuffer>> {
  const open = await Promise.all(groups.map(async ({ name, icon = "folder", colour = "teal", items }) => ({ name, icon, colour, entries: await Promise.all(items.map(entryOf)) })));
  return new TextEncoder().encode(await sealBackup(password, { v: 1, organization, made, groups: open }, argon2id, progress)) as Uint8Array<ArrayBuffer>;
}

async function entryOf({ entry, files }: ExportedItem): Promise<BackupEntry> {
  const kept = await Promise.all(files.map(async ({ name, bytes }) => ({ name, size: bytes.length, sha256: toBase64url(await sha256(bytes)), data: toBase64url(bytes) })));
  return { v: 1, ...entry, ...(kept.length > 0 && { files: kept }) };
}
