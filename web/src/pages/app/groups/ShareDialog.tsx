// Who holds one group, and with which right; each change is effective at once. Opened from the vault's group menu too.
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { followSession } from "../access/access.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import { openOffice } from "../organization/office.ts";
import { people } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName } from "../words.ts";
import { mayGrant } from "./matrix.ts";
import { RightCell } from "./RightCell.tsx";
import { useVerdicts } from "./verdicts.ts";

export function ShareDialog({ vault, group, onClose }: { vault: Vault; group: string; onClose: () => void }): JSX.Element {
  followSession();
  const office = useMemo(() => openOffice(vault), []);
  useEffect(() => office.close, [office]);
  const rights = office.groups.value.find((one) => one.group === group);
  const verdicts = useVerdicts(vault, office.groups.value);
  const there = people(office.members.value ?? [], vault.roster.members).filter(({ state }) => state === "active" || state === "suspended");
  const editable = mayGrant(vault, group);
  return (
    <Dialog title={t("share.title", { group: groupName(vault, group) })} onClose={onClose}>
      <p>{t(editable ? "share.lead" : "share.see")}</p>
      <ProblemNotice problem={office.problem.value} />
      {office.members.value === null && office.problem.value === null && <Working label={t("app.loading")} done={null} />}
      {rights?.rotationDue && (
        <Notice tone="warn">
          <p>{t("rotate.due")}</p>
        </Notice>
      )}
      {rights !== undefined && (
        <ul class="share-list">
          {there.map((person) => (
            <li key={person.member}>
              <span class="row-words">
                <strong>{person.name}</strong>
                {person.email !== undefined && <span class="hint">{person.email}</span>}
              </span>
              <RightCell vault={vault} office={office} rights={rights} person={person} verdicts={verdicts} editable={editable} />
            </li>
          ))}
        </ul>
      )}
      <RightsHelp />
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.done")}
        </button>
      </div>
    </Dialog>
  );
}

/** What each right lets one do, for who wants to know. */
export function RightsHelp(): JSX.Element {
  return (
    <details class="more">
      <summary>{t("right.help")}</summary>
      <dl class="rights-help">
        {(["history", "view", "edit", "share", "manage"] as const).map((right) => (
          <div key={right}>
            <dt>{rightName(right)}</dt>
            <dd>{t(`right.${right}.help`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
