// Argon2 in a worker of its own. spec/handover.md §1, spec/keys.md §4.
import type { Argon2Output } from "../pages/argon2/worker.ts";
import type { Argon2 } from "../protocol/argon2.ts";
import { fetchWorker, startWorker } from "./worker.ts";

let source: Promise<Blob> | undefined;

/** Fetches the worker ahead of its use. A failed fetch is forgotten, so that the next call tries again. */
export function loadArgon2(): Promise<Blob> {
  source ??= fetchWorker(__ARGON2__);
  source.catch(() => (source = undefined));
  return source;
}

/** Argon2id in a worker of its own that ends with the answer. Rejects when its file can't be fetched. */
export const argon2InWorker: Argon2 = async (input, progress) => {
  const worker = startWorker(await loadArgon2());
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<Argon2Output>) => ("key" in data ? resolve(data.key) : progress?.(data.progress));
      worker.postMessage(input);
    });
  } finally {
    worker.terminate();
  }
};
