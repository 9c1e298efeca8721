// Which kind of file this is, by its first bytes and never by its name alone.
import { looksLikeBitwarden } from "./bitwarden/read.ts";

export type Format = "kdbx" | "kdb" | "1pux" | "bitwarden" | "backup" | "csv";

const signature = [0x03, 0xd9, 0xa2, 0x9a];
const startsWith = (bytes: Uint8Array, start: readonly number[], at = 0): boolean => start.every((byte, i) => bytes[at + i] === byte);

/** Undefined for bytes that are neither one of them nor a text. */
export function detect(bytes: Uint8Array): Format | undefined {
  if (startsWith(bytes, signature)) return startsWith(bytes, [0x65], 4) ? "kdb" : "kdbx";
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return "1pux";
  if (bytes.subarray(0, 4_096).includes(0)) return undefined;
  const text = new TextDecoder().decode(bytes);
  if (/^\s*\{"v":\d+,"kind":"baton backup"/.test(text)) return "backup";
  if (/^\uFEFF?\s*\{/.test(text)) return looksLikeBitwarden(text) ? "bitwarden" : undefined;
  return text.trim() === "" ? undefined : "csv";
}
