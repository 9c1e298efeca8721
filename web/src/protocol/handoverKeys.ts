// The keys of one handover. Opening needs three things held in three places: the link, the access password and the
// share. spec/handover.md §1.
import { concat, empty, uint32, type Bytes } from "./bytes.ts";
import { derive } from "./derive.ts";

/** Salt of the access password's Argon2id. */
export const passwordSalt = async (linkKey: Bytes): Promise<Bytes> => (await derive(linkKey, empty, "password salt")).slice(0, 16);

/** Where the handover is found; the server keeps its SHA-256 only. */
export const locatorOf = async (linkKey: Bytes): Promise<Bytes> => (await derive(linkKey, empty, "locator")).slice(0, 16);

/** linkKey || passwordKey; passwordKey is `empty` without a password. */
export const secretOf = (linkKey: Bytes, passwordKey: Bytes): Bytes => concat(linkKey, passwordKey);

/** What opens the door. The server compares HMAC(share, claimKey) with the claim tag. */
export const claimKeyOf = (secret: Bytes, locator: Bytes): Promise<Bytes> => derive(secret, empty, "claim", locator);

export const contentKeyOf = (secret: Bytes, share: Bytes, locator: Bytes): Promise<Bytes> => derive(secret, share, "content", locator);

export const fileKeyOf = (secret: Bytes, share: Bytes, locator: Bytes, file: number): Promise<Bytes> =>
  derive(secret, share, "file", locator, uint32(file));

/** Only who could decrypt can show it. */
export const displayedProofOf = (secret: Bytes, share: Bytes, locator: Bytes): Promise<Bytes> => derive(secret, share, "displayed", locator);

/** What seals the recipient's reply; the sender keeps it in the personal part. */
export const replyKeyOf = (secret: Bytes, share: Bytes, locator: Bytes): Promise<Bytes> => derive(secret, share, "reply key", locator);
