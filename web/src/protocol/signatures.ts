// ECDSA P-256 with SHA-256, r||s, under a purpose. spec/keys.md §3.
import { concat, equal, type Bytes } from "./bytes.ts";
import { labelled } from "./derive.ts";

/** The table of spec/keys.md §3; a test compares the two. */
export const signaturePurposes = ["card", "grant", "created", "receipt"] as const;

export type SignaturePurpose = (typeof signaturePurposes)[number];

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** SubjectPublicKeyInfo of P-256 up to and with the byte that says "uncompressed". */
const spkiPrefix = Uint8Array.from(
  [48, 89, 48, 19, 6, 7, 42, 134, 72, 206, 61, 2, 1, 6, 8, 42, 134, 72, 206, 61, 3, 1, 7, 3, 66, 0, 4],
);

/** 91 bytes with the fixed prefix. Whether the point is on the curve is seen at import. */
export const isSpki = (spki: Bytes): boolean => spki.length === 91 && equal(spki.slice(0, 27), spkiPrefix);

/** The uncompressed point (65 bytes) of a public key, and back. */
export const pointOf = (spki: Bytes): Bytes => spki.slice(26);
export const spkiOf = (point: Bytes): Bytes => concat(spkiPrefix.slice(0, 26), point);

export const exportSpki = async (key: CryptoKey): Promise<Bytes> => new Uint8Array(await crypto.subtle.exportKey("spki", key));

/** A pair whose private half can't be exported. */
export const generateReaderKey = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, false, ["sign"]);

export const sign = async (key: CryptoKey, purpose: SignaturePurpose, ...fields: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(algorithm, key, labelled(purpose, ...fields)));

/** False for a wrong signature as for a key that is none. */
export async function verify(spki: Bytes, signature: Bytes, purpose: SignaturePurpose, ...fields: Bytes[]): Promise<boolean> {
  if (!isSpki(spki) || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("spki", spki, algorithm, false, ["verify"]);
    return await crypto.subtle.verify(algorithm, key, signature, labelled(purpose, ...fields));
  } catch {
    return false;
  }
}
