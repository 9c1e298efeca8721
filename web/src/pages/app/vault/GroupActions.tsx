// What the vault offers of a group itself: a new one, and who holds it. The dialogs are the office's, fetched when opened.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { access } from "../access/access.ts";
import { later } from "../Later.tsx";
import { mayManage } from "../organization/people.ts";
import { IconButton } from "./Values.tsx";
import { show } from "./view.ts";

const CreateGroupDialog = later(async () => (await import("../groups/CreateGroupDialog.tsx")).CreateGroupDialog);
const ShareDialog = later(async () => (await import("../groups/ShareDialog.tsx")).ShareDialog);

/** For owners and admins, while the organization isn't read only. */
export function NewGroup(): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const now = access.value;
  if (now.kind !== "open" || now.vault.session.organization.readOnly || !mayManage(now.vault.session.member.role)) return null;
  return (
    <>
      <button type="button" class="plain" aria-label={t("group.create")} title={t("group.create")} onClick={() => setOpen(true)}>
        <Icon name="plus" />
      </button>
      {open && <CreateGroupDialog vault={now.vault} onClose={() => setOpen(false)} onMade={(group) => show(group)} />}
    </>
  );
}

export function Share({ group }: { group: string }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const now = access.value;
  if (now.kind !== "open") return null;
  return (
    <>
      <IconButton icon="users" label={t("vault.share")} onPress={() => setOpen(true)} />
      {open && <ShareDialog vault={now.vault} group={group} onClose={() => setOpen(false)} />}
    </>
  );
}
