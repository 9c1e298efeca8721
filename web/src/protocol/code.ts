// What people copy, print and scan: links and recovery keys. spec/keys.md §8.
import { concat, equal, uint8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";

export const linkKind = 1;
export const recoveryKind = 2;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

const checksum = async (body: Bytes) => (await sha256(body)).slice(0, 2);

/** 56 characters of Crockford base32: kind (1) || key (32) || checksum (2). */
export async function encodeCode(kind: number, key: Bytes): Promise<string> {
  const body = concat(uint8(kind), key);
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of concat(body, await checksum(body))) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; held &= (1 << bits) - 1) text += alphabet[held >> (bits -= 5)];
  }
  return text;
}

/** The key; undefined for a code that is cut, mistyped or of another kind. */
export async function decodeCode(kind: number, code: string): Promise<Bytes | undefined> {
  const text = code.replace(/[-\s]/g, "").toLowerCase().replace(/[il]/g, "1").replaceAll("o", "0");
  if (text.length !== 56) return undefined;
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    held = (held << 5) | value;
    if ((bits += 5) >= 8) {
      bytes.push(held >> (bits -= 8));
      held &= (1 << bits) - 1;
    }
  }
  const body = new Uint8Array(bytes.slice(0, 33));
  const intact = equal(await checksum(body), new Uint8Array(bytes.slice(33)));
  return intact && body[0] === kind ? body.slice(1) : undefined;
}
