// ECDSA P-256 with SHA-256, r||s, under a purpose. spec/keys.md §3.
import { toBase64url } from "./base64url.ts";
import type { Bytes } from "./bytes.ts";
import { labelled } from "./derive.ts";

/** The table of spec/keys.md §3; a test compares the two. */
export const signaturePurposes = ["card", "grant", "created", "policy", "receipt", "evidence"] as const;

export type SignaturePurpose = (typeof signaturePurposes)[number];

/** For every key and signature here. */
export const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** SubjectPublicKeyInfo of P-256 up to and with the byte that says "uncompressed": 27 bytes, so 36 whole characters. */
const spkiPrefix = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE";

/** 91 bytes with the fixed prefix. Whether the point is on the curve is seen at import. */
export const isSpki = (spki: Bytes): boolean => spki.length === 91 && toBase64url(spki).startsWith(spkiPrefix);

/** Whether it is a public key: the fixed prefix and a point on the curve. */
export const checkSpki = async (spki: Bytes): Promise<boolean> =>
  isSpki(spki) && crypto.subtle.importKey("spki", spki, ecdsa, false, ["verify"]).then(() => true, () => false);

/** The uncompressed point (65 bytes) of a public key. */
export const pointOf = (spki: Bytes): Bytes => spki.slice(26);

export const exportSpki = async (key: CryptoKey): Promise<Bytes> => new Uint8Array(await crypto.subtle.exportKey("spki", key));

/** A pair whose private half can't be exported. */
export const generateReaderKey = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(ecdsa, false, ["sign"]);

export const sign = async (key: CryptoKey, purpose: SignaturePurpose, ...fields: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.sign(ecdsa, key, labelled(purpose, ...fields)));

/** False for a wrong signature as for a key that is none. */
export async function verify(spki: Bytes, signature: Bytes, purpose: SignaturePurpose, ...fields: Bytes[]): Promise<boolean> {
  if (!isSpki(spki) || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("spki", spki, ecdsa, false, ["verify"]);
    return await crypto.subtle.verify(ecdsa, key, signature, labelled(purpose, ...fields));
  } catch {
    return false;
  }
}
