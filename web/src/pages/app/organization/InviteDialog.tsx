// An invitation is a link: made here, shown once, good for 72 hours and one person.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { invite } from "../../../api/members.ts";
import { Dialog } from "../../../ui/Dialog.tsx";
import { SelectField } from "../../../ui/Field.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { followSession } from "../access/access.ts";
import { settle } from "../access/settle.ts";
import { grantable, rightsFor } from "../keys/granting.ts";
import { groupName } from "../keys/groupNames.ts";
import { newInvitation } from "../keys/inviting.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName, roleName } from "../words.ts";
import { InviteLink } from "./InviteLink.tsx";
import type { Office } from "./office.ts";
import { rolesToGive, type RoleToGive } from "./people.ts";

export function InviteDialog({ vault, office, onClose }: { vault: Vault; office: Office; onClose: () => void }): JSX.Element {
  followSession();
  const [role, setRole] = useState<RoleToGive>("member");
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [made, setMade] = useState<{ link: string; expiresAt: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const groups = grantable(vault);
  const rights = rightsFor(role);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const groups = Object.entries(chosen).flatMap(([group, right]) => (rights.some((known) => known === right) ? [{ group, right }] : []));
      const { request, link } = await newInvitation(vault, location.origin, role, groups);
      const { expiresAt } = await settle(() => invite(request));
      setMade({ link, expiresAt });
      void office.reload();
    } catch (error) {
      setProblem(error);
    }
    setBusy(false);
  };

  if (made !== null) return <InviteLink vault={vault} role={role} made={made} onClose={onClose} />;
  return (
    <Dialog title={t("invite.title")} onClose={() => busy || onClose()}>
      <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <p>{t("invite.lead")}</p>
        <SelectField
          label={t("members.role")}
          hint={t(`role.${role}.help`)}
          value={role}
          onValue={setRole}
          options={[...rolesToGive(vault.session.member.role)].reverse().map((value) => ({ value, label: roleName(value) }))}
        />
        <fieldset class="grant-list">
          <legend>
            <h3>{t("organization.groups")}</h3>
          </legend>
          {groups.length === 0 && <p class="hint">{t("invite.noOwnGroups")}</p>}
          {groups.map((access) => (
            <SelectField
              key={access.group}
              class="in-line"
              label={groupName(vault, access.group)}
              value={rights.some((right) => right === chosen[access.group]) ? chosen[access.group]! : ""}
              onValue={(right) => setChosen({ ...chosen, [access.group]: right })}
              options={[{ value: "", label: t("right.none") }, ...rights.map((value) => ({ value: value as string, label: rightName(value) }))]}
            />
          ))}
        </fieldset>
        {role === "auditor" && (
          <Notice>
            <p>{t("invite.auditor")}</p>
          </Notice>
        )}
        <ProblemNotice problem={problem} />
        {busy ? (
          <Working label={t("settle.working")} done={null} />
        ) : (
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
            <button type="submit" class="primary">
              {t("invite.submit")}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
