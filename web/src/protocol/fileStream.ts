// Files in chunks that say their place and whether they are the last: age's STREAM. spec/handover.md §3.
import { decrypt, encrypt } from "./aesGcm.ts";
import { concat, equal, uint8, uint88, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";

/** Plaintext bytes of a chunk. */
export const chunkSize = 65_536;

/** Bytes of a whole chunk on the wire. */
export const sealedChunkSize = chunkSize + 16;

const nonce = (chunk: number, last: boolean): Bytes => concat(uint88(chunk), uint8(last ? 1 : 0));

/** An empty file is one empty last chunk; any other's last chunk isn't empty. */
export const chunkCount = (size: number): number => Math.max(1, Math.ceil(size / chunkSize));

/** Bytes on the wire of a file of this size. */
export const sealedSize = (size: number): number => size + 16 * chunkCount(size);

export const encryptChunk = (fileKey: Bytes, chunk: number, last: boolean, plaintext: Bytes): Promise<Bytes> =>
  encrypt(fileKey, nonce(chunk, last), plaintext);

/** Undefined for a chunk that was changed, moved or cut. */
export async function decryptChunk(fileKey: Bytes, chunk: number, last: boolean, sealed: Bytes): Promise<Bytes | undefined> {
  const plaintext = await decrypt(fileKey, nonce(chunk, last), sealed);
  const fits = last ? plaintext && plaintext.length <= chunkSize && (chunk === 0 || plaintext.length > 0) : plaintext?.length === chunkSize;
  return fits ? plaintext : undefined;
}

/** Yields the chunks of a file as they go on the wire, reading no more than one at a time. */
export async function* encryptFile(fileKey: Bytes, file: Blob): AsyncGenerator<Bytes> {
  const count = chunkCount(file.size);
  for (let chunk = 0; chunk < count; chunk++) {
    const plaintext = new Uint8Array(await file.slice(chunk * chunkSize, (chunk + 1) * chunkSize).arrayBuffer());
    yield encryptChunk(fileKey, chunk, chunk === count - 1, plaintext);
  }
}

/** The whole file out of its bytes on the wire; undefined when it is not of this size and hash. */
export async function decryptFile(fileKey: Bytes, sealed: Bytes, size: number, hash: Bytes): Promise<Bytes | undefined> {
  const count = chunkCount(size);
  const chunks: Bytes[] = [];
  for (let chunk = 0; chunk < count; chunk++) {
    const last = chunk === count - 1;
    const piece = sealed.slice(chunk * sealedChunkSize, last ? undefined : (chunk + 1) * sealedChunkSize);
    const plaintext = await decryptChunk(fileKey, chunk, last, piece);
    if (plaintext === undefined) return undefined;
    chunks.push(plaintext);
  }
  const whole = concat(...chunks);
  return whole.length === size && equal(await sha256(whole), hash) ? whole : undefined;
}
