// The ledger's entries as a client reads them: exact texts, hashed as they are. spec/ledger.md §1.
import { fromBase64url } from "./base64url.ts";
import { concat, equal, uint32, uint8, utf8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";
import { verify } from "./signatures.ts";

/** SHA-256(0x00 || the entry's exact bytes): RFC 6962 §2.1. */
export const leafOf = (text: string): Promise<Bytes> => sha256(concat(uint8(0), utf8(text)));

/** What the sender signs with `created`; ids, hashes and commitments as bytes. spec/keys.md §3. */
export interface CreatedFields {
  org: Bytes;
  group: Bytes;
  handover: Bytes;
  /** SHA-256(sealed) */
  sealed: Bytes;
  displayedTag: Bytes;
  life: number;
  flags: number;
  recipient: Bytes;
  items: Bytes[];
}

export interface CreatedEntry extends CreatedFields {
  /** SHA-256 of the sender's card */
  card: Bytes;
  signature: Bytes;
}

/** The signed bytes of a created handover. */
export const createdFields = (f: CreatedFields): Bytes =>
  concat(f.org, f.group, f.handover, f.sealed, f.displayedTag, uint32(f.life), uint8(f.flags), f.recipient, ...f.items);

/** An entry's members; undefined for what is no entry of this kind and version. */
export function parseEntry(text: string, kind: string): Record<string, unknown> | undefined {
  try {
    const entry = JSON.parse(text);
    return entry.v === 1 && entry.kind === kind ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no *created* entry. */
export function parseCreated(text: string): CreatedEntry | undefined {
  const entry = parseEntry(text, "created");
  if (!entry || !Array.isArray(entry["items"])) return undefined;
  const bytes = (name: string, length: number) => fromBase64url(entry[name], length);
  const created = {
    org: bytes("org", 16),
    group: bytes("group", 16),
    handover: bytes("handover", 16),
    sealed: bytes("sealed", 32),
    displayedTag: bytes("displayedTag", 32),
    recipient: bytes("recipient", 32),
    items: entry["items"].map((item) => fromBase64url(item, 32)),
    card: bytes("card", 32),
    signature: bytes("signature", 64),
    life: entry["life"],
    flags: entry["flags"],
  };
  const numbers = [created.life, created.flags].every(Number.isSafeInteger);
  return numbers && ![...Object.values(created), ...created.items].includes(undefined) ? (created as CreatedEntry) : undefined;
}

/** The sender's signature in a created entry, under the card it names. */
export const verifyCreated = async (created: CreatedEntry, card: Bytes, signingKey: Bytes): Promise<boolean> =>
  equal(await sha256(card), created.card) && verify(signingKey, created.signature, "created", createdFields(created));
