// What stands in the ledger in place of titles and personal data. spec/keys.md §7.
import { concat, utf8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";

/** The table of spec/keys.md §7; a test compares the two. */
export const commitmentLabels = ["recipient", "item", "address"] as const;

/** SHA-256(salt (16) || label || 0x00 || value) */
export const commit = (salt: Bytes, label: (typeof commitmentLabels)[number], value: string): Promise<Bytes> =>
  sha256(concat(salt, utf8(`${label}\0${value}`)));

/** The value that an entry's commitment is over; a field left out is empty. */
export const itemValue = (entry: { title: string; username?: string; url?: string }): string =>
  `${entry.title}\0${entry.username ?? ""}\0${entry.url ?? ""}`;
