// What the sender's organization keeps of a handover, sealed under the group's history key. No password, TOTP seed,
// note, link or access password is in it. spec/handover.md §7.
import { concat, fromUtf8, uint32, utf8, type Bytes } from "./bytes.ts";
import { sealUnder, unsealUnder, type HeldKey } from "./heldKey.ts";

export interface DetailsItem {
  type: string;
  title: string;
  username?: string;
  url?: string;
  /** of its commitment, base64url */
  salt: string;
  /** Id and revision, where it was taken from the vault. */
  entry?: string;
  revision?: number;
}

export interface Details {
  v: 1;
  /** A name for the sender's own history. */
  title: string;
  recipient: string;
  recipientSalt: string;
  items: DetailsItem[];
  files?: string[];
  /** base64url; opens what the recipient replies. */
  replyKey: string;
}

/** Where details lie: they open there only. */
export interface DetailsPlace {
  org: Bytes;
  group: Bytes;
  version: number;
  handover: Bytes;
}

const ad = ({ org, group, version, handover }: DetailsPlace) => concat(org, group, uint32(version), handover);

export const sealDetails = (historyKey: HeldKey, place: DetailsPlace, details: Details): Promise<Bytes> =>
  sealUnder(historyKey, "details", ad(place), utf8(JSON.stringify(details)));

/** Undefined when they don't open at this place or aren't of version 1. */
export async function openDetails(historyKey: HeldKey, place: DetailsPlace, sealed: Bytes): Promise<Details | undefined> {
  const text = await unsealUnder(historyKey, "details", ad(place), sealed);
  if (text === undefined) return undefined;
  try {
    const details: Details = JSON.parse(fromUtf8(text));
    return details.v === 1 && typeof details.title === "string" && Array.isArray(details.items) ? details : undefined;
  } catch {
    return undefined;
  }
}
