// Attachments of the vault: sealed chunk by chunk under a key that stands in the entry. spec/vault.md §4.
import { Problem } from "../../../api/http.ts";
import { attachmentChunks, newAttachment, putAttachmentChunk } from "../../../api/vault.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { concat, random, type Bytes } from "../../../protocol/bytes.ts";
import { sha256 } from "../../../protocol/derive.ts";
import { chunkCount, decryptFile, encryptFile, sealedSize } from "../../../protocol/fileStream.ts";
import type { VaultFile } from "../../../protocol/vaultEntry.ts";

export type Progress = (done: number) => void;

/** What came isn't what was attached, or the file on this computer can't be read. */
export class BrokenFile extends Error {}

const pauses = [500, 2_000, 5_000];

/** Sends the file; what comes back goes into the entry. Until an entry that is saved refers to it nobody sees it. */
export async function upload(file: File, group: string, signal: AbortSignal, progress: Progress): Promise<VaultFile> {
  const [id, key] = [random(16), random(32)];
  const name = toBase64url(id);
  const hash = await sha256(await read(file));
  await newAttachment(name, group, sealedSize(file.size), signal);
  const all = chunkCount(file.size);
  let chunk = 0;
  for await (const bytes of encryptFile(key, file)) {
    await withPatience(signal, () => putAttachmentChunk(name, chunk, bytes, signal));
    progress(++chunk / all);
  }
  return { id: name, name: file.name, size: file.size, sha256: toBase64url(hash), key: toBase64url(key) };
}

async function read(file: File): Promise<Bytes> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new BrokenFile(file.name);
  }
}

const chunksAtOnce = 16;

/** The whole file, checked. */
export async function download(file: VaultFile, signal: AbortSignal, progress: Progress): Promise<Bytes> {
  const [key, hash] = [fromBase64url(file.key, 32), fromBase64url(file.sha256, 32)];
  if (key === undefined || hash === undefined) throw new BrokenFile(file.name);
  const all = chunkCount(file.size);
  const parts: Bytes[] = [];
  for (let first = 0; first < all; first += chunksAtOnce) {
    const count = Math.min(chunksAtOnce, all - first);
    parts.push(await withPatience(signal, () => attachmentChunks(file.id, first, count, signal)));
    progress((first + count) / all);
  }
  const whole = await decryptFile(key, concat(...parts), file.size, hash);
  if (whole === undefined) throw new BrokenFile(file.name);
  return whole;
}

/** A dropped connection is tried again a few times before anybody is bothered. */
async function withPatience<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Problem) || !["offline", "too-many-requests", "not-ready"].includes(error.type)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
    }
  }
  return call();
}

/** Names from elsewhere may hold paths, or signs that turn the reading direction. */
const safeName = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "_").slice(-120) || "file";

/** Saved as bytes only: a browser must never open what somebody attached. */
export function saveAs(name: string, bytes: Bytes): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = safeName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
