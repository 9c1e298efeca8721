// The history of everything the member may see, opened once and kept until the lock: the history page reads it, and so do
// entries that want to know when they were handed over.
import { computed, type ReadonlySignal } from "@preact/signals";
import type { DetailsItem } from "../../../protocol/details.ts";
import { access } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { openHistory, type HistoryStore, type Row } from "./store.ts";

export interface HandedOver {
  row: Row;
  item: DetailsItem;
}

interface Shared {
  vault: Vault;
  store: HistoryStore;
  /** By entry of the vault, newest first. */
  byEntry: ReadonlySignal<ReadonlyMap<string, HandedOver[]>>;
}

const heard = new Set<(row: Row) => void>();
let shared: Shared | null = null;

export function sharedHistory(vault: Vault): Shared {
  if (shared?.vault === vault) return shared;
  shared?.store.close();
  const store = openHistory(vault, (row) => heard.forEach((hear) => hear(row)));
  shared = { vault, store, byEntry: computed(() => index(store.rows.value)) };
  return shared;
}

/** Hears of every change until the function it returns is called. */
export function onHandoverChanged(hear: (row: Row) => void): () => void {
  heard.add(hear);
  return () => heard.delete(hear);
}

/** For as long as the page lives. */
export function watchHistory(): void {
  access.subscribe((now) => {
    if (now.kind === "open") return shared?.store.rightsChanged();
    shared?.store.close();
    shared = null;
  });
}

function index(rows: readonly Row[]): ReadonlyMap<string, HandedOver[]> {
  const byEntry = new Map<string, HandedOver[]>();
  for (const row of rows)
    for (const item of row.details?.items ?? []) {
      if (item.entry === undefined || row.summary.state === "draft") continue;
      byEntry.set(item.entry, [...(byEntry.get(item.entry) ?? []), { row, item }]);
    }
  return byEntry;
}
