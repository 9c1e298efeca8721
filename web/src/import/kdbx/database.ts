// kdbxweb with Argon2 from the library that the rest of Baton uses. Runs in the import worker and in Node: there is no
// DOMParser in either, so it takes xmldom's.
import { argon2dAsync, argon2idAsync } from "@noble/hashes/argon2.js";
import kdbxweb from "kdbxweb";
import { UnreadableFile } from "../importedVault.ts";

export type Progress = (done: number) => void;

/** kdbxweb keeps one implementation for all; what it tells goes to whoever works now. */
let told: Progress = () => {};

const argon2d = 0;

kdbxweb.CryptoEngine.setArgon2Impl(async (password, salt, memory, iterations, length, parallelism, type, version) => {
  if (memory > 1_048_576 || parallelism > 64) throw new UnreadableFile("memory");
  const stretch = type === argon2d ? argon2dAsync : argon2idAsync;
  const key = await stretch(new Uint8Array(password), new Uint8Array(salt), { m: memory, t: iterations, p: parallelism, dkLen: length, version, asyncTick: 100, onProgress: told });
  return key.slice().buffer as ArrayBuffer;
});

export function onProgress(progress: Progress): void {
  told = progress;
}

export async function credentialsOf(password: string | undefined, keyFile: Uint8Array<ArrayBuffer> | undefined): Promise<kdbxweb.Credentials> {
  try {
    const credentials = new kdbxweb.Credentials(password === undefined ? null : kdbxweb.ProtectedValue.fromString(password), keyFile ?? null);
    return await credentials.ready;
  } catch {
    throw new UnreadableFile("key-file");
  }
}

/** Everything that kdbxweb throws, in our words. */
export function unreadable(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code === "InvalidKey") return new UnreadableFile("password");
  if (code === "BadSignature") return new UnreadableFile("unknown");
  if (code === "InvalidVersion") return new UnreadableFile("old-kdb");
  if (code === "Unsupported") return new UnreadableFile(/cipher/i.test(message ?? "") ? "cipher" : "kdf");
  if (error instanceof RangeError) return new UnreadableFile("memory");
  return new UnreadableFile("damaged");
}

export { kdbxweb };
