// Sizes that say little about what is inside: spec/handover.md §2.
import { concat, fromUtf8, toNumber, uint32, type Bytes } from "./bytes.ts";

/** The next size of the Padmé series, at most 12 % more. */
export function padme(length: number): number {
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
}

/** uint32 length of text || text || zeros up to the Padmé size. */
export const pad = (text: Bytes): Bytes =>
  concat(uint32(text.length), text, new Uint8Array(padme(4 + text.length) - 4 - text.length));

/** The text; undefined for a length beyond the bytes, a padding other than zeros, another size, or what isn't UTF-8. */
export function unpad(padded: Bytes): string | undefined {
  const end = 4 + toNumber(padded.subarray(0, 4));
  if (padded.length < 4 || end > padded.length || padded.length !== padme(end) || padded.subarray(end).some((byte) => byte !== 0)) return undefined;
  try {
    return fromUtf8(padded.slice(4, end));
  } catch {
    return undefined;
  }
}
