/**
 * Schedules as tables of text, for a spreadsheet or an execution system.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { gridTimes } from "../model/market";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkKeys, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { readTimeOfDay, timeOfDayText, unitMilliseconds } from "../support/timeOfDay";
import { numberText } from "./exchangeNumbers";
import type { SliceClock } from "./ticket";

/** How a schedule is to be written. */
export interface ScheduleCsvOptions {
  /** When trading begins, such as `"09:30"`: times are then those of the clock (default: the time since the start). */
  readonly start?: string | undefined;
  /** The clock at the ends of each slice instead, as `problemFromTicket` gives it: with breaks, dates and offsets. */
  readonly slices?: SliceClock | undefined;
}

/**
 * A schedule as a table of comma-separated values: `interval`, `start`, `end`, `trade`, `remaining`, a row for each interval.
 * Numbers are written in the shortest form that reads back to the same bits, with a decimal point and without thousands
 * separators; `remaining` is what is left after the trade.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule of the problem
 * @param options - `start` or `slices`, to write times of day
 * @returns the text, with a line end after each row; {@link scheduleFromCsv} reads it back
 * @throws InputError when an argument is not what it should be, or times of day are asked for and a clock does not show
 *   the problem's unit of time
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 10, intervals: 2, volatility: 0, temporaryImpact: 1e-3, timeUnit: "minute",
 * });
 * scheduleToCsv(problem, equalSchedule(problem), { start: "09:30" }).split("\n");
 * // → ["interval,start,end,trade,remaining", "1,09:30,09:35,500,500", "2,09:35,09:40,500,0", ""]
 * ```
 */
export function scheduleToCsv(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: ScheduleCsvOptions = {},
): string {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const given = checkKeys("scheduleToCsv's options", options, ["start", "slices"]);
  const { starts, ends } = timeTexts(problem, given);
  const { trades, remaining } = schedule;
  const rows = trades.map(
    (n, k) => `${k + 1},${starts[k]},${ends[k]},${numberText(n)},${numberText(remaining[k + 1])}\n`,
  );
  return `interval,start,end,trade,remaining\n${rows.join("")}`;
}

function timeTexts(
  problem: ExecutionProblem,
  { start, slices }: Readonly<Record<string, unknown>>,
): SliceClock {
  if (slices !== undefined) {
    if (start === undefined) return checkSlices(slices, problem.intervals);
    throw new InputError("start", start, "left out where slices is given: both say the same thing");
  }
  const texts = start === undefined ? gridTimes(problem).map(numberText) : clockTexts(problem, start);
  return { starts: texts.slice(0, -1), ends: texts.slice(1) };
}

function clockTexts(problem: ExecutionProblem, start: unknown): string[] {
  const from = typeof start === "string" ? readTimeOfDay(start) : Number.NaN;
  if (Number.isNaN(from)) throw new InputError("start", start, 'a time of day, such as "09:30"');
  const { timeUnit } = problem;
  const unit = unitMilliseconds(timeUnit);
  if (unit !== undefined) return gridTimes(problem).map((time) => timeOfDayText(from + time * unit));
  throw new InputError(
    "start",
    start,
    "left out, as a clock does not show the problem's unit of time",
    `State the problem in seconds, minutes or hours; its timeUnit is "${timeUnit}".`,
  );
}

function checkSlices(value: unknown, intervals: number): SliceClock {
  const given = checkKeys("slices", value, ["starts", "ends"]);
  const texts = (field: "starts" | "ends"): string[] => {
    const list = given[field];
    if (!isList(list) || list.length !== intervals) {
      throw new InputError(
        `slices.${field}`,
        list,
        `an array of ${intervals} texts, as problemFromTicket gives it`,
      );
    }
    return Array.from(list, (text, k) => {
      const name = `slices.${field}[${k}]`;
      const time = checkText(name, text);
      if (!/[",;\n\r]/.test(time)) return time;
      throw new InputError(name, time, "a time without commas, semicolons, quotation marks or line ends");
    });
  };
  return { starts: texts("starts"), ends: texts("ends") };
}
