// The receipt and the recipient's evidence, made and checked away from the page: what would outgrow the page stands here,
// pinned by the page's hash. It gets names, commitments and keys of one handover, and never a password, a note or the link.
// spec/handover.md §6, spec/evidence.md.
import type { LinkEvidence } from "../../api/ledgerWire.ts";
import { fromBase64url, toBase64url } from "../../protocol/base64url.ts";
import { utf8, type Bytes } from "../../protocol/bytes.ts";
import type { Content } from "../../protocol/content.ts";
import { composeEvidence } from "../../protocol/evidence/compose.ts";
import type { EvidenceItem, EvidenceLanguage } from "../../protocol/evidence/file.ts";
import { render } from "../../protocol/evidence/render.ts";
import { verifyEvidence } from "../../protocol/evidence/verify.ts";
import { makeReceipt, type ReceiptStatus } from "../../protocol/receipt.ts";
import { receiptWords, type ReceiptWords } from "./words.ts";

/** What the page says of the handover when it starts the worker. */
export interface Subject {
  language: EvidenceLanguage;
  /** Without what is secret in it. */
  content: Omit<Content, "entries"> & { entries: EvidenceItem[] };
  handover: Bytes;
  /** The items' commitments. */
  items: Bytes[];
  replyKey: Bytes;
  /** Exact texts of the entries. */
  created: string;
  claimed: string;
  /** The page's own key pair's private half: it can sign and can't be exported. */
  reader: CryptoKey;
}

export interface Said {
  statuses: ReceiptStatus[];
  name: string;
  notes: string[];
}

/** The receipt's answer of the server, with proofs. */
export interface Accepted {
  confirmed: string;
  evidence: LinkEvidence;
}

/** What to send, base64url. */
interface Receipt {
  statement: string;
  reply: string;
  signature: string;
}

/** What to say while it is on its way. */
export interface Made {
  receipt: Receipt;
  words: ReceiptWords;
}

/** What the check found, and the evidence as a page; without one where the answer is no evidence at all. */
export interface Checked {
  /** The class that colours it on the page. */
  tone: "works" | "problem";
  said: string;
  page?: string;
}

export type Order = { subject: Subject } | { make: Said } | { check: Accepted };

let subject: Subject;
const made: Receipt[] = [];

async function make({ statuses, name, notes }: Said): Promise<Made> {
  const { reader, replyKey, handover, claimed, items } = subject;
  const answers = items.map((commitment, i) => ({ commitment, status: statuses[i]! }));
  const said = { name, notes, clock: Date.now() };
  const { statement, reply, signature } = await makeReceipt(reader, replyKey, handover, claimed, made.length + 1, answers, said);
  const receipt = { statement, reply: toBase64url(reply), signature: toBase64url(signature) };
  made.push(receipt);
  return { receipt, words: receiptWords(subject.language) };
}

/**
 * Composes the recipient's evidence and verifies it as anybody would, with the ledger's key that the sender named inside
 * sealed; and that it is about what this page opened and signed.
 */
async function check({ confirmed, evidence }: Accepted): Promise<Checked> {
  const { content, language, reader, replyKey, created, claimed } = subject;
  const { file, text } = await composeEvidence(
    {
      kind: "recipient",
      language,
      composed: Date.now(),
      organization: content.organization,
      server: content.origin,
      proofs: evidence.ledger,
      roster: evidence.roster,
      handovers: [
        {
          handover: content.handover,
          sender: { member: toBase64url(fromBase64url(content.sender.card)!.slice(16, 32)), name: content.sender.name },
          recipient: { name: content.recipient, salt: content.recipientSalt },
          replyKey: toBase64url(replyKey),
          items: content.entries,
          entries: evidence.entries,
          replies: made.map(({ reply }, i) => ({ seq: i + 1, reply })),
        },
      ],
    },
    reader,
  );
  const texts = evidence.entries.map((entry) => entry.text);
  const own = [created, claimed, confirmed].every((entry) => texts.includes(entry)) && JSON.parse(confirmed).signature === made.at(-1)!.signature;
  const { verdict } = await verifyEvidence(utf8(text), { key: content.ledgerKey });
  const { proven, unproven } = receiptWords(language);
  const found = own && verdict === "ok" ? ({ tone: "works", said: proven } as const) : ({ tone: "problem", said: unproven } as const);
  return { ...found, page: render(file, text) };
}

const scope = self as unknown as { onmessage: (event: MessageEvent<Order>) => void; postMessage(message: Made | Checked): void };

scope.onmessage = async ({ data }) => {
  if ("subject" in data) subject = data.subject;
  else if ("make" in data) scope.postMessage(await make(data.make));
  else scope.postMessage(await check(data.check).catch((): Checked => ({ tone: "problem", said: receiptWords(subject.language).unproven })));
};
