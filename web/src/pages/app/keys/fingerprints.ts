import type { Bytes } from "../../../protocol/bytes.ts";
import { fingerprint } from "../../../protocol/fingerprint.ts";
import { wordlist } from "../password/wordlist.ts";

/** Six words for two public keys, to be compared by voice. The word list is loaded with the first of them. */
export const wordsOf = async (keys: { ecdh: Bytes; ecdsa: Bytes }): Promise<string[]> => fingerprint(keys, await wordlist());
