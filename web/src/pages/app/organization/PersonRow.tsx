// One member: what is known, and beneath it what may be done.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { resume, suspend } from "../../../api/members.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { SelectField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { t, time } from "../../../ui/text/index.ts";
import { followSession } from "../access/access.ts";
import { settle } from "../access/settle.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { roleName } from "../words.ts";
import { Fingerprint } from "./Fingerprint.tsx";
import type { Office } from "./office.ts";
import { isLastOwner, mayChange, rolesToGive, type Person, type RoleToGive } from "./people.ts";
import { changeRole } from "./roles.ts";

const looks: Record<Person["state"], [IconName, string]> = {
  active: ["circle-check", "green"],
  suspended: ["ban", "amber"],
  pending: ["hourglass", "blue"],
  removed: ["circle-x", "grey"],
};

interface Props {
  vault: Vault;
  office: Office;
  person: Person;
  all: readonly Person[];
  onAsk: (asked: Asked) => void;
}

/** A question that outlives the row: who is removed moves to another list while the dialog is open. */
export interface Asked {
  what: "remove" | "transfer";
  person: Person;
}

export function PersonRow({ vault, office, person, all, onAsk }: Props): JSX.Element {
  const [opened, setOpened] = useState(false);
  const isSelf = person.member === vault.session.member.id;
  const [icon, colour] = looks[person.state];
  return (
    <li>
      <details class="person" onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary class="row">
          <span class="row-words">
            <strong>
              {person.name}
              {isSelf && <span class="quiet"> · {t("members.you")}</span>}
            </strong>
            {person.email !== undefined && <span class="hint">{person.email}</span>}
          </span>
          <span class="row-role">
            {roleName(person.role)}
            <span class="hint">
              {t("members.since")} <time dateTime={new Date(person.since).toISOString()}>{time(person.since)}</time>
            </span>
          </span>
          <span class={`chip ${colour}`}>
            <Icon name={icon} size={16} />
            {t(`members.state.${person.state}`)}
          </span>
          <Icon name="chevron-down" />
        </summary>
        {opened && <PersonBody vault={vault} office={office} person={person} all={all} onAsk={onAsk} isSelf={isSelf} />}
      </details>
    </li>
  );
}

function PersonBody({ vault, office, person, all, onAsk, isSelf }: Props & { isSelf: boolean }): JSX.Element {
  followSession();
  const own = vault.session.member.role;
  const [role, setRole] = useState(person.role);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const last = isLastOwner(person, all);
  const changeable = mayChange(own, person) && person.card !== undefined && person.state !== "removed" && !vault.session.organization.readOnly;

  const act = async (what: () => Promise<unknown>, said: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await what();
      announce(said);
    } catch (error) {
      setProblem(error);
      setRole(person.role);
    }
    await office.reload();
    setBusy(false);
  };

  return (
    <div class="person-body">
      {person.doubt !== null && (
        <Notice tone="bad" icon="shield-alert">
          <p>{t(`members.doubt.${person.doubt}`, { name: person.name })}</p>
        </Notice>
      )}
      {person.card !== undefined && <Fingerprint keys={person.card} name={person.name} own={isSelf} />}
      {last && (
        <Notice>
          <p>{t("members.lastOwner", { name: person.name })}</p>
        </Notice>
      )}
      {changeable && !last && (
        <>
          <form
            class="role-form"
            onSubmit={(event) => {
              event.preventDefault();
              void act(() => changeRole(vault, office, person.member, role as RoleToGive), t("members.roleChanged", { name: person.name, role: roleName(role) }));
            }}
          >
            <SelectField
              label={t("members.role")}
              hint={t(`role.${role as RoleToGive}.help`)}
              value={role}
              onValue={setRole}
              options={rolesToGive(own).map((value) => ({ value: value as string, label: roleName(value) }))}
            />
            <button type="submit" disabled={busy || role === person.role}>
              {t("members.role.change")}
            </button>
          </form>
          {isSelf && <p class="hint">{t("members.role.self")}</p>}
        </>
      )}
      <ProblemNotice problem={problem} />
      {changeable && !isSelf && (
        <div class="actions">
          {person.state === "suspended" ? (
            <button type="button" disabled={busy} onClick={() => void act(() => settle(() => resume(person.member)), t("members.resumed", { name: person.name }))}>
              <Icon name="circle-check" />
              {t("members.resume")}
            </button>
          ) : (
            <button type="button" disabled={busy} aria-describedby={`suspend-${person.member}`} onClick={() => void act(() => settle(() => suspend(person.member)), t("members.suspended", { name: person.name }))}>
              <Icon name="ban" />
              {t("members.suspend")}
            </button>
          )}
          <button type="button" class="danger" disabled={busy} onClick={() => onAsk({ what: "remove", person })}>
            <Icon name="user-minus" />
            {t("members.remove")}
          </button>
          {own === "owner" && person.role !== "owner" && person.role !== "auditor" && person.state === "active" && (
            <button type="button" disabled={busy} onClick={() => onAsk({ what: "transfer", person })}>
              <Icon name="key-round" />
              {t("members.transfer")}
            </button>
          )}
        </div>
      )}
      {changeable && !isSelf && (
        <p class="hint" id={`suspend-${person.member}`}>
          {t("members.suspend.hint")}
        </p>
      )}
      {!changeable && !isSelf && person.state !== "removed" && <p class="hint">{t(own === "admin" ? "members.ownersOnly" : "members.notYours")}</p>}
    </div>
  );
}

