import type { Bytes } from "../src/protocol/bytes.ts";

export const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, "hex"));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
