// A worker of its own, so that the page stays alive while the password is stretched. It sees a password and a salt,
// never the link key: spec/handover.md §1.
import { argon2idAsync } from "@noble/hashes/argon2.js";

/** What to stretch, and how: spec/keys.md §4. */
export interface Argon2Input {
  password: Uint8Array<ArrayBuffer>;
  salt: Uint8Array<ArrayBuffer>;
  memoryKiB: number;
  passes: number;
}

/** Either how far it is (0 to 1) or the 32 bytes. */
export type Argon2Output = { progress: number } | { key: Uint8Array<ArrayBuffer> };

const scope = self as unknown as { onmessage: (event: MessageEvent<Argon2Input>) => void; postMessage(message: Argon2Output): void };

scope.onmessage = async ({ data }) => {
  let shown = 0;
  const key = await argon2idAsync(data.password, data.salt, {
    m: data.memoryKiB,
    t: data.passes,
    p: 1,
    dkLen: 32,
    asyncTick: 100,
    onProgress: (progress) => {
      if (progress - shown < 0.02) return;
      shown = progress;
      scope.postMessage({ progress });
    },
  });
  scope.postMessage({ key: key as Uint8Array<ArrayBuffer> });
};
