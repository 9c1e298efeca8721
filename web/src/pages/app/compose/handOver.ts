// From a draft to a waiting handover: built once, sent until the server has it, the same bytes each time.
// spec/handover.md §1, spec/api.md.
import { argon2InWorker } from "../../../api/argon2.ts";
import * as handovers from "../../../api/handovers.ts";
import { Problem } from "../../../api/http.ts";
import type { HandoverCreated, Instance } from "../../../api/wire.ts";
import { normalizeTotp } from "../../../import/totp.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { createHandover, type DraftedEntry, type HandoverDraft, type NewHandover } from "../../../protocol/createHandover.ts";
import { loadDictionary, type Dictionary } from "../../../ui/text/index.ts";
import { Untrusted, type Vault } from "../keys/vault.ts";
import { BrokenFile, download } from "../vault/attachments.ts";
import { accessPassword, lifeSeconds, standards, titleOf, type Draft, type DraftEntry } from "./draft.ts";
import { groupOf } from "./whose.ts";

export type Step = { step: "fetching"; name: string; done: number } | { step: "stretching"; done: number } | { step: "sealing" } | { step: "creating" } | { step: "uploading"; file: number; files: number; done: number };

/** The server recorded something else than what was signed here. */
export class WrongRecord extends Error {}

/** An attachment changed or vanished since it was chosen. */
export class UnreadableFile extends Error {}

export interface Outgoing {
  made: NewHandover;
  /** For each file, how many of its chunks the server has. */
  sent: number[];
}

export async function prepare(draft: Draft, vault: Vault, instance: Instance, signal: AbortSignal, onStep: (step: Step) => void): Promise<Outgoing> {
  const group = groupOf(draft, vault);
  if (group === undefined) throw new Untrusted("none");
  const { member, organization } = vault.session;
  const password = accessPassword(draft);
  try {
    const files = await openFiles(draft, signal, onStep);
    onStep(password === undefined ? { step: "sealing" } : { step: "stretching", done: 0 });
    const made = await createHandover(
      {
        origin: instance.origin,
        ledgerKey: instance.ledgerKey,
        organization: { id: vault.org, name: organization.name },
        name: member.name,
        card: vault.card,
        cardSignature: vault.cardSignature,
        signingKey: vault.signingKey,
        group: { id: fromBase64url(group.group, 16)!, version: group.version, historyKey: group.keys.get(group.version)!.history },
        sealedBytes: instance.limits.sealedBytes,
      },
      await sealable(draft, password, files),
      argon2InWorker,
      (done) => onStep(done < 1 ? { step: "stretching", done } : { step: "sealing" }),
    );
    return { made, sent: made.files.map(() => 0) };
  } catch (error) {
    if (error instanceof BrokenFile || (error instanceof DOMException && error.name.startsWith("Not"))) throw new UnreadableFile(error.message);
    throw error;
  }
}

/** Attachments in the order of the entries; those of the vault are fetched and opened, and the handover gets a copy. */
async function openFiles(draft: Draft, signal: AbortSignal, onStep: (step: Step) => void): Promise<{ name: string; data: Blob }[]> {
  const files: { name: string; data: Blob }[] = [];
  for (const { name, source } of draft.entries.flatMap((entry) => entry.files)) {
    if (source instanceof File) files.push({ name, data: source });
    else files.push({ name, data: new Blob([await download(source, signal, (done) => onStep({ step: "fetching", name, done }))]) });
  }
  return files;
}

/** Sends what isn't there yet. After a failure it can be called again with the same outgoing. */
export async function send(outgoing: Outgoing, signal: AbortSignal, onStep: (step: Step) => void): Promise<HandoverCreated> {
  const { made, sent } = outgoing;
  onStep({ step: "creating" });
  let created = await handovers.create(made.body, signal);
  const id = toBase64url(made.handover);
  for (const [file, { name, chunks }] of made.files.entries()) {
    const all = Math.max(1, Math.ceil(made.files[file]!.size / 65_536));
    let chunk = 0;
    try {
      for await (const bytes of chunks()) {
        if (chunk >= sent[file]!) {
          onStep({ step: "uploading", file, files: made.files.length, done: chunk / all });
          await putWithPatience(id, file, chunk, bytes, signal);
          sent[file] = chunk + 1;
        }
        chunk++;
      }
    } catch (error) {
      throw error instanceof DOMException && error.name.startsWith("Not") ? new UnreadableFile(name) : error;
    }
  }
  if (made.files.length > 0) created = await handovers.commit(id);
  if (created.created === undefined || !made.check(created.created)) throw new WrongRecord();
  return created;
}

const pauses = [500, 2_000, 5_000];

/** A dropped connection is tried again a few times before anybody is bothered. */
async function putWithPatience(handover: string, file: number, chunk: number, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  for (const pause of pauses) {
    try {
      return await handovers.putChunk(handover, file, chunk, bytes, signal);
    } catch (error) {
      if (!(error instanceof Problem) || !["offline", "too-many-requests", "not-ready"].includes(error.type)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      signal.throwIfAborted();
    }
  }
  return handovers.putChunk(handover, file, chunk, bytes, signal);
}

async function sealable(draft: Draft, password: string | undefined, files: { name: string; data: Blob }[]): Promise<HandoverDraft> {
  const words = await loadDictionary(draft.language);
  let at = 0;
  const entries = draft.entries.map((entry) => {
    const indices = entry.files.map(() => at++);
    return sealableEntry(entry, indices, words);
  });
  return {
    title: titleOf(draft),
    recipient: draft.recipient.trim(),
    language: draft.language,
    ...(draft.message.trim() && { message: draft.message.trim() }),
    entries,
    ...(files.length > 0 && { files }),
    lifeSeconds: lifeSeconds(draft),
    showSender: draft.showSender,
    ...(password !== undefined && { password }),
    channel: password === undefined ? "none" : draft.channel,
    ...(draft.replaces && { replaces: draft.replaces.handover }),
  };
}

/** What is left out or empty is absent. */
export function sealableEntry(entry: DraftEntry, files: number[], words: Dictionary): DraftedEntry {
  const sealed: DraftedEntry = { type: entry.type, title: clean(entry.title.trim()) };
  for (const name of standards) {
    const value = clean(name === "password" || name === "notes" ? entry[name] : entry[name].trim());
    if (value !== "" && !entry.out.includes(name)) sealed[name] = value;
  }
  if (sealed.totp !== undefined) {
    const totp = normalizeTotp(sealed.totp, entry.username || entry.title);
    if (totp.ok) sealed.totp = totp.uri;
    else delete sealed.totp;
  }
  const fields = entry.fields
    .filter((field) => field.value !== "" && !field.out)
    .map(({ preset, name, value, kind }) => ({ name: clean(preset ? words[preset] : name.trim() || words[`kind.${kind}`]), value: clean(value), kind }));
  if (fields.length > 0) sealed.fields = fields;
  if (files.length > 0) sealed.files = files;
  if (entry.from) sealed.from = { entry: entry.from.entry, revision: entry.from.revision };
  return sealed;
}

/** Texts hold no U+0000: spec/handover.md §2. */
const clean = (text: string): string => text.replaceAll("\u0000", "");
