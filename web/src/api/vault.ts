// The calls of the vault: spec/api.md, "Members".
import { call, callForBytes } from "./http.ts";
import type { EntryChange, EntryPage, EntryRevision, EntryState } from "./vaultWire.ts";

/** In the order of their last change; `after` is the last change seen. */
export const entriesOf = (group: string, after: number, limit: number, signal: AbortSignal): Promise<EntryPage> =>
  call("GET", `/api/groups/${group}/entries?after=${after}&limit=${limit}`, { signal });

/** All of them or none. */
export const changeEntries = async (changes: EntryChange[], signal?: AbortSignal): Promise<EntryState[]> =>
  (await call<{ entries: EntryState[] }>("POST", "/api/entries", { json: { changes }, ...(signal && { signal }) })).entries;

/** Newest first. */
export const revisionsOf = async (entry: string): Promise<EntryRevision[]> => (await call<{ revisions: EntryRevision[] }>("GET", `/api/entries/${entry}/revisions`)).revisions;

/** `size` counts the encrypted bytes. */
export const newAttachment = (file: string, group: string, size: number, signal: AbortSignal): Promise<void> => call("POST", "/api/attachments", { json: { file, group, size }, signal });

export const putAttachmentChunk = (file: string, chunk: number, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> =>
  call("PUT", `/api/attachments/${file}/${chunk}`, { bytes, signal });

/** At most 16 chunks, one after the other. */
export const attachmentChunks = (file: string, firstChunk: number, chunks: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> =>
  callForBytes("GET", `/api/attachments/${file}?firstChunk=${firstChunk}&chunks=${chunks}`, { signal });

/** Lines `SUFFIX:COUNT` for five hexadecimal digits. */
export const breachRange = async (prefix: string): Promise<string> => new TextDecoder().decode(await callForBytes("GET", `/api/breach/${prefix}`));
