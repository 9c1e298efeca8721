// For everything that lies under a key that is used more than once: a fresh salt gives a fresh key each time, so the
// zero nonce is used once. spec/keys.md §2.
import { decrypt, encrypt, encryptUnder, importKey, zeroNonce } from "./aesGcm.ts";
import { concat, random, type Bytes } from "./bytes.ts";
import { derive, type SealPurpose } from "./derive.ts";

/** s (32) || AES-256-GCM(derive(key, s, purpose, ad), m): 48 bytes longer than the message. */
export async function seal(key: Bytes, purpose: SealPurpose, ad: Bytes, message: Bytes, salt = random(32)): Promise<Bytes> {
  return concat(salt, await encrypt(await derive(key, salt, purpose, ad), zeroNonce, message));
}

/**
 * A seal whose message comes later: keeps the one-time key, which can't be exported, and nothing of `key`. Seals one
 * message and throws at a second, because the nonce is always zero.
 */
export async function sealLater(key: Bytes, purpose: SealPurpose, ad: Bytes): Promise<(message: Bytes) => Promise<Bytes>> {
  const salt = random(32);
  const derived = await derive(key, salt, purpose, ad);
  let once: CryptoKey | undefined = await importKey(derived, "encrypt");
  derived.fill(0);
  return async (message) => {
    if (once === undefined) throw new Error("One key seals one message.");
    const used = once;
    once = undefined;
    return concat(salt, await encryptUnder(used, zeroNonce, message));
  };
}

/** Undefined when it does not open here, under this key, for this purpose. */
export async function unseal(key: Bytes, purpose: SealPurpose, ad: Bytes, sealed: Bytes): Promise<Bytes | undefined> {
  if (sealed.length < 48) return undefined;
  return decrypt(await derive(key, sealed.slice(0, 32), purpose, ad), zeroNonce, sealed.slice(32));
}
