// Byte strings as the spec writes them: spec/keys.md, "Notation".

/** Bytes that WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const empty: Bytes = new Uint8Array();

/** UTF-8 of a text. */
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** The text of UTF-8 bytes; throws where they aren't UTF-8. A byte order mark stays what it is. */
export const fromUtf8 = (bytes: Bytes): string => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

/** `||` */
export function concat(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const bigEndian = (length: number, value: number): Bytes => {
  const bytes = new Uint8Array(length);
  for (let i = length - 1; value > 0; value = Math.floor(value / 256)) bytes[i--] = value % 256;
  return bytes;
};

export const uint8 = (value: number): Bytes => bigEndian(1, value);
export const uint32 = (value: number): Bytes => bigEndian(4, value);
export const uint64 = (value: number): Bytes => bigEndian(8, value);
export const uint88 = (value: number): Bytes => bigEndian(11, value);

/** The big-endian number in these (at most 6) bytes. */
export const toNumber = (bytes: Bytes): number => bytes.reduce((value, byte) => value * 256 + byte, 0);

/** Equal bytes, in a time that depends on the length only. */
export const equal = (a: Bytes, b: Bytes): boolean =>
  a.length === b.length && a.reduce((differs, byte, i) => differs | (byte ^ b[i]!), 0) === 0;

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
