// One member's right on one group: changed in place, effective at once.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { GroupRights } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { followSession } from "../access/access.ts";
import { rightsFor } from "../keys/granting.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import type { Office } from "../organization/office.ts";
import { people, type Person } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName } from "../words.ts";
import { isLastHolder, readsEntries, rightOf } from "./matrix.ts";
import { endRight, giveRight } from "./rights.ts";
import { verdictOf, type Verdicts } from "./verdicts.ts";

interface Props {
  vault: Vault;
  office: Office;
  rights: GroupRights;
  person: Person;
  verdicts: Verdicts;
  editable: boolean;
}

export function RightCell({ vault, office, rights, person, verdicts, editable }: Props): JSX.Element {
  followSession();
  const now = rightOf(rights, person.member);
  const [asked, setAsked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const verdict = verdictOf(verdicts, rights.group, person.member);
  const name = groupName(vault, rights.group);
  const all = people(office.members.value ?? [], vault.roster.members);
  const last = isLastHolder(rights, person.member, all);
  const label = t("matrix.cell", { name: person.name, group: name });

  const set = async (right: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (right === "" || (right === "history" && readsEntries(now))) await endRight(vault, rights.group, person.member, right);
      else await giveRight(vault, rights.group, person.member, right);
      announce(t("matrix.changed", { name: person.name, group: name, right: right === "" ? t("right.none") : rightName(right) }));
      setAsked(null);
    } catch (error) {
      setProblem(error);
    }
    await office.reload();
    setBusy(false);
  };

  const mark =
    verdict === "forged" ? (
      <span class="chip red" title={t("matrix.forged.help")}>
        <Icon name="shield-alert" size={16} />
        {t("matrix.forged")}
      </span>
    ) : null;
  if (!editable || person.card === undefined || person.doubt === "card")
    return (
      <span class="right-cell">
        {now === "" ? <span class="quiet">{t("right.none")}</span> : rightName(now)}
        {mark}
      </span>
    );
  return (
    <span class="right-cell">
      <select
        aria-label={label}
        value={now}
        disabled={busy}
        onChange={(event) => {
          const right = event.currentTarget.value;
          // Back to what it is until the change is through.
          event.currentTarget.value = now;
          if (right === now) return;
          if (readsEntries(now) && !readsEntries(right)) setAsked(right);
          else void set(right);
        }}
      >
        <option value="">{t("right.none")}</option>
        {rightsFor(person.role).map((right) => (
          <option key={right} value={right}>
            {rightName(right)}
          </option>
        ))}
        {now !== "" && !rightsFor(person.role).some((right) => right === now) && <option value={now}>{rightName(now)}</option>}
      </select>
      {mark}
      {asked === null && <ProblemNotice problem={problem} />}
      {asked !== null && (
        <Dialog title={t("end.title", { name: person.name, group: name })} onClose={() => busy || setAsked(null)}>
          {last ? (
            <p>{t("end.last", { name: person.name, group: name })}</p>
          ) : (
            <>
              <p>{t("end.body", { name: person.name, group: name })}</p>
              <p class="hint">{t("end.kept")}</p>
            </>
          )}
          <ProblemNotice problem={problem} />
          {busy ? (
            <Working label={t("rotate.working")} done={null} />
          ) : (
            <div class="actions end">
              <button type="button" onClick={() => setAsked(null)}>
                {t("app.cancel")}
              </button>
              {!last && (
                <button type="button" class="danger" onClick={() => void set(asked)}>
                  {t("end.submit")}
                </button>
              )}
            </div>
          )}
        </Dialog>
      )}
    </span>
  );
}
