/**
 * Whether the times of a file match the problem's grid.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { gridTimes } from "../model/market";
import { readClock } from "../support/clock";
import { type CellPlace, DataError } from "../support/errors";
import { readTimeOfDay, unitMilliseconds } from "../support/timeOfDay";
import { type NumberStyle, readNumber } from "./exchangeCells";

const day = 86_400_000;

/** A time of a file, by how it is written. */
interface FileTime {
  readonly kind: "number" | "clock" | "date";
  /** In the problem's unit for a number, else in milliseconds. */
  readonly value: number;
}

/** Reads a number, a time of day, or a date with a time of day; undefined where a text is none of them. */
function readFileTime(text: string, style: NumberStyle): FileTime | undefined {
  const number = readNumber(text, style);
  if (!Number.isNaN(number)) return { kind: "number", value: number };
  const time = readTimeOfDay(text);
  if (!Number.isNaN(time)) return { kind: "clock", value: time };
  const { wall, offset = 0 } = readClock(text);
  return Number.isNaN(wall) ? undefined : { kind: "date", value: wall - offset };
}

/** The columns of times that a file has. */
interface TimeColumns {
  readonly start: readonly string[] | undefined;
  readonly end: readonly string[] | undefined;
  /** How their numbers are written. */
  readonly style: NumberStyle;
}

/** What a time is held to: the time before it, and how much later it is at least, or exactly (unit of time). */
interface Expected {
  readonly before: FileTime;
  readonly later: number;
  readonly isExact: boolean;
}

/**
 * Rejects times that cannot be read or do not match the grid: numbers are the grid's own; by the clock an interval is
 * as long as the problem's, and the next one begins when it ends or, after a break, later.
 */
export function checkTimes(
  problem: ExecutionProblem,
  columns: TimeColumns,
  placeOf: (row: number, column: "start" | "end") => CellPlace,
): void {
  const grid = gridTimes(problem);
  const given = (["start", "end"] as const).filter((column) => columns[column] !== undefined);
  const isBoth = given.length === 2;
  let before: FileTime | undefined;
  for (let row = 0; row < problem.intervals; row++) {
    for (const column of given) {
      const text = columns[column]?.[row] ?? "";
      const place = placeOf(row, column);
      const time = readFileTime(text, columns.style);
      if (time === undefined || (before !== undefined && time.kind !== before.kind)) {
        const first = "a time: a number, 09:30, or 2024-03-08 09:30";
        throw new DataError(
          place,
          text,
          before === undefined ? first : "a time written like those before it",
        );
      }
      const at = column === "start" ? row : row + 1;
      if (time.kind === "number") checkNumber(problem, place, text, time.value, grid[at]);
      else if (before !== undefined) {
        const isExact = isBoth && column === "end";
        const later = isBoth && column === "start" ? 0 : grid[at] - grid[at - 1];
        checkClock(problem, place, text, time, { before, later, isExact });
      }
      before = time;
    }
  }
}

function checkNumber(
  { horizon, timeUnit }: ExecutionProblem,
  place: CellPlace,
  text: string,
  value: number,
  expected: number,
): void {
  if (Math.abs(value - expected) <= 1e-9 * horizon) return;
  throw new DataError(place, text, `the problem's ${expected} (${timeUnit})`);
}

/** Clocks are written to the millisecond, and two of them round. */
const rounding = 1.001;

function checkClock(
  { timeUnit }: ExecutionProblem,
  place: CellPlace,
  text: string,
  { kind, value }: FileTime,
  { before, later, isExact }: Expected,
): void {
  const unit = unitMilliseconds(timeUnit);
  if (unit === undefined) {
    throw new DataError(
      place,
      text,
      `a number, as a clock does not show the problem's unit of time (${timeUnit})`,
    );
  }
  const difference = value - before.value - later * unit;
  // Without dates, the same time is shown each day: the shorter way round counts.
  const off = kind === "date" ? difference : difference - day * Math.round(difference / day);
  if (isExact ? Math.abs(off) <= rounding : off >= -rounding) return;
  throw new DataError(
    place,
    text,
    isExact
      ? `${later} (${timeUnit}) after the interval's start, its length in the problem`
      : "a time after those above",
  );
}
