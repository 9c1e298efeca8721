// Handovers of the member's groups: spec/api.md, "Members".
import { call } from "./http.ts";
import type { FollowUp } from "./vaultWire.ts";
import type { HandoverCreated, HandoverDetail, HandoverPage, HandoverSummary } from "./wire.ts";

/** `body` is the exact text that createHandover built: repeating it gives the same answer. */
export const create = (body: string, signal?: AbortSignal): Promise<HandoverCreated> => call("POST", "/api/handovers", { json: body, ...(signal && { signal }) });

export const putChunk = (handover: string, file: number, chunk: number, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> =>
  call("PUT", `/api/handovers/${handover}/files/${file}/${chunk}`, { bytes, signal });

export const commit = (handover: string): Promise<HandoverCreated> => call("POST", `/api/handovers/${handover}/commit`);

export const list = (before: string | undefined, limit: number): Promise<HandoverPage> =>
  call("GET", `/api/handovers?limit=${limit}${before === undefined ? "" : `&before=${encodeURIComponent(before)}`}`);

export const detail = (handover: string): Promise<HandoverDetail> => call("GET", `/api/handovers/${handover}`);
export const revoke = (handover: string): Promise<HandoverSummary> => call("POST", `/api/handovers/${handover}/revoke`);
export const extend = (handover: string, lifeSeconds: number): Promise<HandoverSummary> => call("POST", `/api/handovers/${handover}/extend`, { json: { lifeSeconds } });
export const followUp = (handover: string, step: FollowUp): Promise<HandoverSummary> => call("POST", `/api/handovers/${handover}/follow-ups`, { json: step });
