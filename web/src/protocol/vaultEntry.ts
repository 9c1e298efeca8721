// An entry of the vault as it is sealed. spec/vault.md §2. A reader keeps the members it doesn't know: they are in the
// object it returns, and go back with it.
import { fromBase64url } from "./base64url.ts";

export interface VaultField {
  name: string;
  value: string;
  /** text, hidden, link, date or key; a reader shows another as text */
  kind: string;
}

/** An attachment; id, SHA-256 and key are base64url. */
export interface VaultFile {
  id: string;
  name: string;
  /** Bytes of plaintext. */
  size: number;
  sha256: string;
  key: string;
}

/** What is empty is absent; times are Unix milliseconds by the client's clock. */
export interface VaultEntry {
  v: 1;
  type: string;
  title: string;
  url?: string;
  username?: string;
  password?: string;
  totp?: string;
  notes?: string;
  fields?: VaultField[];
  files?: VaultFile[];
  /** The path inside the group. */
  folder?: string[];
  tags?: string[];
  favourite?: boolean;
  /** Passwords from before an import, newest first, with the time when each was replaced. */
  old?: { password: string; changed: number }[];
  created?: number;
  changed?: number;
  passwordChanged?: number;
  expires?: number;
  rotateBy?: number;
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && !value.includes("\0");
const filled: Check = (value) => text(value) && value !== "";
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const bytes = (length: number): Check => (value) => fromBase64url(value, length) !== undefined;
const list = (most: number, check: Check): Check => (value) => Array.isArray(value) && value.length > 0 && value.length <= most && value.every(check);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Of the members named first each must be there, of the second each may be absent. */
const record = (must: Record<string, Check>, may: Record<string, Check> = {}): Check => (value) =>
  isObject(value) &&
  Object.entries(must).every(([name, check]) => check(value[name])) &&
  Object.entries(may).every(([name, check]) => value[name] === undefined || check(value[name]));

/** Most fields, files, folders, tags and earlier passwords of an entry. */
export const entryLimits = { fields: 500, files: 100, folder: 32, tags: 100, old: 50 } as const;

const isEntry = record(
  { v: (value) => value === 1, type: text, title: text },
  {
    url: text, username: text, password: text, totp: text, notes: text,
    fields: list(entryLimits.fields, record({ name: text, value: text, kind: text })),
    files: list(entryLimits.files, record({ id: bytes(16), name: text, size: whole, sha256: bytes(32), key: bytes(32) })),
    folder: list(entryLimits.folder, filled),
    tags: list(entryLimits.tags, filled),
    favourite: (value) => typeof value === "boolean",
    old: list(entryLimits.old, record({ password: text, changed: whole })),
    created: whole, changed: whole, passwordChanged: whole, expires: whole, rotateBy: whole,
  },
);

/** Undefined for a text that isn't an entry of version 1. */
export function parseVaultEntry(json: string): VaultEntry | undefined {
  try {
    const entry: VaultEntry = JSON.parse(json);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}
