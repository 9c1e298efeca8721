// What a handover seals: its JSON, its padding and its encryption. spec/handover.md §2.
import { decrypt, encrypt, zeroNonce } from "./aesGcm.ts";
import { fromBase64url } from "./base64url.ts";
import { concat, uint8, utf8, type Bytes } from "./bytes.ts";
import { pad, unpad } from "./padme.ts";

export const hasPasswordFlag = 1;
export const hasFilesFlag = 2;

/** Largest `sealed`, bytes. */
export const maxSealed = 1_048_576;

export interface Field {
  name: string;
  value: string;
  kind: "text" | "hidden" | "link" | "key";
}

/** Members other than type, title and salt are absent when empty. A reader shows an unknown type as `login`. */
export interface Entry {
  type: string;
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields?: Field[];
  /** Indices into the content's files. */
  files?: number[];
  salt: string;
}

export interface ContentFile {
  name: string;
  size: number;
  sha256: string;
}

/** Ids and bytes are base64url. */
export interface Content {
  v: 1;
  handover: string;
  origin: string;
  ledgerKey: string;
  organization: { id: string; name: string };
  sender: { name: string; card: string; cardSignature: string };
  recipient: string;
  recipientSalt: string;
  language: string;
  message?: string;
  entries: Entry[];
  files?: ContentFile[];
}

const additionalData = (locator: Bytes, flags: number) => concat(uint8(1), locator, uint8(flags));

/** A contentKey seals one message: a client that changes anything starts with a new link key and a new share. */
export const sealContent = (contentKey: Bytes, locator: Bytes, flags: number, content: Content): Promise<Bytes> =>
  sealText(contentKey, locator, flags, JSON.stringify(content));

export const sealText = (contentKey: Bytes, locator: Bytes, flags: number, text: string): Promise<Bytes> =>
  encrypt(contentKey, zeroNonce, pad(utf8(text)), additionalData(locator, flags));

/** Undefined when it does not open here or isn't padded as it must be. */
export async function openText(contentKey: Bytes, locator: Bytes, flags: number, sealed: Bytes): Promise<string | undefined> {
  const padded = sealed.length <= maxSealed ? await decrypt(contentKey, zeroNonce, sealed, additionalData(locator, flags)) : undefined;
  return padded && unpad(padded);
}

/** Undefined when it does not open here or isn't a content of version 1. */
export async function openContent(contentKey: Bytes, locator: Bytes, flags: number, sealed: Bytes): Promise<Content | undefined> {
  const text = await openText(contentKey, locator, flags, sealed);
  return text === undefined ? undefined : parseContent(text);
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === "string" && !value.includes("\0");
const bytes = (length: number): Check => (value) => fromBase64url(value, length) !== undefined;
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const maybe = (check: Check): Check => (value) => value === undefined || check(value);
const list = (most: number, check: Check): Check => (value) => Array.isArray(value) && value.length > 0 && value.length <= most && value.every(check);
const record = (members: Record<string, Check>): Check => (value) =>
  typeof value === "object" && value !== null && Object.entries(members).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const isContent = record({
  v: (value) => value === 1,
  handover: bytes(16),
  origin: text,
  ledgerKey: text,
  organization: record({ id: bytes(16), name: text }),
  sender: record({ name: text, card: bytes(235), cardSignature: bytes(64) }),
  recipient: text,
  recipientSalt: bytes(16),
  language: text,
  message: maybe(text),
  entries: list(
    500,
    record({
      type: text,
      title: text,
      url: maybe(text),
      username: maybe(text),
      password: maybe(text),
      totp: maybe(text),
      notes: maybe(text),
      fields: maybe(list(500, record({ name: text, value: text, kind: text }))),
      files: maybe(list(100, whole)),
      salt: bytes(16),
    }),
  ),
  files: maybe(list(100, record({ name: text, size: whole, sha256: bytes(32) }))),
});

/** Undefined for a text that isn't a content of version 1: other shapes, an index beyond the files, U+0000. */
export function parseContent(json: string): Content | undefined {
  try {
    const content: Content = JSON.parse(json);
    const files = content.files?.length ?? 0;
    return isContent(content) && content.entries.every((entry) => (entry.files ?? []).every((file) => file < files)) ? content : undefined;
  } catch {
    return undefined;
  }
}
