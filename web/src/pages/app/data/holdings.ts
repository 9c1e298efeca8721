// What is held about a recipient: opened from every handover that names them. spec/ledger.md §8.
import { detail } from "../../../api/handovers.ts";
import { exactTime, t } from "../../../ui/text/index.ts";
import { patiently } from "../exchange/patience.ts";
import { readReceipts, readTimeline } from "../history/record.ts";
import type { Row } from "../history/store.ts";
import { titleOf } from "../history/title.ts";

export interface Holding {
  row: Row;
  name: string;
  /** What the server itself saw. */
  seen: { time: number; address: string | undefined; browser: string | undefined }[];
  /** What the recipient typed. */
  typed: { name: string; notes: string[] }[];
}

/** Every word of the name, in any order. */
export function naming(rows: readonly Row[], name: string): Row[] {
  const words = name.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? [] : rows.filter(({ personal }) => personal !== undefined && words.every((word) => personal.recipient.toLocaleLowerCase().includes(word)));
}

export async function holdingOf(row: Row, signal: AbortSignal): Promise<Holding> {
  const opened = await patiently(signal, () => detail(row.summary.handover));
  const receipts = await readReceipts(opened, row);
  const times = readTimeline(opened);
  return {
    row,
    name: row.personal?.recipient ?? "",
    seen: opened.entries.flatMap(({ observed }, i) => (observed === undefined ? [] : [{ time: times[i]!.time, address: observed.address, browser: observed.userAgent }])),
    typed: receipts.flatMap(({ reply }) => (reply === undefined ? [] : [{ name: reply.name, notes: reply.notes.filter((note) => note !== "") }])),
  };
}

/** The answer to somebody who asked. */
export function asText(holdings: readonly Holding[], title: string): string {
  const parts = holdings.map(({ row, name, seen, typed }) =>
    [
      `${exactTime(row.summary.createdAt)}  ${titleOf(row)}`,
      `  ${t("hold.name")}: ${name}`,
      `  ${t("hold.entries")}: ${row.details?.items.map((item) => item.title).join(", ") ?? "–"}`,
      ...seen.map((one) => `  ${t("hold.address")}: ${one.address ?? "–"} (${exactTime(one.time)})${one.browser === undefined ? "" : `; ${t("hold.browser")}: ${one.browser}`}`),
      ...typed.map((one) => `  ${t("hold.typed")}: “${one.name}”${one.notes.map((note) => `; ${t("hold.note")}: “${note}”`).join("")}`),
    ].join("\n"),
  );
  return `${title}\n${new Date().toISOString()}\n\n${parts.join("\n\n")}\n`;
}
