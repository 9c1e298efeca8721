// Builds a whole handover once; the client repeats those bytes until the server has answered. Any edit starts anew, with
// a new link key and a new share. spec/handover.md §1–§4, §7.
import type { Argon2 } from "./argon2.ts";
import { accessPasswordCost, normalPassword } from "./accessPassword.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { empty, equal, random, utf8, type Bytes } from "./bytes.ts";
import { encodeCode, linkKind } from "./code.ts";
import { commit, itemValue } from "./commitments.ts";
import { hasFilesFlag, hasPasswordFlag, maxSealed, sealContent, type Content, type Entry } from "./content.ts";
import { hmac, sha256 } from "./derive.ts";
import { sealDetails, sealPersonal, type DetailsItem } from "./details.ts";
import { encryptFile, sealedSize } from "./fileStream.ts";
import type { HeldKey } from "./heldKey.ts";
import { claimKeyOf, contentKeyOf, displayedProofOf, fileKeyOf, locatorOf, passwordSalt, replyKeyOf, secretOf } from "./handoverKeys.ts";
import { createdFields, parseCreated, type CreatedFields } from "./ledgerEntry.ts";
import { sign } from "./signatures.ts";

/** How the access password travels. spec/ledger.md §1. */
export type Channel = "phone" | "sms" | "messenger" | "in-person" | "post" | "other" | "none";

/** Who sends, and under which group key. */
export interface HandoverSender {
  origin: string;
  ledgerKey: string;
  organization: { id: Bytes; name: string };
  name: string;
  card: Bytes;
  cardSignature: Bytes;
  signingKey: CryptoKey;
  group: { id: Bytes; version: number; historyKey: HeldKey };
  /** What the server takes sealed; never more than spec/handover.md §2 allows. */
  sealedBytes: number;
}

/** The entries are more than one handover holds. */
export class TooLarge extends RangeError {
  /** In bytes, sealed. */
  readonly limit: number;

  constructor(limit: number) {
    super("This is more than one handover holds.");
    this.limit = limit;
  }
}

/** An entry, and where it was taken from in the vault: that stands in the details only, the recipient never learns it. */
export interface DraftedEntry extends Omit<Entry, "salt"> {
  from?: { entry: string; revision: number };
}

/** What is handed over. Salts are made here. */
export interface HandoverDraft {
  title: string;
  recipient: string;
  language: string;
  message?: string;
  entries: DraftedEntry[];
  files?: { name: string; data: Blob }[];
  lifeSeconds: number;
  showSender: boolean;
  /** With a password the channel isn't `none`, without one it is. */
  password?: string;
  channel: Channel;
  /** The handover (base64url) that this one re-issues: its link dies with this one's creation. */
  replaces?: string;
}

export interface NewHandover {
  /** 16 bytes: its name in ledger and history */
  handover: Bytes;
  /** The link, to be shown once. */
  link: string;
  /** The exact text to POST to /api/handovers, and to repeat until it is answered. */
  body: string;
  /** With files: PUT every chunk of every file, then commit. */
  files: { name: string; size: number; chunks: () => AsyncGenerator<Bytes> }[];
  /** Whether the created entry that the server wrote says what was signed here. */
  check: (created: string) => boolean;
}

/** Throws TooLarge, and RangeError for too many entries or files. */
export async function createHandover(sender: HandoverSender, draft: HandoverDraft, argon2: Argon2, progress?: (done: number) => void): Promise<NewHandover> {
  const linkKey = random(32);
  const share = random(32);
  const handover = random(16);
  const locator = await locatorOf(linkKey);
  const passwordKey =
    draft.password === undefined
      ? empty
      : await argon2({ password: utf8(normalPassword(draft.password)), salt: await passwordSalt(linkKey), ...accessPasswordCost }, progress);
  const secret = secretOf(linkKey, passwordKey);
  const drafts = draft.files ?? [];
  if (draft.entries.length > 500 || drafts.length > 100) throw new RangeError("These are more entries or files than one handover holds.");
  const flags = (draft.password === undefined ? 0 : hasPasswordFlag) | (drafts.length === 0 ? 0 : hasFilesFlag);

  const recipientSalt = random(16);
  const entries = draft.entries.map(({ from: _, ...entry }): Entry => ({ ...entry, salt: toBase64url(random(16)) }));
  const files: NonNullable<Content["files"]> = [];
  for (const { name, data } of drafts)
    files.push({ name, size: data.size, sha256: toBase64url(await sha256(new Uint8Array(await data.arrayBuffer()))) });

  const content: Content = {
    v: 1,
    handover: toBase64url(handover),
    origin: sender.origin,
    ledgerKey: sender.ledgerKey,
    organization: { id: toBase64url(sender.organization.id), name: sender.organization.name },
    sender: { name: sender.name, card: toBase64url(sender.card), cardSignature: toBase64url(sender.cardSignature) },
    recipient: draft.recipient,
    recipientSalt: toBase64url(recipientSalt),
    language: draft.language,
    ...(draft.message && { message: draft.message }),
    entries,
    ...(files.length > 0 && { files }),
  };
  const sealed = await sealContent(await contentKeyOf(secret, share, locator), locator, flags, content);
  const limit = Math.min(maxSealed, sender.sealedBytes);
  if (sealed.length > limit) throw new TooLarge(limit);

  const org = sender.organization.id;
  const { id: group, version, historyKey } = sender.group;
  const items = await Promise.all(entries.map((entry) => commit(fromBase64url(entry.salt)!, "item", itemValue(entry))));
  const signed: CreatedFields = {
    org,
    group,
    handover,
    sealed: await sha256(sealed),
    displayedTag: await sha256(await displayedProofOf(secret, share, locator)),
    life: draft.lifeSeconds,
    flags,
    recipient: await commit(recipientSalt, "recipient", draft.recipient),
    items,
  };
  const place = { org, group, version, handover };
  const details = await sealDetails(historyKey, place, {
    v: 1,
    title: draft.title,
    items: entries.map((entry, i) => detailsItem(entry, draft.entries[i]!.from)),
    ...(files.length > 0 && { files: files.map((file) => file.name) }),
  });
  const replyKey = toBase64url(await replyKeyOf(secret, share, locator));
  const personal = await sealPersonal(historyKey, place, { v: 1, recipient: draft.recipient, recipientSalt: toBase64url(recipientSalt), replyKey });

  const signature = await sign(sender.signingKey, "created", createdFields(signed));
  const body = JSON.stringify({
    handover: toBase64url(handover),
    group: toBase64url(group),
    groupVersion: version,
    locatorHash: toBase64url(await sha256(locator)),
    share: toBase64url(share),
    claimTag: toBase64url(await hmac(share, await claimKeyOf(secret, locator))),
    displayedTag: toBase64url(signed.displayedTag),
    flags,
    lifeSeconds: draft.lifeSeconds,
    channel: draft.channel,
    language: draft.language,
    showSender: draft.showSender,
    sealed: toBase64url(sealed),
    details: toBase64url(details),
    personal: toBase64url(personal),
    commitments: { recipient: toBase64url(signed.recipient), items: items.map(toBase64url) },
    signature: toBase64url(signature),
    ...(files.length > 0 && { files: files.map((file) => sealedSize(file.size)) }),
    ...(draft.replaces !== undefined && { replaces: draft.replaces }),
  });

  return {
    handover,
    link: `${sender.origin}/h#${await encodeCode(linkKind, linkKey)}`,
    body,
    files: drafts.map(({ name, data }, i) => ({
      name,
      size: data.size,
      chunks: async function* () {
        yield* encryptFile(await fileKeyOf(secret, share, locator, i), data);
      },
    })),
    check: (text) => {
      const created = parseCreated(text);
      return created !== undefined && equal(createdFields(created), createdFields(signed)) && equal(created.signature, signature);
    },
  };
}

const detailsItem = ({ type, title, username, url, salt }: Entry, from: DraftedEntry["from"]): DetailsItem => ({
  type,
  title,
  ...(username && { username }),
  ...(url && { url }),
  salt,
  ...from,
});
