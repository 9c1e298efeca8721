// The claim and the files: what the network gives, checked. spec/handover.md §5.
import { fromBase64url, toBase64url } from "../../protocol/base64url.ts";
import { concat, equal, type Bytes } from "../../protocol/bytes.ts";
import { sha256 } from "../../protocol/derive.ts";
import { chunkCount, decryptChunk, sealedChunkSize } from "../../protocol/fileStream.ts";
import { claimKeyOf, secretOf } from "../../protocol/handoverKeys.ts";
import { openClaimed, type LinkOpened, type Opened } from "../../protocol/opened.ts";
import { exportSpki } from "../../protocol/signatures.ts";
import { post, type Answer } from "./network.ts";

/** What lookup tells. */
export interface Ready {
  hasPassword: boolean;
  expiresAt: number;
  language: string;
  organization: string;
  sender?: string;
}

/** The answer's texts, what they hold, and what shows the server who is asking. */
export type Claimed = Opened & { answer: LinkOpened; proof: object };

/** The answer when the server refuses; undefined when what it gave is not what the sender signed. */
export async function claim(linkKey: Bytes, passwordKey: Bytes, locator: Bytes, reader: CryptoKeyPair): Promise<Claimed | Answer | undefined> {
  const secret = secretOf(linkKey, passwordKey);
  const readerKey = toBase64url(await exportSpki(reader.publicKey));
  const proof = { locator: toBase64url(locator), claimKey: toBase64url(await claimKeyOf(secret, locator)), readerKey };
  const answer = await post("claim", proof);
  if (!answer.ok) return answer;
  const opened = await openClaimed(secret, locator, readerKey, answer.json);
  return opened && { ...opened, answer: answer.json, proof };
}

/** A Blob for each file; undefined when one is wrong, null when the server gives no more. */
export async function fetchFiles({ content, fileKey, proof }: Claimed, progress: (done: number) => void): Promise<Blob[] | undefined | null> {
  const files = content.files ?? [];
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const blobs: Blob[] = [];
  let done = 0;
  for (const [file, { size, sha256: hash }] of files.entries()) {
    const key = await fileKey(file);
    const count = chunkCount(size);
    const parts: Bytes[] = [];
    for (let chunk = 0; chunk < count; ) {
      const chunks = Math.min(8, count - chunk);
      const { ok, bytes } = await post("file", { ...proof, file, firstChunk: chunk, chunks });
      if (!ok) return null;
      // The last of them takes the rest, so that nothing can hang on unseen.
      for (let i = 0; i < chunks; i++, chunk++) {
        const part = await decryptChunk(key, chunk, chunk === count - 1, bytes.slice(i * sealedChunkSize, i < chunks - 1 ? (i + 1) * sealedChunkSize : undefined));
        if (!part) return undefined;
        parts.push(part);
        progress((done += part.length) / all);
      }
    }
    const whole = concat(...parts);
    if (whole.length !== size || !equal(await sha256(whole), fromBase64url(hash)!)) return undefined;
    blobs.push(new Blob([whole]));
  }
  return blobs;
}
