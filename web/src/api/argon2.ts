// Starts the Argon2 worker. Its file is fetched with the hash that the build wrote into this script and started as a
// Blob, so the hash of the page pins the worker too. spec/handover.md §1, spec/keys.md §4.
import type { Argon2Input, Argon2Output } from "../pages/argon2/worker.ts";

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** Only addresses of Blobs made here ever pass. A browser without Trusted Types takes the text itself. */
function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  policy ??= types?.createPolicy("baton", { createScriptURL: (blob) => blob }) ?? { createScriptURL: (blob) => blob };
  return policy.createScriptURL(url);
}

let source: Promise<Blob> | undefined;

/** Fetches the worker ahead of its use. A failed fetch is forgotten, so that the next call tries again. */
export function loadArgon2(): Promise<Blob> {
  source ??= fetch(__ARGON2__.url, { integrity: __ARGON2__.integrity }).then((response) => response.blob());
  source.catch(() => (source = undefined));
  return source;
}

/** Argon2id, 32 bytes, p = 1, in a worker of its own that ends with the answer. Rejects when the file can't be fetched. */
export async function argon2InWorker(input: Argon2Input, progress: (done: number) => void = () => {}): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([await loadArgon2()], { type: "text/javascript" }));
  const worker = new Worker(trusted(url));
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<Argon2Output>) => ("key" in data ? resolve(data.key) : progress(data.progress));
      worker.postMessage(input);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
