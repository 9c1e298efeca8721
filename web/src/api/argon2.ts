// Starts the Argon2 worker. Its file is fetched with the hash that the build wrote into this script and started as a
// Blob, so the hash of the page pins the worker too. spec/handover.md §1, spec/keys.md §4.
import type { Argon2Output } from "../pages/argon2/worker.ts";
import type { Argon2 } from "../protocol/argon2.ts";

interface Policy {
  createScriptURL(url: string): string;
}

const rules: Policy = { createScriptURL: (blob) => blob };
let policy: Policy | undefined;

/** Only addresses of Blobs made here ever pass. A browser without Trusted Types takes the text itself. */
export function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  policy ??= types?.createPolicy("baton", rules) ?? rules;
  return policy.createScriptURL(url);
}

let source: Promise<Blob> | undefined;

/** Fetches the worker ahead of its use. A failed fetch is forgotten, so that the next call tries again. */
export function loadArgon2(): Promise<Blob> {
  source ??= fetch(__ARGON2__.url, { integrity: __ARGON2__.integrity }).then((response) => response.blob());
  source.catch(() => (source = undefined));
  return source;
}

/** Argon2id in a worker of its own that ends with the answer. Rejects when its file can't be fetched. */
export const argon2InWorker: Argon2 = async (input, progress) => {
  const url = URL.createObjectURL(new Blob([await loadArgon2()], { type: "text/javascript" }));
  const worker = new Worker(trusted(url));
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<Argon2Output>) => ("key" in data ? resolve(data.key) : progress?.(data.progress));
      worker.postMessage(input);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
};
