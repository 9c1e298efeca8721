import type { JSX } from "preact";
import type { HandoverDetail } from "../../../api/wire.ts";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { duration, exactTime, plural, t, time, zone } from "../../../ui/text/index.ts";
import type { Vault } from "../keys/vault.ts";
import { readTimeline, type TimelineEntry } from "./record.ts";

const iconOf: Readonly<Record<string, IconName>> = {
  created: "send",
  claimed: "mail-open",
  displayed: "monitor-check",
  confirmed: "badge-check",
  "guess-failed": "circle-x",
  locked: "lock-keyhole",
  expired: "timer-off",
  undisplayed: "eye-off",
  revoked: "ban",
  void: "circle-slash",
  extended: "clock-plus",
};

export function Timeline({ detail, vault }: { detail: HandoverDetail; vault: Vault }): JSX.Element {
  const entries = readTimeline(detail).reverse();
  const nameOf = (member: string | undefined): string => (member === vault.session.member.id ? vault.session.member.name : member === detail.summary.sender ? detail.summary.senderName : (member ?? ""));
  return (
    <section class="sheet" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t("detail.timeline")}</h2>
      <ol class="timeline">
        {entries.map((entry, i) => (
          <li key={i}>
            <span class="timeline-icon">
              <Icon name={iconOf[entry.kind] ?? "info"} size={16} />
            </span>
            <div>
              <strong>{wordsFor(entry, detail.summary.channel !== "none")}</strong>
              <p class="hint">
                <time dateTime={new Date(entry.time).toISOString()}>{exactTime(entry.time)}</time>
                {" · "}
                {entry.actor === "member" ? t("actor.member", { name: nameOf(entry.member) }) : t(`actor.${entry.actor}`)}
                {entry.address !== undefined && ` · ${t("event.address", { address: entry.address })}`}
              </p>
              <details class="record">
                <summary>{t("event.bytes")}</summary>
                <code>{entry.text}</code>
              </details>
            </div>
          </li>
        ))}
      </ol>
      <p class="hint">{t("detail.zone", { zone: zone() })}</p>
    </section>
  );
}

function wordsFor(entry: TimelineEntry, hasPassword: boolean): string {
  switch (entry.kind) {
    case "created":
      return t("event.created", { life: duration(entry.life ?? 0) });
    case "claimed":
      return t(hasPassword ? "event.claimed.password" : "event.claimed");
    case "guess-failed":
      return plural("event.guess-failed", entry.left ?? 0);
    case "extended":
      return t("event.extended", { time: time(entry.expires ?? 0) });
    case "displayed":
    case "confirmed":
    case "locked":
    case "expired":
    case "undisplayed":
    case "revoked":
    case "void":
      return t(`event.${entry.kind}`);
    default:
      return t("event.unknown", { kind: entry.kind });
  }
}
