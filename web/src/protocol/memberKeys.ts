// A member's two key pairs and the text that holds them, sealed under the password's and the recovery key's wraps.
// spec/keys.md §5.
import { fromBase64url, toBase64url } from "./base64url.ts";
import { equal, fromUtf8, utf8, type Bytes } from "./bytes.ts";
import { seal, unseal } from "./seal.ts";
import { exportSpki } from "./signatures.ts";

const ecdhAlgorithm = { name: "ECDH", namedCurve: "P-256" };
const ecdsaAlgorithm = { name: "ECDSA", namedCurve: "P-256" };

/** The private halves (PKCS#8) and the organization's pin. */
export interface MemberSecrets {
  ecdh: Bytes;
  ecdsa: Bytes;
  /** SHA-256 of the root card: every card and grant has to lead back to it. */
  root: Bytes;
}

export interface NewMemberKeys {
  /** PKCS#8 */
  ecdhPrivate: Bytes;
  ecdsaPrivate: Bytes;
  /** SPKI */
  ecdh: Bytes;
  ecdsa: Bytes;
}

/** Two fresh pairs. Exportable once, to be sealed; afterwards importMemberKeys gives halves that can't be exported. */
export async function generateMemberKeys(): Promise<NewMemberKeys> {
  const ecdh = await crypto.subtle.generateKey(ecdhAlgorithm, true, ["deriveBits"]);
  const ecdsa = await crypto.subtle.generateKey(ecdsaAlgorithm, true, ["sign"]);
  return {
    ecdhPrivate: new Uint8Array(await crypto.subtle.exportKey("pkcs8", ecdh.privateKey)),
    ecdsaPrivate: new Uint8Array(await crypto.subtle.exportKey("pkcs8", ecdsa.privateKey)),
    ecdh: await exportSpki(ecdh.publicKey),
    ecdsa: await exportSpki(ecdsa.publicKey),
  };
}

/** The exact text: no white space, this order. */
export const memberKeysText = ({ ecdh, ecdsa, root }: MemberSecrets): string =>
  `{"v":1,"ecdh":"${toBase64url(ecdh)}","ecdsa":"${toBase64url(ecdsa)}","root":"${toBase64url(root)}"}`;

/** Undefined for a text that is not exactly what memberKeysText would write. */
export function parseMemberKeys(text: string): MemberSecrets | undefined {
  const found = /^\{"v":1,"ecdh":"([\w-]+)","ecdsa":"([\w-]+)","root":"([\w-]+)"\}$/.exec(text);
  const ecdh = fromBase64url(found?.[1]);
  const ecdsa = fromBase64url(found?.[2]);
  const root = fromBase64url(found?.[3], 32);
  return ecdh && ecdsa && root ? { ecdh, ecdsa, root } : undefined;
}

/** The blob under wrapKey or recoveryWrap; it opens for this member only. */
export const sealMemberKeys = (wrap: Bytes, member: Bytes, secrets: MemberSecrets): Promise<Bytes> =>
  seal(wrap, "member keys", member, utf8(memberKeysText(secrets)));

export async function openMemberKeys(wrap: Bytes, member: Bytes, blob: Bytes): Promise<MemberSecrets | undefined> {
  const text = await unseal(wrap, "member keys", member, blob);
  return text && parseMemberKeys(fromUtf8(text));
}

/** The public halves (SPKI) of a member's secrets. */
export const publicHalves = async ({ ecdh, ecdsa }: MemberSecrets): Promise<{ ecdh: Bytes; ecdsa: Bytes }> => ({ ecdh: await publicHalfOf(ecdh), ecdsa: await publicHalfOf(ecdsa) });

/** Whether a card names the public halves of these very keys: otherwise somebody else could open what is sealed for it. */
export async function areOfCard(secrets: MemberSecrets, card: { ecdh: Bytes; ecdsa: Bytes }): Promise<boolean> {
  const { ecdh, ecdsa } = await publicHalves(secrets);
  return equal(ecdh, card.ecdh) && equal(ecdsa, card.ecdsa);
}

/** SPKI of a private half (PKCS#8); computed by the browser, so a card can be held against it. Throws for what is no key. */
async function publicHalfOf(pkcs8: Bytes): Promise<Bytes> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", await crypto.subtle.importKey("pkcs8", pkcs8, ecdsaAlgorithm, true, ["sign"]));
  return exportSpki(await crypto.subtle.importKey("jwk", { kty: kty!, crv: crv!, x: x!, y: y! }, ecdsaAlgorithm, true, ["verify"]));
}

/** The pairs in use, private halves not exportable; the public halves are those of the member's card (SPKI). */
export async function importMemberKeys(secrets: MemberSecrets, card: { ecdh: Bytes }): Promise<{ ecdh: CryptoKeyPair; ecdsa: CryptoKey }> {
  return {
    ecdh: {
      privateKey: await crypto.subtle.importKey("pkcs8", secrets.ecdh, ecdhAlgorithm, false, ["deriveBits"]),
      publicKey: await crypto.subtle.importKey("spki", card.ecdh, ecdhAlgorithm, true, []),
    },
    ecdsa: await crypto.subtle.importKey("pkcs8", secrets.ecdsa, ecdsaAlgorithm, false, ["sign"]),
  };
}
