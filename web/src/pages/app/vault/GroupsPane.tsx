// The left: shelves over all groups, the groups with their folders, tags.
import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { number, t } from "../../../ui/text/index.ts";
import type { GroupAccess } from "../keys/vault.ts";
import { fold } from "./fold.ts";
import { folderTree, samePath, type Folder } from "./folders.ts";
import { openExport, openImport } from "../exchange/open.ts";
import { groupName, GroupMark } from "./GroupMark.tsx";
import { groupOf, writableGroups } from "./rights.ts";
import { groups, items } from "./store.ts";
import { choosing, counts, folder, scope, show, tag } from "./view.ts";

export const shelfIcons = { all: "layers", favourites: "star", attention: "clock", bin: "trash" } as const satisfies Record<string, IconName>;

const inOrder = (list: readonly GroupAccess[]): GroupAccess[] =>
  [...list].sort((a, b) => Number(b.personal) - Number(a.personal) || (fold(groupName(a)) < fold(groupName(b)) ? -1 : 1));

export function GroupsPane({ children }: { children?: ComponentChildren }): JSX.Element {
  const numbers = counts.value;
  const readable = groups.value.filter((group) => group.right !== "history");
  const active = inOrder(readable.filter((group) => group.state === "active"));
  const archived = inOrder(readable.filter((group) => group.state === "archived"));
  const tags = [...numbers.tags].sort(([a], [b]) => (fold(a) < fold(b) ? -1 : 1));
  return (
    <nav class="vault-groups" aria-label={t("vault.groups")}>
      <button type="button" class="plain only-narrow" onClick={() => (choosing.value = false)}>
        <Icon name="arrow-left" />
        {t("app.back")}
      </button>
      <ul>
        {(["all", "favourites", "attention", "bin"] as const).map((name) => (
          <li key={name}>
            <Place here={scope.value === name} count={numbers[name]} onGo={() => show(name)}>
              <Icon name={shelfIcons[name]} />
              <span>{t(`vault.shelf.${name}`)}</span>
            </Place>
          </li>
        ))}
      </ul>
      <div class="groups-head">
        <h2>{t("vault.groups")}</h2>
        {children}
      </div>
      <ul>
        {active.map((group) => (
          <GroupPlace key={group.group} group={group} count={numbers.groups.get(group.group) ?? 0} />
        ))}
      </ul>
      {archived.length > 0 && (
        <details open={archived.some((group) => group.group === scope.value)}>
          <summary>{t("vault.archived")}</summary>
          <ul>
            {archived.map((group) => (
              <GroupPlace key={group.group} group={group} count={numbers.groups.get(group.group) ?? 0} />
            ))}
          </ul>
        </details>
      )}
      {tags.length > 0 && (
        <>
          <div class="groups-head">
            <h2>{t("vault.tags")}</h2>
          </div>
          <ul class="tags">
            {tags.map(([name, count]) => (
              <li key={name}>
                <button type="button" class={`tag ${tag.value === name ? "chosen" : ""}`} aria-pressed={tag.value === name} onClick={() => chooseTag(name)}>
                  {name} <span class="quiet">{number(count)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="groups-foot">
        {writableGroups.value.length > 0 && (
          <button type="button" class="link" onClick={() => openImport(groupOf(scope.value)?.group)}>
            <Icon name="file-up" size={16} />
            {t("exchange.import")}
          </button>
        )}
        {readable.length > 0 && (
          <button type="button" class="link" onClick={() => openExport(groupOf(scope.value)?.group)}>
            <Icon name="download" size={16} />
            {t("exchange.export")}
          </button>
        )}
      </div>
    </nav>
  );
}

function chooseTag(name: string): void {
  tag.value = tag.value === name ? undefined : name;
  choosing.value = false;
}

function Place({ here, count, onGo, children }: { here: boolean; count: number; onGo: () => void; children: ComponentChildren }): JSX.Element {
  return (
    <button type="button" class={`place ${here ? "here" : ""}`} {...(here && { "aria-current": "true" as const })} onClick={onGo}>
      {children}
      <span class="count">{count > 0 && number(count)}</span>
    </button>
  );
}

function GroupPlace({ group, count }: { group: GroupAccess; count: number }): JSX.Element {
  const here = scope.value === group.group;
  return (
    <li>
      <Place here={here && folder.value === undefined} count={count} onGo={() => show(group.group)}>
        <GroupMark group={group} />
        <span>{groupName(group)}</span>
        {group.rotationDue && (
          <span class="mark amber" title={t("vault.rotationDue")}>
            <Icon name="refresh-cw" size={14} />
            <span class="unseen">{t("vault.rotationDue")}</span>
          </span>
        )}
      </Place>
      {here && <Folders group={group.group} />}
    </li>
  );
}

function Folders({ group }: { group: string }): JSX.Element | null {
  const all = items.value;
  const tree = useMemo(() => {
    const paths: (readonly string[])[] = [];
    for (const item of all.values()) if (item.group === group && item.binnedAt === undefined && item.entry.folder) paths.push(item.entry.folder);
    return folderTree(paths);
  }, [all, group]);
  return tree.length === 0 ? null : <Branch group={group} folders={tree} />;
}

function Branch({ group, folders }: { group: string; folders: readonly Folder[] }): JSX.Element {
  return (
    <ul class="branch">
      {folders.map((one) => (
        <li key={one.name}>
          <Place here={scope.value === group && folder.value !== undefined && samePath(folder.value, one.path)} count={one.count} onGo={() => show(group, one.path)}>
            <Icon name="folder" size={16} />
            <span>{one.name}</span>
          </Place>
          {one.children.length > 0 && <Branch group={group} folders={one.children} />}
        </li>
      ))}
    </ul>
  );
}
