// What the recipient confirmed, item by item, signed by the page's own key. spec/handover.md §6.
import { fromBase64url, toBase64url } from "./base64url.ts";
import { concat, equal, fromUtf8, uint32, utf8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";
import { leafOf } from "./ledgerEntry.ts";
import { seal, unseal } from "./seal.ts";
import { sign, verify } from "./signatures.ts";

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

/** Undefined for a text that statementText would not write exactly so. */
export function parseStatement(text: string): { seq: number; items: ReceiptItem[] } | undefined {
  try {
    const { seq, items } = JSON.parse(text);
    const parsed = items.map(({ commitment, status }: Record<string, unknown>) => ({ commitment: fromBase64url(commitment, 32), status }));
    const known = parsed.every((item: Partial<ReceiptItem>) => item.commitment && receiptStatuses.includes(item.status!));
    return known && Number.isInteger(seq) && seq > 0 && seq < 2 ** 32 && statementText(seq, parsed) === text ? { seq, items: parsed } : undefined;
  } catch {
    return undefined;
  }
}

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
  return { statement, reply, signature: await sign(readerKey, "receipt", await receiptFields(handover, claimed, statement, reply)) };
}

const receiptFields = async (handover: Bytes, claimed: string, statement: string, reply: Bytes): Promise<Bytes> =>
  concat(handover, await leafOf(claimed), await sha256(utf8(statement)), await sha256(reply));

/** Whether the reader that claimed signed this receipt, for exactly the created items. */
export async function checkReceipt(readerKey: Bytes, handover: Bytes, claimed: string, items: Bytes[], receipt: Receipt): Promise<boolean> {
  const parsed = parseStatement(receipt.statement);
  return (
    parsed !== undefined &&
    parsed.items.length === items.length &&
    parsed.items.every((item, i) => equal(item.commitment, items[i]!)) &&
    verify(readerKey, receipt.signature, "receipt", await receiptFields(handover, claimed, receipt.statement, receipt.reply))
  );
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
