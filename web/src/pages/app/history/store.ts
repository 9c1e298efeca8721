// All handovers the member may see, newest first: fetched page by page, kept current by live updates, opened here.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { listen } from "../../../api/events.ts";
import * as handovers from "../../../api/handovers.ts";
import type { HandoverSummary } from "../../../api/wire.ts";
import { fromBase64url } from "../../../protocol/base64url.ts";
import { openDetails, openPersonal, type Details, type Personal } from "../../../protocol/details.ts";
import { historyKeyFor, type Vault } from "../keys/vault.ts";

export interface Row {
  summary: HandoverSummary;
  /** Undefined where they don't open under the member's keys, or were erased. */
  details: Details | undefined;
  personal: Personal | undefined;
  /** What search looks through, lower case. */
  text: string;
}

export interface HistoryStore {
  rows: ReadonlySignal<Row[]>;
  complete: ReadonlySignal<boolean>;
  live: ReadonlySignal<boolean | null>;
  problem: ReadonlySignal<unknown>;
  /** Takes in what an answer or an event said. */
  take: (summary: HandoverSummary) => Promise<void>;
  reload: () => void;
  /** Groups came or went: what they hide is shown, what they showed is hidden. */
  rightsChanged: () => void;
  close: () => void;
}

const pageSize = 200;

export async function openRow(vault: Vault, summary: HandoverSummary): Promise<Row> {
  const [details, personal] = await openSummary(vault, summary);
  return rowOf(summary, details, personal);
}

function rowOf(summary: HandoverSummary, details: Details | undefined, personal: Personal | undefined): Row {
  const items = details?.items.flatMap((item) => [item.title, item.username ?? "", item.url ?? ""]) ?? [];
  const text = [details?.title ?? "", personal?.recipient ?? "", summary.senderName, ...items, ...(details?.files ?? [])].join("\n").toLocaleLowerCase();
  return { summary, details, personal, text };
}

async function openSummary(vault: Vault, { handover, group, groupVersion, details, personal }: HandoverSummary): Promise<[Details | undefined, Personal | undefined]> {
  const key = historyKeyFor(vault, group, groupVersion);
  const [id, groupId] = [fromBase64url(handover, 16), fromBase64url(group, 16)];
  if (!key || !id || !groupId) return [undefined, undefined];
  const place = { org: vault.org, group: groupId, version: groupVersion, handover: id };
  const [sealedDetails, sealedPersonal] = [fromBase64url(details), fromBase64url(personal)];
  return Promise.all([sealedDetails && openDetails(key, place, sealedDetails), sealedPersonal && openPersonal(key, place, sealedPersonal)]);
}

export function openHistory(vault: Vault, onChanged: (row: Row) => void): HistoryStore {
  const known = signal<ReadonlyMap<string, Row>>(new Map());
  const complete = signal(false);
  const live = signal<boolean | null>(null);
  const problem = signal<unknown>(null);
  let closed = false;
  let run = 0;
  let seenGroups = [...vault.groups.keys()].sort().join();

  const add = async (summaries: HandoverSummary[]): Promise<void> => {
    const opened = await Promise.all(
      summaries.map(async (summary) => {
        const old = known.value.get(summary.handover);
        if (old?.details === undefined) return openRow(vault, summary);
        // Neither part ever changes, so what is open stays open; what was erased goes, here too.
        const now = newer(old.summary, summary);
        return rowOf(now, now.details === undefined ? undefined : old.details, now.personal === undefined ? undefined : old.personal);
      }),
    );
    if (closed) return;
    const next = new Map(known.value);
    // What was opened meanwhile may be newer.
    for (const row of opened) if ((next.get(row.summary.handover)?.summary.changedAt ?? 0) <= row.summary.changedAt) next.set(row.summary.handover, row);
    known.value = next;
  };

  const load = async (): Promise<void> => {
    const mine = ++run;
    problem.value = null;
    let before: string | undefined;
    try {
      do {
        const page = await handovers.list(before, pageSize);
        if (closed || mine !== run) return;
        const nothingNew = page.handovers.every((summary) => isSame(known.value.get(summary.handover)?.summary, summary));
        await add(page.handovers);
        before = complete.value && nothingNew ? undefined : page.next;
      } while (before !== undefined && !closed);
      complete.value = true;
    } catch (error) {
      if (!closed && mine === run) problem.value = error;
    }
  };

  let begun = false;
  const stop = listen({
    handover: (summary) => {
      void add([summary]).then(() => {
        const row = known.value.get(summary.handover);
        if (row && !closed) onChanged(row);
      });
    },
    live: (now) => {
      // What happened before anybody listened, or while nobody did, is fetched.
      if (now && live.value !== true && begun) void load();
      live.value = now;
    },
  });
  begun = true;
  void load();

  return {
    rows: computed(() => [...known.value.values()].sort((a, b) => b.summary.createdAt - a.summary.createdAt)),
    complete,
    live,
    problem,
    take: (summary) => add([summary]),
    reload: () => void load(),
    rightsChanged: () => {
      const groups = [...vault.groups.keys()].sort().join();
      if (groups === seenGroups) return;
      seenGroups = groups;
      // What may no longer be seen goes at once, with what was found in it.
      known.value = new Map([...known.value].filter(([, { summary }]) => vault.groups.has(summary.group)));
      complete.value = false;
      void load();
    },
    close: () => {
      closed = true;
      stop();
    },
  };
}

/** Nothing happened to it: what doesn't change its state shows in its reports, its follow-ups and in what was erased. */
const isSame = (a: HandoverSummary | undefined, b: HandoverSummary): boolean =>
  a?.changedAt === b.changedAt && a.reports === b.reports && a.followUps?.length === b.followUps?.length && a.details === b.details && a.personal === b.personal;

/** An event may arrive before an older answer. */
const newer = (a: HandoverSummary, b: HandoverSummary): HandoverSummary => (b.changedAt >= a.changedAt ? b : a);
