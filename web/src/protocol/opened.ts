// What the reader checks before it shows anything: that the server's answer to the claim is what the sender sealed and
// signed, for this reader. spec/handover.md §5.
import { fromBase64url } from "./base64url.ts";
import { concat, equal, type Bytes } from "./bytes.ts";
import { signingKeyOf } from "./card.ts";
import { commit, itemValue } from "./commitments.ts";
import { openContent, type Content } from "./content.ts";
import { sha256 } from "./derive.ts";
import { contentKeyOf, displayedProofOf, fileKeyOf, replyKeyOf } from "./handoverKeys.ts";
import { parseCreated, parseEntry, verifyCreated } from "./ledgerEntry.ts";

/** The answer to a claim as it comes over the wire. spec/api.md */
export interface LinkOpened {
  sealed: string;
  share: string;
  flags: number;
  /** exact texts of the entries */
  created: string;
  claimed: string;
}

/** A handover that opened and is genuine. */
export interface Opened {
  content: Content;
  /** the items' commitments, as in the created entry */
  items: Bytes[];
  handover: Bytes;
  displayedProof: Bytes;
  replyKey: Bytes;
  fileKey: (file: number) => Promise<Bytes>;
}

/** Undefined when it does not open, or is not what the sender signed, or was claimed by another reader (base64url SPKI). */
export async function openClaimed(secret: Bytes, locator: Bytes, readerKey: string, answer: LinkOpened): Promise<Opened | undefined> {
  const sealed = fromBase64url(answer.sealed);
  const share = fromBase64url(answer.share, 32);
  const created = parseCreated(answer.created);
  const claimed = parseEntry(answer.claimed, "claimed");
  if (!sealed || !share || !created || !claimed) return undefined;
  const content = await openContent(await contentKeyOf(secret, share, locator), locator, answer.flags, sealed);
  if (!content) return undefined;
  const card = fromBase64url(content.sender.card)!;
  const handover = fromBase64url(content.handover)!;
  const org = fromBase64url(content.organization.id)!;
  const displayedProof = await displayedProofOf(secret, share, locator);
  const commitments = await Promise.all([
    commit(fromBase64url(content.recipientSalt)!, "recipient", content.recipient),
    ...content.entries.map((entry) => commit(fromBase64url(entry.salt)!, "item", itemValue(entry))),
  ]);
  const told = concat(handover, org, card.slice(0, 16), await sha256(sealed), await sha256(displayedProof), ...commitments);
  const genuine =
    answer.flags === created.flags &&
    claimed["handover"] === content.handover &&
    claimed["readerKey"] === readerKey &&
    equal(told, concat(created.handover, created.org, created.org, created.sealed, created.displayedTag, created.recipient, ...created.items)) &&
    (await verifyCreated(created, card, signingKeyOf(card)));
  if (!genuine) return undefined;
  return {
    content,
    items: created.items,
    handover,
    displayedProof,
    replyKey: await replyKeyOf(secret, share, locator),
    fileKey: (file) => fileKeyOf(secret, share, locator, file),
  };
}
