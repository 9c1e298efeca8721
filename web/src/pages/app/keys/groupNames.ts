import { t } from "../../../ui/text/index.ts";
import type { Vault } from "./vault.ts";

/** As its members call it; for a group that one doesn't hold there is no name to show. */
export function groupName(vault: Vault, group: string): string {
  const access = vault.groups.get(group);
  if (access === undefined) return t("group.foreign");
  return access.personal ? t("group.personal") : access.name || t("group.unnamed");
}
