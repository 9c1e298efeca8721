// AES-256-GCM with a 16-byte tag, under keys that encrypt one message (or one numbered chunk) each. Nothing but seal,
// content and fileStream calls this: spec/keys.md §2.
import { empty, type Bytes } from "./bytes.ts";

/** 12 zero bytes: for keys that encrypt one message. */
export const zeroNonce: Bytes = new Uint8Array(12);

/** It can't be exported again. */
export const importKey = (key: Bytes, usage: "encrypt" | "decrypt"): Promise<CryptoKey> => crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]);

/** ciphertext || tag */
export const encrypt = async (key: Bytes, nonce: Bytes, message: Bytes, additionalData = empty): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, await importKey(key, "encrypt"), message));

/** The same under a key that was imported before. Apart from `encrypt`, so that the recipient's page doesn't carry it. */
export const encryptUnder = async (key: CryptoKey, nonce: Bytes, message: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, message));

/** Undefined when it does not open, whatever the reason. */
export const decrypt = async (key: Bytes, nonce: Bytes, sealed: Bytes, additionalData = empty): Promise<Bytes | undefined> => {
  const imported = await importKey(key, "decrypt");
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData }, imported, sealed).then(
    (message) => new Uint8Array(message),
    () => undefined,
  );
};

/** As `decrypt`, under a key that was imported or derived before. */
export const decryptUnder = (key: CryptoKey, nonce: Bytes, sealed: Bytes): Promise<Bytes | undefined> =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, key, sealed).then(
    (message) => new Uint8Array(message),
    () => undefined,
  );
