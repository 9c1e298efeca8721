// Moving over the list and ticking, by keyboard and by mouse.
import { batch } from "@preact/signals";
import { cursor, shown, ticked } from "./view.ts";
import { scrollTo } from "./windowed.ts";

export const listElement = (): HTMLElement | null => document.getElementById("vault-rows");

export function keepInSight(box: HTMLElement, row: number, rowHeight: number): void {
  const top = scrollTo(row, box.scrollTop, box.clientHeight, rowHeight);
  if (top !== box.scrollTop) box.scrollTop = top;
}

/** By so many rows; from nowhere it begins at the first. */
export function moveCursor(by: number): void {
  const list = shown.value;
  const here = list.findIndex((item) => item.id === cursor.value);
  const to = here < 0 ? 0 : Math.min(list.length - 1, Math.max(0, here + by));
  cursor.value = list[to]?.id;
}

/** The row ticked last: where a range begins. */
let anchor: string | undefined;

export function tick(id: string): void {
  const next = new Set(ticked.value);
  if (!next.delete(id)) next.add(id);
  anchor = id;
  batch(() => {
    ticked.value = next;
    cursor.value = id;
  });
}

/** Everything from here to there, beside what is ticked already. */
export function tickRange(from: string, to: string): void {
  const list = shown.value;
  const [a, b] = [list.findIndex((item) => item.id === from), list.findIndex((item) => item.id === to)];
  if (a < 0 || b < 0) return;
  const next = new Set(ticked.value);
  for (const item of list.slice(Math.min(a, b), Math.max(a, b) + 1)) next.add(item.id);
  batch(() => {
    ticked.value = next;
    cursor.value = to;
  });
}

/** With the shift key: from the row ticked or opened last. */
export function tickTo(id: string): void {
  const from = [anchor, cursor.value].find((one) => one !== undefined && shown.value.some((item) => item.id === one));
  tickRange(from ?? id, id);
}

/** Everything that is shown; nothing when that is ticked already. */
export function tickAll(): void {
  const list = shown.value;
  const all = list.length > 0 && list.every((item) => ticked.value.has(item.id));
  ticked.value = all ? new Set() : new Set(list.map((item) => item.id));
}
