// Argon2id (RFC 9106, version 0x13), p = 1, 32 bytes. spec/keys.md §4. In a browser it runs in a worker.
import { argon2idAsync } from "@noble/hashes/argon2.js";
import type { Bytes } from "./bytes.ts";

/** What to stretch and how. */
export interface Argon2Input {
  password: Bytes;
  salt: Bytes;
  memoryKiB: number;
  passes: number;
}

/** Who can stretch: this module, or a worker that runs it. */
export type Argon2 = (input: Argon2Input, progress?: (done: number) => void) => Promise<Bytes>;

/** progress hears fractions from 0 to 1. */
export const argon2id: Argon2 = async ({ password, salt, memoryKiB, passes }, progress) =>
  (await argon2idAsync(password, salt, {
    m: memoryKiB,
    t: passes,
    p: 1,
    dkLen: 32,
    asyncTick: 100,
    ...(progress && { onProgress: progress }),
  })) as Bytes;
