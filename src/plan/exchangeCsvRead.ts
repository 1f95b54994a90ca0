/**
 * Schedules read from tables of text, ours or anyone's.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { scheduleFromRemaining, scheduleFromTrades } from "../model/scheduleGate";
import { checkChoice, checkKeys, checkName, checkText } from "../support/checks";
import { DataError, InputError } from "../support/errors";
import { total } from "../support/numbers";
import { type NumberStyle, readNumber, type ThousandsMark } from "./exchangeCells";
import {
  checkOrder,
  columnNumbers,
  placeOf,
  rowsOf,
  type ScheduleColumn,
  type ScheduleTable,
  tableOf,
  tableWords,
} from "./exchangeCsvRows";

/** How a table is to be read. */
export interface ScheduleCsvReading {
  /** What to call the schedule (default `"Given"`). */
  readonly name?: string | undefined;
  /** What messages call the table (default `"schedule"`). */
  readonly file?: string | undefined;
  /**
   * The names of the table's columns, where they are not the usual ones: `{ trade: "Qty" }`. Other columns are then ignored;
   * without this they are rejected.
   */
  readonly columns?:
    | Readonly<Partial<Record<"interval" | "start" | "end" | "trade" | "remaining", string | undefined>>>
    | undefined;
  /** The decimal mark (default `"."`). */
  readonly decimal?: "." | "," | undefined;
  /** The mark between thousands (default none). */
  readonly thousands?: "," | "." | " " | "'" | undefined;
}

/**
 * A schedule from a table of text, as {@link scheduleToCsv} writes it and as others do: a header, and a row for each interval, with
 * the column `trade` or `remaining` or both; `interval`, `start` and `end` are checked where they stand. Cells are separated by
 * commas, semicolons or tabs, as the header says. A number that could be read in two ways is rejected, with both readings.
 *
 * @param problem - the problem whose schedule it is
 * @param text - the whole table
 * @param options - names of columns, marks in numbers, names for the schedule and for messages
 * @returns the schedule; what {@link scheduleToCsv} wrote comes back to the same bits
 * @throws InputError when an argument is not what it should be, or the trades do not sum to the order
 * @throws DataError (an InputError with line and column) at the first cell that is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 10, intervals: 2, volatility: 0, temporaryImpact: 1e-3 });
 * scheduleFromCsv(problem, "trade\n700\n300\n").remaining; // → [1000, 300, 0]
 * const qty = { columns: { trade: "Qty" }, decimal: ",", thousands: "." } as const;
 * scheduleFromCsv(problem, "Venue;Qty\nA;700,5\nB;299,5\n", qty).trades; // → [700.5, 299.5]
 * ```
 */
export function scheduleFromCsv(
  problem: ExecutionProblem,
  text: string,
  options: ScheduleCsvReading = {},
): Schedule {
  problem = checkProblem(problem);
  const known = ["name", "file", "columns", "decimal", "thousands"];
  const given = checkKeys("scheduleFromCsv's options", options, known);
  const name = given.name === undefined ? "Given" : checkName("name", given.name);
  const file = given.file === undefined ? "schedule" : checkName("file", given.file);
  const style = checkStyle(given);
  if (typeof text !== "string") throw new InputError("text", text, tableWords);
  const table = tableOf(text, file, checkColumns(given.columns));
  const rows = rowsOf(table, problem.intervals);
  checkOrder(table, rows, problem, style);
  const trades = columnNumbers(table, rows, "trade", style);
  const isStyled = given.decimal !== undefined || given.thousands !== undefined;
  if (trades !== undefined) checkSum(table, rows, trades, { problem, isStyled });
  const left = columnNumbers(table, rows, "remaining", style);
  if (left !== undefined && !mayLeave(problem)) checkDone(table, rows, left, problem.shares);
  if (trades === undefined) return scheduleFromRemaining(problem, [problem.shares, ...(left ?? [])], name);
  if (left === undefined) return scheduleFromTrades(problem, trades, name);
  const remaining = [problem.shares, ...left];
  checkAgreement(table, rows, trades, remaining);
  const schedule = makeSchedule(problem, name, remaining, [...trades]);
  checkSchedule(problem, schedule);
  return schedule;
}

function checkStyle({ decimal, thousands }: Readonly<Record<string, unknown>>): NumberStyle {
  const point = decimal === undefined ? "." : checkChoice("decimal", decimal, [".", ","]);
  if (thousands === undefined) return { decimal: point, thousands: undefined };
  const mark: ThousandsMark = checkChoice("thousands", thousands, [",", ".", " ", "'"]);
  if (mark !== point) return { decimal: point, thousands: mark };
  throw new InputError("thousands", mark, "a mark other than the decimal one");
}

function checkColumns(value: unknown): Readonly<Partial<Record<ScheduleColumn, string>>> | undefined {
  if (value === undefined) return undefined;
  const columns = ["interval", "start", "end", "trade", "remaining"] as const;
  const given = checkKeys("columns", value, columns);
  const named = columns.filter((column) => given[column] !== undefined);
  return Object.fromEntries(named.map((column) => [column, checkText(`columns.${column}`, given[column])]));
}

/**
 * Rejects trades that do not sum to the order, or to less where shares may be left. A point may separate thousands: 5.000 may
 * be 5 or 5,000, and where either may be meant the options must say which.
 */
function checkSum(
  table: ScheduleTable,
  rows: readonly (readonly string[])[],
  trades: readonly number[],
  { problem, isStyled }: { readonly problem: ExecutionProblem; readonly isStyled: boolean },
): void {
  const { shares } = problem;
  // Where holdings are many times the order, so is their rounding.
  const largest = trades.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const tolerance = Math.max(1e-9 * shares, 1e-12 * trades.length * largest);
  const isOrder = (sum: number): boolean => Math.abs(sum - shares) <= tolerance;
  const sum = total(trades);
  if (isOrder(sum)) return;
  const at = table.places.trade ?? 0;
  const others = rows.map((cells) => readNumber(cells[at], { decimal: ",", thousands: "." }));
  const other = total(others);
  const isPart = (part: number): boolean => mayLeave(problem) && part >= 0 && part <= shares;
  const isOpen = !isStyled && other !== sum && (isOrder(other) || isPart(other));
  if (isPart(sum) && !isOpen) return;
  const hint = isOrder(other)
    ? 'With decimal: "," and thousands: "." they do sum to it.'
    : isPart(sum)
      ? `With decimal: "," and thousands: "." they sum to ${other}, with decimal: "." to ${sum}: say which in the options.`
      : `It is off by ${sum - shares} shares.`;
  const allowed = mayLeave(problem)
    ? `the order's ${shares} shares, or less where every number can be read in one way only`
    : `the order's ${shares} shares`;
  throw new InputError("the sum of trades", sum, allowed, hint);
}

/** How far holdings may be off: a billionth of the order; where they are many times the order, their own rounding. */
function roundingOf(shares: number, holdings: readonly number[]): number {
  const largest = holdings.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Math.max(1e-9 * shares, 1e-12 * largest);
}

/** Refuses a last row after which something remains. */
function checkDone(
  table: ScheduleTable,
  rows: readonly (readonly string[])[],
  left: readonly number[],
  shares: number,
): void {
  const row = left.length - 1;
  if (Math.abs(left[row]) <= roundingOf(shares, left)) return;
  const cell = rows[row][table.places.remaining ?? 0];
  throw new DataError(placeOf(table, row, "remaining"), cell, "0, as the last row ends the order");
}

/** Refuses the first row whose trade is not the difference between its holdings, to rounding. */
function checkAgreement(
  table: ScheduleTable,
  rows: readonly (readonly string[])[],
  trades: readonly number[],
  remaining: readonly number[],
): void {
  const tolerance = roundingOf(remaining[0], remaining);
  trades.forEach((n, row) => {
    const after = remaining[row] - n;
    if (Math.abs(after - remaining[row + 1]) <= tolerance) return;
    throw new DataError(
      placeOf(table, row, "remaining"),
      rows[row][table.places.remaining ?? 0],
      `${after}, the ${remaining[row]} before it less the trade of ${n}`,
    );
  });
}
