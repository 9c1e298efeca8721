import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { StateChip } from "../../../ui/StateChip.tsx";
import { plural, relativeTime, t, time } from "../../../ui/text/index.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { GroupAccess } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import type { Row } from "./store.ts";
import { titleOf } from "./title.ts";

export function HistoryRow({ row, group }: { row: Row; group: GroupAccess | undefined }): JSX.Element {
  const { summary, details, personal } = row;
  const now = Date.now();
  return (
    <Link to={`/history/${summary.handover}`} class="row">
      <span class="row-words">
        <strong>{titleOf(row)}</strong>
        <span class="hint">
          {personal && personal.recipient !== "" && `${t("history.to", { recipient: personal.recipient })} · `}
          {details && `${plural("compose.entries.count", details.items.length)} · `}
          {group && !group.personal && `${groupName(group)} · `}
          <time dateTime={new Date(summary.createdAt).toISOString()}>{time(summary.createdAt)}</time>
        </span>
      </span>
      {summary.state === "waiting" && summary.expiresAt !== undefined && (
        <span class="hint row-until">
          <Icon name="clock" size={16} /> {relativeTime(summary.expiresAt, now)}
        </span>
      )}
      {summary.reports > 0 && (
        <span class="chip red">
          <Icon name="triangle-alert" size={16} />
          {t("report.chip")}
        </span>
      )}
      <StateChip state={summary.state} told />
    </Link>
  );
}
