// A member's public keys in six words. spec/keys.md §6.
import { concat, toNumber, type Bytes } from "./bytes.ts";
import { labelled, sha256 } from "./derive.ts";

/** `list` is the word list that makes access passwords. */
export async function fingerprint({ ecdh, ecdsa }: { ecdh: Bytes; ecdsa: Bytes }, list: readonly string[]): Promise<string[]> {
  const hash = await sha256(labelled("fingerprint", concat(ecdh, ecdsa)));
  return Array.from({ length: 6 }, (_, i) => list[toNumber(hash.slice(4 * i, 4 * i + 4)) % list.length]!);
}
