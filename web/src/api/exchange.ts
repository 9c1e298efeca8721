// Starts the worker that reads and writes files of other password managers; its file is fetched with the hash that the
// build wrote into this script and started as a Blob, like the Argon2 worker's.
import { UnreadableFile, type ImportedItem, type ImportedVault } from "../import/importedVault.ts";
import type { Answer, Order } from "../pages/exchange/worker.ts";
import { trusted } from "./argon2.ts";

export interface ExchangeOptions {
  signal?: AbortSignal;
  /** Of the key derivation, 0 to 1. */
  onProgress?: (done: number) => void;
}

/** Throws UnreadableFile, or the signal's reason. */
export async function readInWorker(order: Extract<Order, { do: "read" | "rows" }>, options: ExchangeOptions = {}): Promise<ImportedVault> {
  const items: ImportedItem[] = [];
  return run(order, options, (answer) => {
    if ("items" in answer) items.push(...answer.items);
    return "read" in answer ? { ...answer.read, items } : undefined;
  });
}

export const writeInWorker = (order: Extract<Order, { do: "write" }>, options: ExchangeOptions = {}): Promise<Uint8Array<ArrayBuffer>> =>
  run(order, options, (answer) => ("written" in answer ? answer.written : undefined));

async function run<T>(order: Order, { signal, onProgress }: ExchangeOptions, resultOf: (answer: Answer) => T | undefined): Promise<T> {
  const source = await (await fetch(__EXCHANGE__.url, { integrity: __EXCHANGE__.integrity, signal: signal ?? null })).blob();
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(trusted(url));
  try {
    return await new Promise<T>((resolve, reject) => {
      const cancelled = (): void => reject(signal!.reason);
      if (signal?.aborted) return cancelled();
      signal?.addEventListener("abort", cancelled);
      worker.onerror = () => reject(new UnreadableFile("memory"));
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        if ("progress" in data) return onProgress?.(data.progress);
        if ("unreadable" in data) return reject(new UnreadableFile(data.unreadable));
        const result = resultOf(data);
        if (result !== undefined) resolve(result);
      };
      worker.postMessage(order);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
