// What people copy, print and scan: links and recovery keys. spec/keys.md §8.
import { fromBase32, toBase32 } from "./base32.ts";
import { concat, equal, uint8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";

export const linkKind = 1;
export const recoveryKind = 2;
export const inviteKind = 3;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const checksum = async (body: Bytes) => (await sha256(body)).slice(0, 2);

/** 56 characters of Crockford base32: kind (1) || key (32) || checksum (2). */
export async function encodeCode(kind: number, key: Bytes): Promise<string> {
  const body = concat(uint8(kind), key);
  return toBase32(alphabet, concat(body, await checksum(body)));
}

const cleaned = (code: string) => code.replace(/[-\s]/g, "").toLowerCase().replace(/[il]/g, "1").replaceAll("o", "0");

/** The key; undefined for a code that is cut, mistyped or of another kind. */
export async function decodeCode(kind: number, code: string): Promise<Bytes | undefined> {
  const text = cleaned(code);
  const bytes = text.length === 56 ? fromBase32(alphabet, text) : undefined;
  const body = bytes?.slice(0, 33);
  return body && body[0] === kind && equal(await checksum(body), bytes!.slice(33)) ? body.slice(1) : undefined;
}

/** Why decodeCode refuses a code, for a screen that can say so; undefined when it does not. */
export async function codeFault(kind: number, code: string): Promise<"character" | "length" | "checksum" | "kind" | undefined> {
  const text = cleaned(code);
  const bytes = fromBase32(alphabet, text);
  if (bytes === undefined) return "character";
  if (text.length !== 56) return "length";
  if (!equal(await checksum(bytes.slice(0, 33)), bytes.slice(33))) return "checksum";
  return bytes[0] === kind ? undefined : "kind";
}
