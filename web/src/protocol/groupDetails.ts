// What people call a group, sealed under its history key. spec/vault.md §1.
import { concat, fromUtf8, uint32, uint64, utf8, type Bytes } from "./bytes.ts";
import type { GroupVersion } from "./grant.ts";
import { sealUnder, unsealUnder, type HeldKey } from "./heldKey.ts";

export interface GroupDetails {
  v: 1;
  name: string;
  icon: string;
  colour: string;
}

const ad = ({ org, group, version }: GroupVersion, revision: number) => concat(org, group, uint32(version), uint64(revision));

/** The revision counts from 1 and grows with every change, also through rotations. */
export const sealGroupDetails = (historyKey: HeldKey, at: GroupVersion, revision: number, details: GroupDetails): Promise<Bytes> =>
  sealUnder(historyKey, "group", ad(at, revision), utf8(JSON.stringify(details)));

/** Undefined when they don't open at this place or aren't of version 1. */
export async function openGroupDetails(historyKey: HeldKey, at: GroupVersion, revision: number, sealed: Bytes): Promise<GroupDetails | undefined> {
  const text = await unsealUnder(historyKey, "group", ad(at, revision), sealed);
  if (text === undefined) return undefined;
  try {
    const details: GroupDetails = JSON.parse(fromUtf8(text));
    return details.v === 1 && [details.name, details.icon, details.colour].every((part) => typeof part === "string") ? details : undefined;
  } catch {
    return undefined;
  }
}
