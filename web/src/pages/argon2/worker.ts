// A worker of its own, so that the page stays alive while the password is stretched. It sees a password and a salt,
// never the link key: spec/handover.md §1.
import { argon2id, type Argon2Input } from "../../protocol/argon2.ts";
import type { Bytes } from "../../protocol/bytes.ts";

/** Either how far it is (0 to 1) or the 32 bytes. */
export type Argon2Output = { progress: number } | { key: Bytes };

const scope = self as unknown as { onmessage: (event: MessageEvent<Argon2Input>) => void; postMessage(message: Argon2Output): void };

scope.onmessage = async ({ data }) => {
  let told = 0;
  const key = await argon2id(data, (progress) => {
    if (progress - told < 0.02) return;
    told = progress;
    scope.postMessage({ progress });
  });
  scope.postMessage({ key });
};
