// What the sender's organization keeps of a handover, in two parts sealed under the group's history key, so that what
// concerns the recipient can be purged alone. No password, TOTP seed, note, link or access password is in them. spec/handover.md §7.
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

/** The things handed over. */
export interface Details {
  v: 1;
  /** A name for the sender's own history. */
  title: string;
  items: DetailsItem[];
  files?: string[];
}

/** The recipient. */
export interface Personal {
  v: 1;
  recipient: string;
  recipientSalt: string;
  /** base64url; opens what the recipient replies. */
  replyKey: string;
}

/** Where both lie: they open there only. */
export interface DetailsPlace {
  org: Bytes;
  group: Bytes;
  version: number;
  handover: Bytes;
}

const ad = ({ org, group, version, handover }: DetailsPlace) => concat(org, group, uint32(version), handover);

export const sealDetails = (historyKey: HeldKey, place: DetailsPlace, details: Details): Promise<Bytes> =>
  sealUnder(historyKey, "details", ad(place), utf8(JSON.stringify(details)));

export const sealPersonal = (historyKey: HeldKey, place: DetailsPlace, personal: Personal): Promise<Bytes> =>
  sealUnder(historyKey, "personal", ad(place), utf8(JSON.stringify(personal)));

/** Undefined when they don't open at this place or aren't of version 1. */
export async function openDetails(historyKey: HeldKey, place: DetailsPlace, sealed: Bytes): Promise<Details | undefined> {
  const details = parse<Details>(await unsealUnder(historyKey, "details", ad(place), sealed));
  return details && typeof details.title === "string" && Array.isArray(details.items) ? details : undefined;
}

/** Undefined when it doesn't open at this place or isn't of version 1. */
export async function openPersonal(historyKey: HeldKey, place: DetailsPlace, sealed: Bytes): Promise<Personal | undefined> {
  const personal = parse<Personal>(await unsealUnder(historyKey, "personal", ad(place), sealed));
  return personal && typeof personal.recipient === "string" ? personal : undefined;
}

function parse<T extends { v: 1 }>(text: Bytes | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: T = JSON.parse(fromUtf8(text));
    return parsed.v === 1 ? parsed : undefined;
  } catch {
    return undefined;
  }
}
