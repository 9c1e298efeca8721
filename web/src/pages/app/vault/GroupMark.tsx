import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { icons, type IconName } from "../../../ui/icons.ts";
import { t } from "../../../ui/text/index.ts";
import type { GroupAccess } from "../keys/vault.ts";

/** A personal group has no details: it is the member's own. */
export const groupName = (group: GroupAccess): string => (group.personal ? t("vault.personal") : group.name || t("vault.group.unnamed"));

const colours: readonly string[] = ["teal", "blue", "green", "amber", "red", "purple", "grey"];

export function GroupMark({ group }: { group: GroupAccess }): JSX.Element {
  const icon = group.personal ? "user-round" : group.icon !== undefined && group.icon in icons ? (group.icon as IconName) : "folder";
  const colour = group.colour !== undefined && colours.includes(group.colour) ? group.colour : "teal";
  return (
    <span class={`group-mark ${group.personal ? "grey" : colour}`}>
      <Icon name={icon} />
    </span>
  );
}

export function GroupName({ group }: { group: GroupAccess }): JSX.Element {
  return (
    <span class="group-name">
      <GroupMark group={group} />
      {groupName(group)}
    </span>
  );
}
