// Starts workers. A worker's file is fetched with the hash that the build wrote into this script and started as a Blob, so
// the hash of the page pins its workers too. spec/handover.md §1.
interface Policy {
  createScriptURL(url: string): string;
}

const rules: Policy = { createScriptURL: (blob) => blob };
let policy: Policy | undefined;

/** Only addresses of Blobs made here ever pass. A browser without Trusted Types takes the text itself. */
function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes;
  policy ??= types?.createPolicy("baton", rules) ?? rules;
  return policy.createScriptURL(url);
}

/** Where the build put a worker, and the hash that its bytes must have. */
export interface WorkerFile {
  url: string;
  integrity: string;
}

/** Rejects when it can't be fetched, or has other bytes. */
export const fetchWorker = async ({ url, integrity }: WorkerFile, signal: AbortSignal | null = AbortSignal.timeout?.(60_000) ?? null): Promise<Blob> => (await fetch(url, { integrity, signal })).blob();

/** A worker that runs a fetched file. */
export function startWorker(file: Blob): Worker {
  const url = URL.createObjectURL(new Blob([file], { type: "text/javascript" }));
  setTimeout(URL.revokeObjectURL, 60_000, url);
  return new Worker(trusted(url));
}
