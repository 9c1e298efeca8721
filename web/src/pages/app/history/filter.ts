import type { State } from "../../../api/wire.ts";
import type { GroupAccess, Vault } from "../keys/vault.ts";
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
export function select(rows: readonly Row[], filter: Filter, search: string, group = ""): Row[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => (group === "" || row.summary.group === group) && (filter === "all" || statesOf[filter].includes(row.summary.state) || (filter === "trouble" && row.summary.reports > 0)) && words.every((word) => row.text.includes(word)));
}

/** Groups that anything was handed over for. */
export const groupsOf = (rows: readonly Row[], vault: Vault): GroupAccess[] =>
  [...new Set(rows.map((row) => row.summary.group))].flatMap((id) => vault.groups.get(id) ?? []).sort((a, b) => Number(b.personal) - Number(a.personal) || (a.name ?? "").localeCompare(b.name ?? ""));
