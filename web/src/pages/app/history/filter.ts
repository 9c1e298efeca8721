import type { State } from "../../../api/wire.ts";
import type { Row } from "./store.ts";

export const filters = ["all", "open", "done", "ended", "trouble"] as const;
export type Filter = (typeof filters)[number];

const statesOf: Readonly<Record<Exclude<Filter, "all">, readonly State[]>> = {
  open: ["draft", "waiting", "claimed"],
  done: ["displayed", "confirmed"],
  ended: ["expired", "revoked"],
  trouble: ["undisplayed", "locked", "void"],
};

/** Every word of the search must be there. */
export function select(rows: readonly Row[], filter: Filter, search: string): Row[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => (filter === "all" || statesOf[filter].includes(row.summary.state)) && words.every((word) => row.text.includes(word)));
}
