import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { GroupMark as Mark } from "../groups/GroupMark.tsx";
import type { GroupAccess } from "../keys/vault.ts";

/** A personal group has no details: it is the member's own. */
export const groupName = (group: GroupAccess): string => (group.personal ? t("group.personal") : group.name || t("group.unnamed"));

export function GroupMark({ group }: { group: GroupAccess }): JSX.Element {
  if (!group.personal) return <Mark icon={group.icon} colour={group.colour} />;
  return (
    <span class="group-mark grey">
      <Icon name="user-round" />
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
