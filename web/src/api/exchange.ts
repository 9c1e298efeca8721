// Starts the worker that reads and writes files of other password managers.
import { UnreadableFile, type ImportedItem, type ImportedVault } from "../import/importedVault.ts";
import type { Answer, Order } from "../pages/exchange/worker.ts";
import { fetchWorker, startWorker } from "./worker.ts";

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
  const worker = startWorker(await fetchWorker(__EXCHANGE__, signal ?? null));
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
  }
}
