// Nothing to show: why, and what to do next.
import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { openImport } from "../exchange/open.ts";
import { shelfIcons } from "./GroupsPane.tsx";
import { groupOf, mayWrite, writableGroups } from "./rights.ts";
import { items, syncing } from "./store.ts";
import { clearFilters, folder, newEntry, query, scope, tag, type } from "./view.ts";

export function EmptyList(): JSX.Element | null {
  const narrowed = query.value.trim() !== "" || tag.value !== undefined || type.value !== undefined || folder.value !== undefined;
  if (syncing.value !== null && !narrowed) return null;
  if (narrowed)
    return (
      <Empty icon="search" title={t("vault.empty.search")}>
        <p>{t("vault.empty.search.body")}</p>
        <div class="actions">
          <button type="button" onClick={clearFilters}>
            {t("history.clear")}
          </button>
        </div>
      </Empty>
    );
  const shelf = (["favourites", "attention", "bin"] as const).find((name) => name === scope.value);
  if (shelf !== undefined)
    return (
      <Empty icon={shelfIcons[shelf]} title={t(`vault.empty.${shelf}`)}>
        <p>{t(`vault.empty.${shelf}.body`)}</p>
      </Empty>
    );
  const group = groupOf(scope.value);
  const first = items.value.size === 0;
  const mayAdd = group === undefined ? writableGroups.value.length > 0 : mayWrite(group);
  return (
    <Empty icon="key-round" title={t(first ? "vault.empty.first" : "vault.empty.group")}>
      <p>{t(first ? "vault.empty.first.body" : mayAdd ? "vault.empty.group.body" : "vault.empty.group.view")}</p>
      {mayAdd && (
        <div class="actions">
          <button type="button" class="primary" onClick={newEntry}>
            <Icon name="plus" />
            {t("vault.empty.add")}
          </button>
          <button type="button" onClick={() => openImport(group?.group)}>
            <Icon name="file-up" />
            {t("exchange.import")}
          </button>
        </div>
      )}
    </Empty>
  );
}
