// An unfinished handover or entry while its member is away. When the keys are wiped it is sealed with the one-time key that the
// vault holds for it; only the master password opens it again. In memory alone, never in a storage of the browser.
// docs/decisions/0010-a-lock-seals-the-composer.md, spec/keys.md §2.
import type { HandoverCreated } from "../../../api/wire.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { fromUtf8, utf8, type Bytes } from "../../../protocol/bytes.ts";
import { unseal } from "../../../protocol/seal.ts";
import type { Vault } from "../keys/vault.ts";
import { held } from "../place.ts";
import type { Form } from "../vault/editor/form.ts";
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

/** One of the two: both are pages, and one page is open. */
type Kept = { handover: Unfinished } | { entry: Form };

let kept: Kept | null = null;
let waiting: { member: string; sealed: Promise<Bytes | undefined> } | null = null;
let reopened: Kept | null = null;

/** What the composer holds now; null for nothing worth keeping and when it is left. */
export function compose(now: Unfinished | null): void {
  kept = now === null ? null : { handover: now };
}

/** What the vault's editor holds now. Its attachments are with the server already, sealed under keys that stand in it. */
export function keepEdit(now: Form | null): void {
  kept = now === null ? null : { entry: now };
}

/** Before the vault is wiped and the pages go. */
export function sealUnfinished(vault: Vault): void {
  const now = kept ?? reopened;
  kept = reopened = null;
  if (now === null) return;
  const text = utf8(JSON.stringify("entry" in now ? now : { handover: { ...now.handover, draft: withoutFiles(now.handover.draft) } }));
  const sealed = vault.sealDraft(text).catch(() => undefined);
  void sealed.then(() => text.fill(0));
  waiting = { member: vault.session.member.id, sealed };
  held.value = "entry" in now ? "entry" : "handover";
}

export function discardUnfinished(): void {
  kept = waiting = reopened = null;
  held.value = null;
}

/** Once the master password gave wrapKey back: the address of the page that has something to go on with. */
export async function reopenUnfinished(member: string, wrapKey: Bytes): Promise<string | undefined> {
  const found = waiting;
  discardUnfinished();
  const sealed = found?.member === member ? await found.sealed : undefined;
  const text = sealed && (await unseal(wrapKey, "draft", fromBase64url(member, 16)!, sealed));
  if (text === undefined) return undefined;
  reopened = JSON.parse(fromUtf8(text)) as Kept;
  text.fill(0);
  if ("handover" in reopened) return "/new";
  const { id, group } = reopened.entry;
  return id === undefined ? "/vault/new" : `/vault/${group}/${id}/edit`;
}

/** For the composer, once. */
export function takeReopened(): Unfinished | null {
  if (reopened === null || !("handover" in reopened)) return null;
  const { handover } = reopened;
  reopened = null;
  return handover;
}

/** For the vault's editor, once. */
export function takeEdit(): Form | null {
  if (reopened === null || !("entry" in reopened)) return null;
  const { entry } = reopened;
  reopened = null;
  return entry;
}
