// Checkpoints in signed notes (C2SP tlog-checkpoint, signed-note) and the keys that sign them. spec/ledger.md §2 and §4.
import { concat, equal, utf8, type Bytes } from "../bytes.ts";
import { sha256 } from "../derive.ts";
import { checkSpki, ecdsa } from "../signatures.ts";

export interface VerifyingKey {
  name: string;
  /** The first 4 bytes of SHA-256(SPKI). */
  id: Bytes;
  spki: Bytes;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
  /** The signed lines. */
  text: string;
  /** Of the first signature line. */
  signer: { name: string; id: Bytes; signature: Bytes };
}

const noteMost = 65_536;

/** Of ECDSA P-256 keys and their signatures. */
const ecdsaType = 0x02;

/** Standard base64 with padding, canonical. */
function fromBase64(text: string): Bytes | undefined {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (c) => c.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}

/** A key's name: no white space, no control characters, no plus. */
const isName = (name: string): boolean => /^[^\p{White_Space}\0-\x1f+]+$/u.test(name);

/** `name+hex(key id)+base64(0x02 || SPKI)`; undefined for anything else. */
export async function parseVerifyingKey(text: string): Promise<VerifyingKey | undefined> {
  const [, name, hex, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const key = encoded === undefined ? undefined : fromBase64(encoded);
  if (!key || !isName(name!) || key[0] !== ecdsaType || !(await checkSpki(key.slice(1)))) return undefined;
  const id = (await sha256(key.slice(1))).slice(0, 4);
  return [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("") === hex ? { name: name!, id, spki: key.slice(1) } : undefined;
}

/** Undefined for what is no checkpoint in a signed note, or is written otherwise than it would be. */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  if (utf8(note).length > noteMost || /\p{Surrogate}/u.test(note)) return undefined;
  const [, text, origin, digits, encoded, lines] = /^(([^\n]+)\n(0|[1-9]\d*)\n([^\n]+)\n)\n((?:[^\n]+\n)+)$/.exec(note) ?? [];
  const root = encoded === undefined ? undefined : fromBase64(encoded);
  const size = Number(digits);
  const signers = lines?.split("\n").slice(0, -1).map(parseSignature) ?? [undefined];
  const [signer] = signers;
  if (root?.length !== 32 || !Number.isSafeInteger(size) || !signer || signers.includes(undefined) || /[\0-\t\v-\x1f]/.test(text!)) return undefined;
  return { origin: origin!, size, root, text: text!, signer };
}

/** `— name base64(key id (4) || signature)` */
function parseSignature(line: string): Checkpoint["signer"] | undefined {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  return bytes && bytes.length > 4 && isName(name!) ? { name: name!, id: bytes.slice(0, 4), signature: bytes.slice(4) } : undefined;
}

/** Whether the checkpoint's first signature is this key's. */
export async function verifyCheckpoint({ text, signer }: Checkpoint, key: VerifyingKey): Promise<boolean> {
  const signature = fromDer(signer.signature);
  if (!signature || signer.name !== key.name || !equal(signer.id, key.id)) return false;
  try {
    const imported = await crypto.subtle.importKey("spki", key.spki, ecdsa, false, ["verify"]);
    return await crypto.subtle.verify(ecdsa, imported, signature, utf8(text));
  } catch {
    return false;
  }
}

/** r||s of an ECDSA signature in ASN.1 DER; undefined unless it is the one DER there is. */
function fromDer(der: Bytes): Bytes | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  const parts: Bytes[] = [];
  let at = 2;
  for (let i = 0; i < 2; i++) {
    const [tag, length] = [der[at], der[at + 1]];
    const value = der.slice(at + 2, at + 2 + (length ?? 0));
    if (tag !== 0x02 || !length || value.length !== length || value[0]! > 0x7f || (length > 1 && value[0] === 0 && value[1]! < 0x80)) return undefined;
    const digits = value[0] === 0 ? value.slice(1) : value;
    if (digits.length > 32) return undefined;
    parts.push(concat(new Uint8Array(32 - digits.length), digits));
    at += 2 + length;
  }
  return at === der.length ? concat(...parts) : undefined;
}
