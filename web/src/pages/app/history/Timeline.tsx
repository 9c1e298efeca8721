import type { JSX } from "preact";
import type { HandoverDetail, HandoverSummary } from "../../../api/wire.ts";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { duration, exactTime, plural, t, time, zone } from "../../../ui/text/index.ts";
import { nameOf } from "../vault/people.ts";
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
  "re-issued": "refresh-cw",
  "follow-up": "circle-check",
  reported: "triangle-alert",
  erased: "trash",
};

export function Timeline({ detail, titles }: { detail: HandoverDetail; titles: ReadonlyMap<string, string> }): JSX.Element {
  const entries = readTimeline(detail).reverse();
  const { summary } = detail;
  const named = (member = ""): string => (member === summary.sender ? summary.senderName : nameOf(member));
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
              <strong>{wordsFor(entry, summary, titles)}</strong>
              <p class="hint">
                <time dateTime={new Date(entry.time).toISOString()}>{exactTime(entry.time)}</time>
                {" · "}
                {entry.actor === "member" ? t("actor.member", { name: named(entry.member) }) : t(`actor.${entry.actor}`)}
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

function wordsFor(entry: TimelineEntry, { channel, replaces }: HandoverSummary, titles: ReadonlyMap<string, string>): string {
  switch (entry.kind) {
    case "created":
      return t(replaces === undefined ? "event.created" : "event.created.again", { life: duration(entry.life ?? 0) });
    case "claimed":
      return t(channel !== "none" ? "event.claimed.password" : "event.claimed");
    case "guess-failed":
      return plural("event.guess-failed", entry.left ?? 0);
    case "extended":
      return t("event.extended", { time: time(entry.expires ?? 0) });
    case "follow-up":
      return followed(entry, titles.get(entry.item ?? "") ?? "");
    case "reported":
      return t(entry.reason === "more" ? "event.reported.more" : "event.reported.not-me");
    case "erased":
      return t(entry.details ? "event.erased.details" : "event.erased");
    case "displayed":
    case "confirmed":
    case "re-issued":
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

function followed({ step, done }: TimelineEntry, title: string): string {
  if (!done) return t("event.follow-up.undone", { title });
  return t(step === "access-removed" ? "event.follow-up.access-removed" : "event.follow-up.rotated", { title });
}
