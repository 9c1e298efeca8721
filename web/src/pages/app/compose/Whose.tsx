// Which group the handover belongs to, and who will see it there.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { groups as fetchGroups } from "../../../api/groups.ts";
import { members as fetchMembers } from "../../../api/members.ts";
import { SelectField } from "../../../ui/Field.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import type { GroupAccess, Vault } from "../keys/vault.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { Draft } from "./draft.ts";
import { candidates, groupOf, sourcesOf } from "./whose.ts";

const namesShown = 6;

export function Whose({ vault, draft, change }: { vault: Vault; draft: Draft; change: (part: Partial<Draft>) => void }): JSX.Element {
  const all = candidates(draft, vault);
  const group = groupOf(draft, vault);
  const sources = sourcesOf(draft);
  if (group === undefined)
    return (
      <Notice tone="bad">
        <p>{t("whose.none")}</p>
      </Notice>
    );
  return (
    <>
      {all.length > 1 ? (
        <SelectField
          label={t("whose.title")}
          hint={<Seen vault={vault} group={group} />}
          value={group.group}
          onValue={(value) => change({ group: value })}
          options={all.map((one) => ({ value: one.group, label: groupName(one) }))}
        />
      ) : (
        !group.personal && (
          <p class="hint">
            <strong>{t("whose.title")}:</strong> {groupName(group)}. <Seen vault={vault} group={group} />
          </p>
        )
      )}
      {sources.length > 1 && <p class="hint">{plural("whose.several", sources.length)}</p>}
    </>
  );
}

/** Everyone with any right on the group sees its history, auditors too. */
function Seen({ vault, group }: { vault: Vault; group: GroupAccess }): JSX.Element {
  const [names, setNames] = useState<string[] | null>(null);
  useEffect(() => {
    if (group.personal) return;
    let current = true;
    setNames(null);
    Promise.all([fetchGroups(), fetchMembers()]).then(
      ([{ groups }, { members }]) => {
        const holders = new Set(groups.find((one) => one.group === group.group)?.grants.map(({ member }) => member));
        const own = vault.session.member.id;
        if (current) setNames(members.filter(({ member, state }) => holders.has(member) && member !== own && state === "active").map(({ name }) => name));
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [group.group]);
  if (group.personal) return <>{t("whose.seen.you")}</>;
  if (names === null) return <>{t("whose.seen.group")}</>;
  if (names.length === 0) return <>{t("whose.seen.you")}</>;
  return <>{t("whose.seen", { names: names.slice(0, namesShown).join(", ") + (names.length > namesShown ? ` +${names.length - namesShown}` : "") })}</>;
}
