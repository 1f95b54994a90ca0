/**
 * The order of rows in time, and rows of one time.
 *
 * @module
 */
import type { CheckedOptions } from "./options";
import type { TimeColumn } from "./times";

/** How rows follow each other. */
export interface Order {
  readonly isNewestFirst: boolean;
  /** Rows that have the time of the row before them. */
  readonly duplicates: number;
  /** The first row that is out of order, or has the time of the row before it where that may not be. */
  readonly fault: { readonly row: number; readonly isDuplicate: boolean } | undefined;
}

/** Finds the order of rows: that of most of its steps, or the one that the caller names. */
export function findOrder(
  { seconds, nanos }: TimeColumn,
  rows: Uint32Array,
  { order }: CheckedOptions,
  mayRepeat: boolean,
): Order {
  const step = (i: number): number => {
    const [now, before] = [rows[i], rows[i - 1]];
    const whole = seconds[now] - seconds[before];
    return whole === 0 ? nanos[now] - nanos[before] : whole;
  };
  let up = 0;
  let down = 0;
  for (let i = 1; i < rows.length; i++) {
    const change = step(i);
    if (change > 0) up += 1;
    else if (change < 0) down += 1;
  }
  const isNewestFirst = order === undefined ? down > up : order === "newest first";
  const duplicates = Math.max(0, rows.length - 1) - up - down;
  const wrong = isNewestFirst ? up : down;
  if (wrong === 0 && (mayRepeat || duplicates === 0)) return { isNewestFirst, duplicates, fault: undefined };
  for (let i = 1; i < rows.length; i++) {
    const change = isNewestFirst ? -step(i) : step(i);
    if (change < 0 || (change === 0 && !mayRepeat)) {
      return { isNewestFirst, duplicates, fault: { row: i, isDuplicate: change === 0 } };
    }
  }
  return { isNewestFirst, duplicates, fault: undefined };
}
