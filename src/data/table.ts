/**
 * A table whose place in its file is known, and where its cells stand for messages.
 *
 * @module
 */
import { DataError } from "../support/errors";
import { cellText, type Grid, lineOf } from "./grid";
import type { Layout } from "./header";
import type { CheckedOptions } from "./options";

/** A table and the rows to read of it. */
export interface Table {
  readonly options: CheckedOptions;
  readonly grid: Grid;
  readonly layout: Layout;
  /** The column of times, counted from 0, or those of day and time of day. */
  readonly times: readonly number[];
  /** Rows of the grid. */
  readonly rows: Uint32Array;
}

/** A cell that is not what it should be. `row` is counted among the table's rows, `column` from 0. */
export function cellFault(
  { options, grid, rows }: Table,
  row: number,
  { column, name }: { readonly column: number; readonly name: string },
  allowed: string,
  hint = "",
): DataError {
  const place = { file: options.name, line: lineOf(grid, rows[row]), column: column + 1, header: name };
  return new DataError(place, cellText(grid, rows[row], column), allowed, hint);
}

/** The time of a row, as it is written: day and time of day joined by a blank where they have a column each. */
export function timeText({ grid, rows, times: [day, clock] }: Table, row: number): string {
  const text = cellText(grid, rows[row], day);
  return clock === undefined ? text : `${text} ${cellText(grid, rows[row], clock)}`.trim();
}

/** A time that is not what it should be. */
export function timeFault(table: Table, row: number, allowed: string, hint = ""): DataError {
  const { options, grid, rows, times } = table;
  const place = { file: options.name, line: lineOf(grid, rows[row]), column: times[0] + 1, header: "time" };
  return new DataError(place, timeText(table, row), allowed, hint);
}
