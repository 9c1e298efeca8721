import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { exactTime, number, t } from "../../../ui/text/index.ts";
import { Link } from "../Link.tsx";
import type { Read } from "./entries.ts";
import { actorOf, subjectOf, tell, type Known } from "./tell.ts";

interface Props {
  entry: Read;
  known: Known;
  onHandover: (id: string) => void;
}

export function AuditRow({ entry, known, onHandover }: Props): JSX.Element {
  const { log, index, observed, text } = entry.entry;
  const subject = subjectOf(entry, known);
  const { handover } = entry;
  return (
    <li>
      <details class="audit-entry">
        <summary>
          <span class={`timeline-icon ${entry.trouble ? "trouble" : ""}`}>
            <Icon name={entry.icon} size={16} />
          </span>
          <span class="row-words">
            <strong>{tell(entry, known)}</strong>
            <span class="hint">
              <time dateTime={new Date(entry.time).toISOString()}>{exactTime(entry.time)}</time> · {actorOf(entry)}
              {subject !== "" && ` · ${subject}`}
              {observed?.address !== undefined && ` · ${observed.address}`}
            </span>
          </span>
          <span class="hint audit-place">{index === undefined ? t("audit.waits") : `${log! > 0 ? `${log! + 1}/` : ""}#${number(index)}`}</span>
          <Icon name="chevron-down" size={16} />
        </summary>
        <div class="audit-body">
          {observed?.userAgent !== undefined && <p class="hint">{observed.userAgent}</p>}
          <p class="hint">{index === undefined ? t("audit.waits.help") : t("audit.place", { index: number(index), log: number(log! + 1) })}</p>
          <code>{text}</code>
          {handover !== undefined && (
            <div class="actions">
              {known.rows.has(handover) && <Link to={`/history/${handover}`}>{t("audit.handover.open")}</Link>}
              <button type="button" class="link" onClick={() => onHandover(handover)}>
                {t("audit.handover.only")}
              </button>
            </div>
          )}
        </div>
      </details>
    </li>
  );
}
