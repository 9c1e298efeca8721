// An unfinished handover while its member is away. When the keys are wiped it is sealed with the one-time key that the
// vault holds for it; only the master password opens it again. In memory alone, never in a storage of the browser.
// docs/decisions/0010-a-lock-seals-the-composer.md, spec/keys.md §2.
import type { HandoverCreated } from "../../../api/wire.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { fromUtf8, utf8, type Bytes } from "../../../protocol/bytes.ts";
import { unseal } from "../../../protocol/seal.ts";
import type { Vault } from "../keys/vault.ts";
import { held } from "../place.ts";
import { withoutFiles, type Draft } from "./draft.ts";

export interface Done {
  link: string;
  password: string | undefined;
  created: HandoverCreated;
}

export interface Unfinished {
  draft: Draft;
  /** Sending was under way: the server may have it. */
  interrupted: boolean;
  /** The result, which is shown nowhere else again. */
  done?: Done;
}

let composed: Unfinished | null = null;
let waiting: { member: string; sealed: Promise<Bytes | undefined> } | null = null;
let reopened: Unfinished | null = null;

/** What the composer holds now; null for nothing worth keeping and when it is left. */
export function compose(now: Unfinished | null): void {
  composed = now;
}

/** Before the vault is wiped and the pages go. */
export function sealUnfinished(vault: Vault): void {
  const now = composed ?? reopened;
  composed = reopened = null;
  if (now === null) return;
  const text = utf8(JSON.stringify({ ...now, draft: withoutFiles(now.draft) }));
  const sealed = vault.sealDraft(text).catch(() => undefined);
  void sealed.then(() => text.fill(0));
  waiting = { member: vault.session.member.id, sealed };
  held.value = true;
}

export function discardUnfinished(): void {
  composed = waiting = reopened = null;
  held.value = false;
}

/** Once the master password gave wrapKey back. True: the composer has something to go on with. */
export async function reopenUnfinished(member: string, wrapKey: Bytes): Promise<boolean> {
  const found = waiting;
  discardUnfinished();
  const sealed = found?.member === member ? await found.sealed : undefined;
  const text = sealed && (await unseal(wrapKey, "draft", fromBase64url(member, 16)!, sealed));
  if (text === undefined) return false;
  reopened = JSON.parse(fromUtf8(text)) as Unfinished;
  text.fill(0);
  return true;
}

/** For the composer, once. */
export function takeReopened(): Unfinished | null {
  const taken = reopened;
  reopened = null;
  return taken;
}
