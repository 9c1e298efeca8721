// The one function every key comes out of. spec/keys.md §1.
import { concat, utf8, type Bytes } from "./bytes.ts";

/** The table of spec/keys.md §1; a test compares the two. */
export const derivePurposes = [
  "password salt",
  "locator",
  "claim",
  "content",
  "file",
  "displayed",
  "reply key",
  "sign in",
  "wrap",
  "recovery auth",
  "recovery wrap",
  "history",
  "invite auth",
  "invite mac",
] as const;

export type DerivePurpose = (typeof derivePurposes)[number];

export const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** HMAC-SHA-256. */
export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

/** `"baton/1/" || purpose || 0x00 || fields`: what enters a key or a signature. */
export const labelled = (purpose: string, ...fields: Bytes[]): Bytes => concat(utf8(`baton/1/${purpose}\0`), ...fields);

/** HKDF-SHA-256 (RFC 5869) with any info and length. */
export async function hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8));
}

/** 32 bytes for this purpose; salt is random or `empty`, never a label. */
export const derive = (ikm: Bytes, salt: Bytes, purpose: DerivePurpose | SealPurpose, ...fields: Bytes[]): Promise<Bytes> =>
  hkdf(ikm, salt, labelled(purpose, ...fields), 32);

/** The table of spec/keys.md §2. Sealing derives its one-time key under the same kind of name. */
export const sealPurposes = ["member keys", "details", "personal", "reply", "draft", "group", "entry", "previous key", "previous history", "invitation", "backup"] as const;

export type SealPurpose = (typeof sealPurposes)[number];
