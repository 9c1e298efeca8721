// What the recipient confirmed, item by item, signed by the page's own key. spec/handover.md §6.
import { fromBase64url, toBase64url } from "./base64url.ts";
import { concat, equal, fromUtf8, uint32, utf8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";
import { leafOf } from "./ledgerEntry.ts";
import { seal, unseal } from "./seal.ts";
import { sign } from "./signatures.ts";

export const receiptStatuses = ["received", "works", "problem"] as const;

export type ReceiptStatus = (typeof receiptStatuses)[number];

/** One for each entry, in order. */
export interface ReceiptItem {
  commitment: Bytes;
  status: ReceiptStatus;
}

/** What only sender and recipient can read. */
export interface Reply {
  v: 1;
  name: string;
  /** one text for each item */
  notes: string[];
  /** the page's clock, Unix milliseconds */
  clock: number;
  /** SHA-256 of the statement, base64url */
  statement: string;
}

/** The exact text that is signed. */
export const statementText = (seq: number, items: ReceiptItem[]): string =>
  `{"seq":${seq},"items":[${items.map(({ commitment, status }) => `{"commitment":"${toBase64url(commitment)}","status":"${status}"}`).join()}]}`;

export interface Receipt {
  statement: string;
  reply: Bytes;
  signature: Bytes;
}

/** handover and claimed say what the receipt is for; claimed is the exact text of the entry. */
export async function makeReceipt(
  readerKey: CryptoKey,
  replyKey: Bytes,
  handover: Bytes,
  claimed: string,
  seq: number,
  items: ReceiptItem[],
  said: { name: string; notes: string[]; clock: number },
): Promise<Receipt> {
  const statement = statementText(seq, items);
  const hash = await sha256(utf8(statement));
  const text: Reply = { v: 1, name: said.name, notes: said.notes, clock: said.clock, statement: toBase64url(hash) };
  const reply = await seal(replyKey, "reply", concat(handover, uint32(seq)), utf8(JSON.stringify(text)));
  return { statement, reply, signature: await sign(readerKey, "receipt", handover, await leafOf(claimed), hash, await sha256(reply)) };
}

/**
 * The reply when it is genuine: it opens under the reply key and names this statement. Only someone with link, password
 * and share can make one.
 */
export async function openReply(replyKey: Bytes, handover: Bytes, seq: number, statement: string, reply: Bytes): Promise<Reply | undefined> {
  const text = await unseal(replyKey, "reply", concat(handover, uint32(seq)), reply);
  if (text === undefined) return undefined;
  try {
    const opened: Reply = JSON.parse(fromUtf8(text));
    const named = fromBase64url(opened.statement, 32);
    const genuine = opened.v === 1 && typeof opened.name === "string" && Array.isArray(opened.notes) && named && equal(named, await sha256(utf8(statement)));
    return genuine ? opened : undefined;
  } catch {
    return undefined;
  }
}
