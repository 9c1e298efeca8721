// Base32 over any alphabet, most significant bit first: Crockford's for codes (spec/keys.md §8), RFC 4648's for TOTP seeds.
import type { Bytes } from "./bytes.ts";

/** Bits that do not fill a character are completed with zeros. */
export const toBase32 = (alphabet: string, bytes: Bytes): string =>
  [...bytes]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
    .replace(/.{1,5}/g, (bits) => alphabet[parseInt(bits.padEnd(5, "0"), 2)]!);

/** Undefined for a character outside the alphabet; bits that do not fill a byte are dropped. */
export const fromBase32 = (alphabet: string, text: string): Bytes | undefined =>
  [...text].every((character) => alphabet.includes(character))
    ? Uint8Array.from(
        text.replace(/./g, (character) => alphabet.indexOf(character).toString(2).padStart(5, "0")).match(/.{8}/g) ?? [],
        (bits) => parseInt(bits, 2),
      )
    : undefined;
