// Reports that come in while a member is here, until they were looked at.
import { signal } from "@preact/signals";
import { listen } from "../../../api/events.ts";
import type { HandoverSummary } from "../../../api/wire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { t } from "../../../ui/text/index.ts";
import { access } from "../access/access.ts";
import { titleOf } from "./title.ts";
import { openRow } from "./store.ts";

export interface Alarm {
  handover: string;
  title: string;
}

export const alarms = signal<readonly Alarm[]>([]);

export function dismiss(handover: string): void {
  if (alarms.value.some((alarm) => alarm.handover === handover)) alarms.value = alarms.value.filter((alarm) => alarm.handover !== handover);
}

/** How many are known of each handover. */
let known = new Map<string, number>();
let stop: (() => void) | null = null;

/** For as long as the page lives. */
export function watchAlarms(): void {
  access.subscribe((now) => {
    if (now.kind === "open") {
      stop ??= listen({ handover: (summary) => void hear(summary) });
      return;
    }
    stop?.();
    stop = null;
    known = new Map();
    alarms.value = [];
  });
}

async function hear(summary: HandoverSummary): Promise<void> {
  const now = access.peek();
  const before = known.get(summary.handover) ?? 0;
  known.set(summary.handover, summary.reports);
  if (now.kind !== "open" || summary.reports <= before) return;
  const title = titleOf(await openRow(now.vault, summary));
  if (access.peek().kind !== "open") return;
  alarms.value = [...alarms.value.filter(({ handover }) => handover !== summary.handover), { handover: summary.handover, title }];
  announce(t("report.alarm", { title }));
}
