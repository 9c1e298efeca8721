// Which rows of a long list stand in the document: those in sight and a few around them.

export interface Rows {
  /** The first row that is drawn, and the one after the last. */
  from: number;
  to: number;
}

const around = 6;

export function rowsInSight(scrollTop: number, height: number, rowHeight: number, count: number): Rows {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - around);
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + around);
  return { from: Math.min(from, Math.max(0, count - 1)), to };
}

/** Where to scroll so that the row is wholly in sight; the same place when it is. */
export function scrollTo(row: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}
