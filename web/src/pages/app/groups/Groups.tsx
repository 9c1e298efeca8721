// The matrix: every member, every group, every right.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { GroupRights } from "../../../api/vaultWire.ts";
import { SelectField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { followSession } from "../access/access.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "../organization/Frame.tsx";
import { openOffice, type Office } from "../organization/office.ts";
import { mayManage, people, type Person } from "../organization/people.ts";
import { roleName } from "../words.ts";
import { CreateGroupDialog } from "./CreateGroupDialog.tsx";
import { GroupDialog } from "./GroupDialog.tsx";
import { GroupMark } from "./GroupMark.tsx";
import { inOrder, mayGrant } from "./matrix.ts";
import { RightCell } from "./RightCell.tsx";
import { rotating } from "./rotating.ts";
import { RightsHelp } from "./ShareDialog.tsx";
import { useNarrow } from "./useNarrow.ts";
import { useVerdicts, type Verdicts } from "./verdicts.ts";

export function Groups({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const own = vault.session.member;
  const office = useMemo(() => openOffice(vault), [own.role]);
  useEffect(() => office.close, [office]);
  const [creating, setCreating] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const verdicts = useVerdicts(vault, office.groups.value);
  const narrow = useNarrow(760);
  const manages = mayManage(own.role) && !vault.session.organization.readOnly;
  const groups = inOrder(office.groups.value, (group) => groupName(vault, group));
  const there = people(office.members.value ?? [], vault.roster.members).filter(({ state }) => state === "active" || state === "suspended");
  const forged = [...verdicts.values()].filter((verdict) => verdict === "forged").length;
  const current = groups.find(({ group }) => group === opened);
  const shared = { vault, office, groups, people: there, verdicts, onGroup: setOpened };
  return (
    <Frame
      vault={vault}
      office={office}
      title="organization.groups"
      lead={t(manages ? "matrix.lead" : "matrix.lead.see")}
      aside={
        manages && (
          <button type="button" class="primary" onClick={() => setCreating(true)}>
            <Icon name="plus" />
            {t("group.create")}
          </button>
        )
      }
    >
      {rotating.value !== null && (
        <Notice icon="refresh-cw">
          <p>{t("rotate.quiet")}</p>
        </Notice>
      )}
      {forged > 0 && (
        <Notice tone="bad" icon="shield-alert">
          <p>{plural("matrix.forged.count", forged)}</p>
        </Notice>
      )}
      {groups.length === 0 ? (
        <section class="sheet">
          <Empty icon="folder" title={t("matrix.empty")}>
            <p>{t(manages ? "matrix.empty.make" : "matrix.empty.see")}</p>
            {manages && (
              <div class="actions">
                <button type="button" class="primary" onClick={() => setCreating(true)}>
                  {t("group.create")}
                </button>
              </div>
            )}
          </Empty>
        </section>
      ) : narrow ? (
        <OneGroup {...shared} />
      ) : (
        <Matrix {...shared} />
      )}
      {groups.length > 0 && <RightsHelp />}
      {creating && <CreateGroupDialog vault={vault} onClose={() => setCreating(false)} onMade={() => void office.reload()} />}
      {current !== undefined && <GroupDialog vault={vault} office={office} rights={current} onClose={() => setOpened(null)} />}
    </Frame>
  );
}

interface Shared {
  vault: Vault;
  office: Office;
  groups: readonly GroupRights[];
  people: readonly Person[];
  verdicts: Verdicts;
  onGroup: (group: string) => void;
}

function GroupHead({ vault, rights, onGroup }: { vault: Vault; rights: GroupRights; onGroup: (group: string) => void }): JSX.Element {
  followSession();
  const access = vault.groups.get(rights.group);
  const name = groupName(vault, rights.group);
  return (
    <button type="button" class="group-head" aria-label={t("group.open", { group: name })} onClick={() => onGroup(rights.group)}>
      <GroupMark icon={access?.icon} colour={access?.colour} />
      <span>{name}</span>
      {rights.state === "archived" && <span class="chip">{t("group.archived")}</span>}
      {rights.rotationDue && (
        <span class="chip amber">
          <Icon name="refresh-cw" size={16} />
          {t("rotate.short")}
        </span>
      )}
    </button>
  );
}

function Matrix({ vault, office, groups, people, verdicts, onGroup }: Shared): JSX.Element {
  followSession();
  return (
    <div class="matrix-scroll" role="region" aria-label={t("matrix.title")} tabIndex={0}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{t("organization.members")}</th>
            {groups.map((rights) => (
              <th key={rights.group} scope="col">
                <GroupHead vault={vault} rights={rights} onGroup={onGroup} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.member}>
              <th scope="row">
                {person.name}
                <span class="hint">
                  {roleName(person.role)}
                  {person.state === "suspended" && ` · ${t("members.state.suspended")}`}
                </span>
              </th>
              {groups.map((rights) => (
                <td key={rights.group}>
                  <RightCell vault={vault} office={office} rights={rights} person={person} verdicts={verdicts} editable={rights.state === "active" && mayGrant(vault, rights.group)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** On a phone: one group at a time. */
function OneGroup({ vault, office, groups, people, verdicts, onGroup }: Shared): JSX.Element {
  followSession();
  const [chosen, setChosen] = useState(groups[0]!.group);
  const rights = groups.find(({ group }) => group === chosen) ?? groups[0]!;
  return (
    <section class="sheet">
      <SelectField label={t("matrix.group")} value={rights.group} onValue={setChosen} options={groups.map(({ group }) => ({ value: group, label: groupName(vault, group) }))} />
      <GroupHead vault={vault} rights={rights} onGroup={onGroup} />
      <ul class="share-list">
        {people.map((person) => (
          <li key={person.member}>
            <span class="row-words">
              <strong>{person.name}</strong>
              <span class="hint">{roleName(person.role)}</span>
            </span>
            <RightCell vault={vault} office={office} rights={rights} person={person} verdicts={verdicts} editable={rights.state === "active" && mayGrant(vault, rights.group)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
