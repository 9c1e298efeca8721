// The exact texts of a handover's ledger entries, read; and what of them can be checked with the member's own keys.
// spec/ledger.md §1, spec/keys.md §3 and §7, spec/handover.md §6.
import type { HandoverDetail } from "../../../api/wire.ts";
import { fromBase64url, toBase64url } from "../../../protocol/base64url.ts";
import { equal, type Bytes } from "../../../protocol/bytes.ts";
import { commit, itemValue } from "../../../protocol/commitments.ts";
import { sha256 } from "../../../protocol/derive.ts";
import type { Details } from "../../../protocol/details.ts";
import { parseCreated, verifyCreated } from "../../../protocol/ledgerEntry.ts";
import { openReply, receiptStatuses, type ReceiptStatus, type Reply } from "../../../protocol/receipt.ts";
import type { Vault } from "../keys/vault.ts";
import type { Row } from "./store.ts";

export interface TimelineEntry {
  kind: string;
  time: number;
  actor: "member" | "recipient" | "server";
  member: string | undefined;
  left: number | undefined;
  expires: number | undefined;
  life: number | undefined;
  flags: number | undefined;
  /** Of a follow-up: the item's commitment, what was done, or taken back. */
  item: string | undefined;
  step: string | undefined;
  done: boolean;
  /** Of a report. */
  reason: string | undefined;
  /** Of an erasure: the items' names too. */
  details: boolean;
  address: string | undefined;
  text: string;
}

export function readTimeline(detail: HandoverDetail): TimelineEntry[] {
  return detail.entries.map(({ text, observed }) => {
    const entry = parse(text);
    const numberOf = (name: string): number | undefined => (typeof entry[name] === "number" ? entry[name] : undefined);
    const textOf = (name: string): string | undefined => (typeof entry[name] === "string" ? entry[name] : undefined);
    const actor = textOf("actor");
    return {
      kind: textOf("kind") ?? "?",
      time: numberOf("time") ?? 0,
      actor: actor === "member" || actor === "recipient" ? actor : "server",
      member: textOf("member"),
      left: numberOf("left"),
      expires: numberOf("expires"),
      life: numberOf("life"),
      flags: numberOf("flags"),
      item: textOf("item"),
      step: textOf("step"),
      done: entry["done"] === true,
      reason: textOf("reason"),
      details: entry["details"] === true,
      address: observed?.address,
      text,
    };
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export type CreatedVerdict = { ok: true; commitments: number; /** Something was erased, and can't be compared any more. */ erased: boolean } | { ok: false; what: "form" | "card" | "signature" | "commitments" };

/** Whether the *created* entry is what a member of this organization signed, about exactly these items and recipient, as far as they are kept. */
export async function checkCreated(detail: HandoverDetail, { details, personal }: Row, vault: Vault): Promise<CreatedVerdict | null> {
  const text = detail.entries.map((entry) => entry.text).find((entry) => parse(entry)["kind"] === "created");
  if (text === undefined) return detail.summary.state === "draft" ? null : { ok: false, what: "form" };
  const created = parseCreated(text);
  const ids = created && [toBase64url(created.handover) === detail.summary.handover, toBase64url(created.group) === detail.summary.group, equal(created.org, vault.org)];
  if (!created || ids!.includes(false)) return { ok: false, what: "form" };
  // The card that the sender had then: roles change, keys don't.
  const card = vault.roster.cards.find(({ member, hash }) => toBase64url(member) === detail.summary.sender && equal(hash, created.card));
  if (card === undefined) return { ok: false, what: "card" };
  if (!(await verifyCreated(created, card.card, card.ecdsa))) return { ok: false, what: "signature" };
  const items = details && (await itemCommitments(details));
  const recipient = personal && (await commit(salt(personal.recipientSalt), "recipient", personal.recipient));
  const fits =
    (items === undefined || (items.length === created.items.length && items.every((item, i) => equal(item, created.items[i]!)))) &&
    (recipient === undefined || equal(recipient, created.recipient));
  return fits ? { ok: true, commitments: (items?.length ?? 0) + (recipient ? 1 : 0), erased: !items || !recipient } : { ok: false, what: "commitments" };
}

/** Whether the page that decrypted said *displayed*: its proof is the one whose hash the sender signed. The operator can't make it. */
export async function checkDisplayed(detail: HandoverDetail): Promise<boolean> {
  const textOf = (kind: string) => detail.entries.find((entry) => parse(entry.text)["kind"] === kind)?.text ?? "";
  const created = parseCreated(textOf("created"));
  const proof = fromBase64url(parse(textOf("displayed"))["proof"], 32);
  return created !== undefined && proof !== undefined && equal(await sha256(proof), created.displayedTag);
}

export interface Receipt {
  seq: number;
  /** Undefined: not genuine, and so counted as nothing; or erased, and so not to be told any more. */
  reply: Reply | undefined;
  erased: boolean;
  items: { title: string; status: ReceiptStatus; note: string }[];
}

/** The receipts, newest first, each with its verdict. */
export async function readReceipts(detail: HandoverDetail, { details, personal }: Row): Promise<Receipt[]> {
  const [replyKey, handover] = [fromBase64url(personal?.replyKey, 32), fromBase64url(detail.summary.handover, 16)];
  const commitments = details ? await itemIds(details) : createdItems(detail);
  const read = detail.replies.map(async ({ seq, statement, reply }): Promise<Receipt> => {
    const erased = reply === undefined || detail.summary.personal === undefined;
    const sealed = fromBase64url(reply);
    const statuses = readStatement(statement, seq, commitments);
    const opened = replyKey && handover && sealed && statuses ? await openReply(replyKey, handover, seq, statement, sealed) : undefined;
    const items = commitments.map((_, i) => ({ title: details?.items[i]?.title ?? "", status: statuses?.[i] ?? "received", note: String(opened?.notes[i] ?? "") }));
    return { seq, reply: opened, erased, items: opened ? items : [] };
  });
  return (await Promise.all(read)).sort((a, b) => b.seq - a.seq);
}

/** As the *created* entry names them, where the details are erased. */
function createdItems(detail: HandoverDetail): string[] {
  const text = detail.entries.map((entry) => entry.text).find((entry) => parse(entry)["kind"] === "created");
  return (parseCreated(text ?? "")?.items ?? []).map(toBase64url);
}

/** One status for each item, in order; undefined when the statement is about anything else. */
function readStatement(statement: string, seq: number, commitments: string[]): ReceiptStatus[] | undefined {
  const { seq: named, items } = parse(statement);
  if (named !== seq || !Array.isArray(items) || items.length !== commitments.length) return undefined;
  const statuses = items.map((item: { commitment?: unknown; status?: unknown }, i) => (item?.commitment === commitments[i] ? receiptStatuses.find((status) => status === item.status) : undefined));
  return statuses.includes(undefined) ? undefined : (statuses as ReceiptStatus[]);
}

/** The commitments of the items as the ledger names them, base64url. */
export const itemIds = async (details: Details): Promise<string[]> => (await itemCommitments(details)).map(toBase64url);

const itemCommitments = (details: Details): Promise<Bytes[]> => Promise.all(details.items.map((item) => commit(salt(item.salt), "item", itemValue(item))));

const salt = (text: string): Bytes => fromBase64url(text, 16) ?? new Uint8Array(16);
