// A sealed backup: everything a member can read, in one file under a password of its own. spec/vault.md §6.
import type { Argon2 } from "./argon2.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { empty, fromUtf8, random, utf8, type Bytes } from "./bytes.ts";
import { acceptable, masterKeyOf, masterPasswordCost, type KdfParameters } from "./masterPassword.ts";
import { seal, unseal } from "./seal.ts";
import type { VaultEntry, VaultFile } from "./vaultEntry.ts";
import { parseVaultEntry } from "./vaultEntry.ts";

/** A file with its bytes (base64url) in place of id and key. */
export type BackupFile = Omit<VaultFile, "id" | "key"> & { data: string };

export type BackupEntry = Omit<VaultEntry, "files"> & { files?: BackupFile[] };

export interface BackupGroup {
  name: string;
  icon: string;
  colour: string;
  entries: BackupEntry[];
}

export interface Backup {
  v: 1;
  organization: string;
  /** Unix milliseconds. */
  made: number;
  groups: BackupGroup[];
}

const kind = "baton backup";

/** The exact first line. */
const header = ({ salt, memoryKiB, passes, lanes }: KdfParameters): string =>
  `{"v":1,"kind":"${kind}","salt":"${toBase64url(salt)}","memoryKiB":${memoryKiB},"passes":${passes},"lanes":${lanes}}`;

/** Two lines: the header, then base64url of the sealed content. */
export async function sealBackup(password: string, backup: Backup, argon2: Argon2, progress?: (done: number) => void): Promise<string> {
  const parameters: KdfParameters = { ...masterPasswordCost, salt: random(16) };
  const packed = await through(new CompressionStream("gzip"), utf8(JSON.stringify(backup)));
  const key = await masterKeyOf(password, parameters, argon2, progress);
  const sealed = await seal(key, "backup", empty, packed);
  for (const secret of [key, packed]) secret.fill(0);
  return `${header(parameters)}\n${toBase64url(sealed)}\n`;
}

/** Why a backup doesn't open: it is none, its parameters are ones a client refuses, or the password is wrong. */
export type BackupFault = "form" | "parameters" | "password" | "content";

export async function openBackup(text: string, password: string, argon2: Argon2, progress?: (done: number) => void): Promise<Backup | BackupFault> {
  const [first, second, ...rest] = text.split("\n");
  const parameters = readHeader(first ?? "");
  const sealed = fromBase64url(second);
  if (!parameters || !sealed || rest.some((line) => line !== "") || rest.length > 1) return "form";
  if (!acceptable(parameters)) return "parameters";
  const key = await masterKeyOf(password, parameters, argon2, progress);
  const packed = await unseal(key, "backup", empty, sealed);
  key.fill(0);
  if (packed === undefined) return "password";
  try {
    const backup: Backup = JSON.parse(fromUtf8(await through(new DecompressionStream("gzip"), packed)));
    return isBackup(backup) ? backup : "content";
  } catch {
    return "content";
  }
}

function readHeader(line: string): KdfParameters | undefined {
  const found = /^\{"v":1,"kind":"baton backup","salt":"([\w-]+)","memoryKiB":(\d{1,9}),"passes":(\d{1,9}),"lanes":(\d{1,9})\}$/.exec(line);
  const salt = fromBase64url(found?.[1]);
  const parameters = salt && { salt, memoryKiB: Number(found![2]), passes: Number(found![3]), lanes: Number(found![4]) };
  return parameters && header(parameters) === line ? parameters : undefined;
}

const isBackup = (backup: Backup): boolean =>
  backup.v === 1 &&
  typeof backup.organization === "string" &&
  Number.isSafeInteger(backup.made) &&
  Array.isArray(backup.groups) &&
  backup.groups.every((group) => [group.name, group.icon, group.colour].every((part) => typeof part === "string") && Array.isArray(group.entries) && group.entries.every(isBackupEntry));

// An entry of the vault, but for what its files have: an id and a key stand in for data while it is looked at.
function isBackupEntry({ files, ...entry }: BackupEntry): boolean {
  const [id, key] = [toBase64url(new Uint8Array(16)), toBase64url(new Uint8Array(32))];
  const standIn = files?.map(({ data, ...file }) => ({ ...file, id, key: fromBase64url(data)?.length === file.size ? key : "" }));
  return parseVaultEntry(JSON.stringify({ ...entry, ...(standIn && { files: standIn }) })) !== undefined;
}

async function through(stream: CompressionStream | DecompressionStream, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
