// Handovers ticked for one piece of evidence.
import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { openEvidence } from "../evidence/open.ts";
import type { GroupAccess } from "../keys/vault.ts";
import { groupName } from "../vault/GroupMark.tsx";
import { HistoryRow } from "./HistoryRow.tsx";
import type { Row } from "./store.ts";
import { titleOf } from "./title.ts";

interface BarProps {
  /** What the filters leave, ticked or not. */
  matching: readonly Row[];
  /** Undefined: nothing is being ticked. */
  chosen: ReadonlySet<string> | undefined;
  onChosen: (chosen: ReadonlySet<string> | undefined) => void;
  /** The group whose handovers are shown alone, with all of them. */
  project: { group: GroupAccess; rows: readonly Row[] } | undefined;
}

export function SelectBar({ matching, chosen, onChosen, project }: BarProps): JSX.Element {
  if (chosen === undefined)
    return (
      <div class="actions select-bar">
        {project !== undefined && (
          <button type="button" onClick={() => openEvidence(project.rows, t("evidence.name.project", { group: groupName(project.group) }))}>
            <Icon name="scroll-text" />
            {t("evidence.project")}
          </button>
        )}
        <button type="button" disabled={matching.length === 0} onClick={() => onChosen(new Set())}>
          <Icon name="list-checks" />
          {t("evidence.tick")}
        </button>
      </div>
    );
  const rows = matching.filter(({ summary }) => chosen.has(summary.handover));
  return (
    <div class="actions select-bar">
      <span role="status">{plural("evidence.ticked", rows.length)}</span>
      <button type="button" class="link" onClick={() => onChosen(new Set(matching.map(({ summary }) => summary.handover)))}>
        {t("evidence.tick.all")}
      </button>
      <button type="button" class="primary" disabled={rows.length === 0} onClick={() => openEvidence(rows, rows.length === 1 ? titleOf(rows[0]!) : t("evidence.name.many"))}>
        <Icon name="scroll-text" />
        {t("evidence.open")}
      </button>
      <button type="button" onClick={() => onChosen(undefined)}>
        {t("evidence.tick.done")}
      </button>
    </div>
  );
}

export function SelectableRow({ row, group, chosen, onChosen }: { row: Row; group: GroupAccess | undefined } & Pick<BarProps, "chosen" | "onChosen">): JSX.Element {
  const id = row.summary.handover;
  if (chosen === undefined) return <HistoryRow row={row} group={group} />;
  return (
    <div class="selectable">
      <input
        type="checkbox"
        aria-label={t("evidence.tick.one", { title: titleOf(row) })}
        checked={chosen.has(id)}
        onChange={(event) => onChosen(new Set(event.currentTarget.checked ? [...chosen, id] : [...chosen].filter((one) => one !== id)))}
      />
      <HistoryRow row={row} group={group} />
    </div>
  );
}
