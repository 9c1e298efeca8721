// Bitwarden's password-protected export: PBKDF2 or Argon2id, HKDF-Expand to two keys, AES-256-CBC with HMAC-SHA-256
// (its encryption type 2). The account-bound kind opens in Bitwarden's own account only.
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { UnreadableFile } from "../importedVault.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface Protected {
  salt: string;
  /** 0: PBKDF2 with SHA-256, 1: Argon2id */
  kdfType: number;
  kdfIterations: number;
  /** MiB */
  kdfMemory?: number;
  kdfParallelism?: number;
  encKeyValidation_DO_NOT_EDIT: string;
  data: string;
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

/** The plain export's text. Throws UnreadableFile. */
export async function decrypt(file: Protected, password: string, progress: (done: number) => void): Promise<string> {
  const key = await stretch(file, password, progress);
  const [encryption, mac] = [await expand(key, "enc"), await expand(key, "mac")];
  if ((await open(file.encKeyValidation_DO_NOT_EDIT, encryption, mac)) === undefined) throw new UnreadableFile("password");
  const plain = await open(file.data, encryption, mac);
  if (plain === undefined) throw new UnreadableFile("damaged");
  return new TextDecoder().decode(plain);
}

async function stretch({ salt, kdfType, kdfIterations, kdfMemory = 64, kdfParallelism = 4 }: Protected, password: string, progress: (done: number) => void): Promise<Bytes> {
  if (!Number.isInteger(kdfIterations) || kdfIterations < 1 || kdfIterations > 10_000_000) throw new UnreadableFile("damaged");
  if (kdfType === 0) {
    const imported = await crypto.subtle.importKey("raw", utf8(password), "PBKDF2", false, ["deriveBits"]);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: utf8(salt), iterations: kdfIterations }, imported, 256));
  }
  if (kdfType !== 1) throw new UnreadableFile("kdf");
  if (!(kdfMemory >= 1 && kdfMemory <= 1_024 && kdfParallelism >= 1 && kdfParallelism <= 64)) throw new UnreadableFile("memory");
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(salt)));
  return (await argon2idAsync(utf8(password), hashed, { m: kdfMemory * 1_024, t: kdfIterations, p: kdfParallelism, dkLen: 32, asyncTick: 100, onProgress: progress })) as Bytes;
}

/** HKDF-Expand (RFC 5869) for one block: HMAC(key, info || 0x01). */
async function expand(key: Bytes, info: string): Promise<Bytes> {
  return hmac(key, new Uint8Array([...utf8(info), 1]));
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** "2.iv|ciphertext|mac", each base64. */
async function open(text: string, encryption: Bytes, mac: Bytes): Promise<Bytes | undefined> {
  const parts = /^2\.([^|]+)\|([^|]*)\|([^|]+)$/.exec(String(text));
  if (parts === null) throw new UnreadableFile("damaged");
  const [iv, ciphertext, tag] = parts.slice(1).map(base64) as [Bytes, Bytes, Bytes];
  const imported = await crypto.subtle.importKey("raw", mac, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signed = new Uint8Array(iv.length + ciphertext.length);
  signed.set(iv);
  signed.set(ciphertext, iv.length);
  if (!(await crypto.subtle.verify("HMAC", imported, tag, signed))) return undefined;
  try {
    const aes = await crypto.subtle.importKey("raw", encryption, "AES-CBC", false, ["decrypt"]);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, aes, ciphertext));
  } catch {
    return undefined;
  }
}

function base64(text: string): Bytes {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    throw new UnreadableFile("damaged");
  }
}
