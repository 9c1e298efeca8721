// Group keys as an unlocked page holds them: the browser keeps them, and no script gets their bytes again. seal and derive
// of spec/keys.md §1 and §2, in one step from such a key to the one-time key. Apart from seal.ts, so that the recipient's
// page doesn't carry it.
import { decryptUnder, encryptUnder, zeroNonce } from "./aesGcm.ts";
import { concat, random, type Bytes } from "./bytes.ts";
import { labelled, type SealPurpose } from "./derive.ts";

/** A group or history key that can't be exported. */
export type HeldKey = CryptoKey;

export const holdKey = (key: Bytes): Promise<HeldKey> => crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveKey"]);

const onceOf = (key: HeldKey, salt: Bytes, purpose: SealPurpose, ad: Bytes, usage: "encrypt" | "decrypt"): Promise<CryptoKey> =>
  crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: labelled(purpose, ad) }, key, { name: "AES-GCM", length: 256 }, false, [usage]);

/** seal of spec/keys.md §2. */
export async function sealUnder(key: HeldKey, purpose: SealPurpose, ad: Bytes, message: Bytes): Promise<Bytes> {
  const salt = random(32);
  return concat(salt, await encryptUnder(await onceOf(key, salt, purpose, ad, "encrypt"), zeroNonce, message));
}

/** Undefined when it does not open here, under this key, for this purpose. */
export async function unsealUnder(key: HeldKey, purpose: SealPurpose, ad: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  if (sealed.length < 48) return undefined;
  return decryptUnder(await onceOf(key, sealed.slice(0, 32), purpose, ad, "decrypt"), zeroNonce, sealed.subarray(32));
}
