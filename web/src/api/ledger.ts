// The ledger, evidence, and what can be purged: spec/api.md, "The ledger".
import { call } from "./http.ts";
import type { EvidenceParts, LedgerHead, LedgerPage } from "./ledgerWire.ts";
import type { HandoverSummary } from "./wire.ts";

/** Which entries of the organization's history; absent: any. */
export interface AuditQuery {
  kinds?: readonly string[];
  member?: string;
  handover?: string;
  /** Unix milliseconds. */
  since?: number;
  until?: number;
}

export const head = (): Promise<LedgerHead> => call("GET", "/api/ledger/head");

export const consistency = (log: number, from: number, to: number, signal?: AbortSignal): Promise<{ proof: string[] }> =>
  call("GET", `/api/ledger/consistency?log=${log}&from=${from}&to=${to}`, { ...(signal && { signal }) });

export const stamp = (): Promise<object> => call("POST", "/api/ledger/stamp");

export function auditPage(query: AuditQuery, before: string | undefined, limit: number, signal?: AbortSignal): Promise<LedgerPage> {
  const parts = new URLSearchParams({ limit: String(limit) });
  if (before !== undefined) parts.set("before", before);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parts.set(name, Array.isArray(value) ? value.join() : String(value));
  return call("GET", `/api/ledger?${parts}`, { ...(signal && { signal }) });
}

/** `size` proves under the checkpoint that an answer before gave. */
export const evidence = (handovers: readonly string[], size: number | undefined, signal: AbortSignal): Promise<EvidenceParts> =>
  call("POST", "/api/evidence", { json: { handovers, ...(size !== undefined && { size }) }, signal });

export const erase = (handover: string, details: boolean): Promise<HandoverSummary> => call("POST", `/api/handovers/${handover}/erase`, { json: { details } });

export const setRetention = (personalDays: number): Promise<void> => call("PUT", "/api/retention", { json: { personalDays } });
