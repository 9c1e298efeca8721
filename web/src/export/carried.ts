// What a format can't carry of the entries that are chosen, so that it can be said before the file is made.
import type { ExportedEntry } from "./exportedVault.ts";

export type Format = "backup" | "kdbx" | "csv";

export const dropKinds = ["files", "old", "expires", "rotateBy", "favourite", "kinds", "lines"] as const;
export type Dropped = (typeof dropKinds)[number];

/** How many entries lose what. */
export function dropped(format: Format, entries: Iterable<ExportedEntry & { files?: readonly unknown[] }>): ReadonlyMap<Dropped, number> {
  const counts = new Map<Dropped, number>();
  if (format === "backup") return counts;
  const count = (what: Dropped, happens: boolean | undefined): void => {
    if (happens) counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  for (const entry of entries) {
    count("rotateBy", entry.rotateBy !== undefined);
    if (format === "kdbx") {
      count("kinds", entry.fields?.some(({ kind }) => kind === "date" || kind === "link" || kind === "key"));
      continue;
    }
    count("files", (entry.files?.length ?? 0) > 0);
    count("old", (entry.old?.length ?? 0) > 0);
    count("expires", entry.expires !== undefined);
    count("favourite", entry.favourite);
    count("kinds", (entry.fields?.length ?? 0) > 0);
    count("lines", entry.fields?.some(({ value }) => value.includes("\n")));
  }
  return counts;
}
