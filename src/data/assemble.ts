/**
 * The kept rows of a table in the order of time, and rows of one time made one.
 *
 * @module
 */
import { lineOf } from "./grid";
import type { Kept } from "./keep";
import { findOrder } from "./order";
import { type Table, timeFault, timeText } from "./table";
import type { TimeColumn } from "./times";

/** The value of a column for rows of one time, the first of which is `from` and the last `to`. */
export type Merge = (name: string, values: Float64Array, from: number, to: number) => number;

/** Columns in the order of time. */
export interface Assembled {
  readonly times: readonly string[];
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly isNewestFirst: boolean;
  readonly duplicates: number;
  readonly duplicatesWere: "kept" | "merged" | undefined;
}

/**
 * Puts the rows in order.
 *
 * @param mayRepeat - whether rows with a time of day may have that of the row before them where the caller does not say
 * @throws DataError at a row that is out of order, or has the time of another where that may not be
 */
export function assemble(
  table: Table,
  time: TimeColumn,
  kept: Kept,
  mayRepeat: boolean,
  merge: Merge,
): Assembled {
  const { duplicates: wanted } = table.options;
  const isAllowed = wanted === undefined ? mayRepeat && time.hasClock : wanted !== "refuse";
  const { isNewestFirst, duplicates, fault } = findOrder(time, kept.rows, table.options, isAllowed);
  if (fault !== undefined) throw outOfOrder(table, kept, isNewestFirst, fault);
  const rows = isNewestFirst ? kept.rows.slice().reverse() : kept.rows;
  const columns = kept.columns.map((column) => inOrder(column, rows));
  const names = kept.places.map(({ kind }) => kind.name);
  const times = new Array<string>(rows.length);
  for (let i = 0; i < rows.length; i++) times[i] = time.texts[rows[i]];
  const isMerged = wanted === "merge" && duplicates > 0;
  const first = isMerged ? firstOfEachTime(time, rows) : undefined;
  const merged = (column: Float64Array, name: string): Float64Array =>
    first === undefined
      ? column
      : Float64Array.from(first, (from, i) => merge(name, column, from, (first[i + 1] ?? rows.length) - 1));
  return {
    times: Object.freeze(first === undefined ? times : Array.from(first, (i) => times[i])),
    numbers: Object.fromEntries(names.map((name, j) => [name, merged(columns[j], name)])),
    isNewestFirst,
    duplicates,
    duplicatesWere: duplicates === 0 ? undefined : isMerged ? "merged" : "kept",
  };
}

function inOrder(column: Float64Array, rows: Uint32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]];
  return values;
}

/** Where in the order of time each new time begins. */
function firstOfEachTime({ seconds, nanos }: TimeColumn, rows: Uint32Array): readonly number[] {
  const isNew = (row: number, i: number): boolean =>
    i === 0 || seconds[row] !== seconds[rows[i - 1]] || nanos[row] !== nanos[rows[i - 1]];
  return Array.from(rows, (row, i) => (isNew(row, i) ? i : -1)).filter((i) => i >= 0);
}

function outOfOrder(
  table: Table,
  { rows }: Kept,
  isNewestFirst: boolean,
  { row, isDuplicate }: { readonly row: number; readonly isDuplicate: boolean },
): Error {
  const { grid, options } = table;
  const before = rows[row - 1];
  const hint = isDuplicate
    ? 'Give options.duplicates: "keep" or "merge".'
    : options.order === undefined
      ? "Sort the rows by time."
      : `options.order is "${options.order}".`;
  const where = `${timeText(table, before)} in line ${lineOf(grid, table.rows[before])}`;
  const allowed = `${isNewestFirst ? "earlier" : "later"} than the time before it, ${where}`;
  return timeFault(table, rows[row], allowed, hint);
}
