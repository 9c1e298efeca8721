// A new group: what it is called and who holds it from the start.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { createGroup } from "../../../api/groups.ts";
import { members as fetchMembers } from "../../../api/members.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField, SelectField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { settle } from "../access/settle.ts";
import { newGroup } from "../keys/grouping.ts";
import { rightsFor } from "../keys/granting.ts";
import type { Vault } from "../keys/vault.ts";
import { people, type Person } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName } from "../words.ts";
import { GroupForm } from "./GroupForm.tsx";

interface Props {
  vault: Vault;
  onClose: () => void;
  /** The new group's id. */
  onMade?: (group: string) => void;
}

export function CreateGroupDialog({ vault, onClose, onMade }: Props): JSX.Element {
  const [look, setLook] = useState({ name: "", icon: "folder", colour: "teal" });
  const [allOwners, setAllOwners] = useState(true);
  const [all, setAll] = useState<readonly Person[] | null>(null);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    fetchMembers().then(({ members }) => setAll(people(members, vault.roster.members)), setProblem);
  }, []);
  const own = vault.session.member.id;
  // Nobody whose card the server alone vouches for is offered a key.
  const others = (all ?? []).filter(({ member, state, doubt }) => member !== own && state === "active" && doubt !== "card");
  const listed = others.filter(({ role }) => !(allOwners && role === "owner"));

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const missing = look.name.trim() === "";
    setError(missing ? t("need.title") : undefined);
    if (missing) return focusFirstError();
    setBusy(true);
    setProblem(null);
    try {
      const rights = new Map<string, string>(listed.flatMap(({ member }) => (chosen[member] ? [[member, chosen[member]]] : [])));
      if (allOwners) for (const { member, role } of others) if (role === "owner") rights.set(member, "manage");
      const request = await newGroup(vault, { ...look, name: look.name.trim() }, rights);
      await settle(() => createGroup(request));
      announce(t("group.created", { name: look.name.trim() }));
      onMade?.(request.group);
      onClose();
    } catch (caught) {
      setProblem(caught);
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("group.create")} onClose={() => busy || onClose()}>
      <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <GroupForm look={look} onLook={setLook} error={error} autofocus />
        <fieldset class="grant-list">
          <legend>
            <h3>{t("group.who")}</h3>
          </legend>
          <p class="hint">{t("group.who.you")}</p>
          <CheckField label={t("group.owners")} hint={t("group.owners.hint")} checked={allOwners} onChecked={setAllOwners} />
          {listed.map(({ member, name, role }) => (
            <SelectField
              key={member}
              class="in-line"
              label={name}
              value={chosen[member] ?? ""}
              onValue={(right) => setChosen({ ...chosen, [member]: right })}
              options={[{ value: "", label: t("right.none") }, ...rightsFor(role).map((value) => ({ value: value as string, label: rightName(value) }))]}
            />
          ))}
        </fieldset>
        <ProblemNotice problem={problem} />
        {busy ? (
          <Working label={t("settle.working")} done={null} />
        ) : (
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
            <button type="submit" class="primary">
              {t("group.create.submit")}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
