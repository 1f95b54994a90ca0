/**
 * The rows of a schedule's table: which column is which, and whether the rows and times are in order.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { type CellPlace, DataError, InputError } from "../support/errors";
import { cellsOf, type NumberStyle, otherReadings, readNumber, separatorOf } from "./exchangeCells";
import { checkTimes } from "./exchangeTimes";

/** The columns that a table may have. */
export type ScheduleColumn = "interval" | "start" | "end" | "trade" | "remaining";

/** A table of text: lines that hold something, and where its columns stand. */
export interface ScheduleTable {
  readonly file: string;
  readonly separator: string;
  readonly lines: readonly string[];
  readonly headers: readonly string[];
  /** Where each column stands, counted from 0. */
  readonly places: Readonly<Partial<Record<ScheduleColumn, number>>>;
}

const names: Readonly<Record<ScheduleColumn, readonly string[]>> = {
  interval: ["interval", "slice"],
  start: ["start", "from"],
  end: ["end", "to"],
  trade: ["trade", "trades", "shares", "quantity"],
  remaining: ["remaining"],
};
const columns = Object.keys(names) as readonly ScheduleColumn[];

/** What a text must be, in words. */
export const tableWords = "the text of a table with a header and a row for each interval";

/** Takes a text apart into lines and finds its columns. */
export function tableOf(
  text: string,
  file: string,
  renamed: Readonly<Partial<Record<ScheduleColumn, string>>> | undefined,
): ScheduleTable {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines[lines.length - 1].trim() === "") lines.pop();
  if (lines.length === 0) throw new InputError("text", text, tableWords);
  const separator = separatorOf(lines[0]);
  const headers = cellsOf(lines[0], separator, { file, line: 1 });
  const places: Partial<Record<ScheduleColumn, number>> = {};
  headers.forEach((header, i) => {
    const column = columns.find((one) => isCalled(header, one, renamed));
    const place = { file, line: 1, column: i + 1 };
    if (column === undefined) {
      if (renamed !== undefined) return;
      const words = `one of ${columns.join(", ")}`;
      const hint = 'Name your columns with columns: { trade: "Qty" }; others are then ignored.';
      throw new DataError(place, header, words, hint);
    }
    const other = places[column];
    if (other !== undefined) {
      throw new DataError(place, header, `a different name: column ${other + 1} is already the ${column}`);
    }
    places[column] = i;
  });
  if (places.trade === undefined && places.remaining === undefined) {
    const words = "a header with a column trade or remaining";
    throw new DataError({ file, line: 1, column: 1 }, lines[0], words, "The first line names the columns.");
  }
  return { file, separator, lines, headers, places };
}

function isCalled(
  header: string,
  column: ScheduleColumn,
  renamed: Readonly<Partial<Record<ScheduleColumn, string>>> | undefined,
): boolean {
  const own = renamed?.[column];
  return own === undefined ? names[column].includes(header.toLowerCase()) : own === header;
}

/** Where a cell of a row stands, rows counted from 0. */
export function placeOf(
  { file, headers, places }: ScheduleTable,
  row: number,
  column: ScheduleColumn,
): CellPlace {
  const at = places[column] ?? 0;
  return { file, line: row + 2, column: at + 1, header: headers[at] };
}

/** The cells of each row: as many rows as the problem has intervals, and as many cells as the header has. */
export function rowsOf(table: ScheduleTable, intervals: number): readonly (readonly string[])[] {
  const { lines, headers, separator, file } = table;
  const rows = lines.slice(1).map((line, row) => {
    const cells = cellsOf(line, separator, { file, line: row + 2 });
    const surplus = cells[headers.length];
    if (surplus !== undefined) {
      const words = `the end of the line, as the header has ${countOf(headers.length, "cell")}`;
      const hint = "Where numbers have commas, put quotation marks around them or semicolons between cells.";
      const place = { file, line: row + 2, column: headers.length + 1 };
      throw new DataError(place, surplus, words, separator === "," ? hint : "");
    }
    if (cells.length === headers.length) return cells;
    const words = `cell ${cells.length + 1} of ${headers.length}, as the header has them`;
    throw new DataError({ file, line: row + 2, column: cells.length + 1 }, undefined, words);
  });
  if (rows.length === intervals) return rows;
  const place = { file, line: Math.min(rows.length, intervals) + 2, column: 1 };
  const words =
    rows.length < intervals
      ? `row ${rows.length + 1} of ${intervals}, one for each interval of the problem`
      : `the end of the table, as the problem has ${countOf(intervals, "interval")}`;
  throw new DataError(place, lines[intervals + 1], words);
}

const countOf = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** The numbers of a column. */
export function columnNumbers(
  table: ScheduleTable,
  rows: readonly (readonly string[])[],
  column: "trade" | "remaining",
  style: NumberStyle,
): readonly number[] | undefined {
  const at = table.places[column];
  if (at === undefined) return undefined;
  return rows.map((cells, row) => {
    const value = readNumber(cells[at], style);
    if (Number.isFinite(value)) return value;
    throw new DataError(
      placeOf(table, row, column),
      cells[at],
      "a number such as 5000 or 0.25",
      otherReadings(cells[at]),
    );
  });
}

/** Refuses rows that do not count 1, 2, 3, …, and times that do not run as the problem's grid does. */
export function checkOrder(
  table: ScheduleTable,
  rows: readonly (readonly string[])[],
  problem: ExecutionProblem,
  style: NumberStyle,
): void {
  const { interval } = table.places;
  rows.forEach((cells, row) => {
    if (interval === undefined || Number(cells[interval]) === row + 1) return;
    throw new DataError(
      placeOf(table, row, "interval"),
      cells[interval],
      `${row + 1}: rows are in order of time and count from 1`,
    );
  });
  const texts = (column: "start" | "end"): readonly string[] | undefined => {
    const at = table.places[column];
    return at === undefined ? undefined : rows.map((cells) => cells[at]);
  };
  const columns = { start: texts("start"), end: texts("end"), style };
  checkTimes(problem, columns, (row, column) => placeOf(table, row, column));
}
