/**
 * Charts of schedules: what remains, and what each slice trades.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, notation } from "../model/notation";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkKeys } from "../support/checks";
import { InputError } from "../support/errors";
import { type Figure, makeFigure, type Trace } from "./figure";
import { lineStyles, looks } from "./look";
import { firstSliceFinding, halfFinding } from "./scheduleWords";
import { hoverNumber, type TimeAxis, type TimeOptions, timeAxis } from "./timeAxis";

/**
 * Shares remaining over time, one line a schedule. The title says when half of the order is done, and which schedule leaves
 * the range between the order and 0.
 *
 * @param problem - the problem that the schedules belong to
 * @param schedules - one to seven schedules, drawn in this order
 * @param options - `start`: when trading begins, such as `"09:30"`, for an axis with the time of day
 * @returns a figure for `show`
 * @throws InputError when a schedule does not fit the problem, or there are none or more than seven
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 10, intervals: 10, volatility: 1, temporaryImpact: 1, timeUnit: "hour",
 * });
 * remainingChart(problem, [equalSchedule(problem)]).summary;
 * // → "Chart. Shares Remaining (x): TWAP has sold half after 5 hours."
 * ```
 */
export function remainingChart(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  options: TimeOptions = {},
): Figure {
  const axis = checkedAxis("remainingChart's options", problem, schedules, options);
  const styles = lineStyles(schedules.map(({ name }) => name));
  return makeFigure(
    {
      subject: `Shares Remaining (${notation.remaining.symbol})`,
      finding: halfFinding(problem, schedules, axis),
      xTitle: axis.title,
      yTitle: axisTitle("remaining", problem),
    },
    schedules.map((schedule, i) => remainingLine(schedule, axis, styles[i])),
    { xaxis: axis.axis },
  );
}

/** Shares remaining under a schedule, as a line. */
export function remainingLine({ name, times, remaining }: Schedule, axis: TimeAxis, style: object): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: axis.places(times),
    y: remaining,
    line: style,
    hovertemplate: sharesText(remaining[0]),
  };
}

/** What the pointer reads of an order of a size: whole shares of a large one, four digits of one that is traded in parts. */
export function sharesText(order: number): string {
  return hoverNumber("y", order, "shares");
}

/**
 * Shares traded in each slice, one line a schedule, with a step for each interval. The title compares the first slices.
 *
 * @param problem - the problem that the schedules belong to
 * @param schedules - one to seven schedules, drawn in this order
 * @param options - `start`: when trading begins, such as `"09:30"`, for an axis with the time of day
 * @returns a figure for `show`
 * @throws InputError when a schedule does not fit the problem, or there are none or more than seven
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 10, intervals: 10, volatility: 1, temporaryImpact: 1 });
 * tradesChart(problem, [equalSchedule(problem)]).summary;
 * // → "Chart. Shares Traded per Slice (n): TWAP sells 10.0% of the order in the first slice."
 * ```
 */
export function tradesChart(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  options: TimeOptions = {},
): Figure {
  const axis = checkedAxis("tradesChart's options", problem, schedules, options);
  const styles = lineStyles(schedules.map(({ name }) => name));
  return makeFigure(
    {
      subject: `Shares Traded per Slice (${notation.trades.symbol})`,
      finding: firstSliceFinding(problem, schedules),
      xTitle: axis.title,
      yTitle: axisTitle("trades", problem),
    },
    schedules.map((schedule, i) => tradesLine(problem, schedule, axis, styles[i])),
    { xaxis: axis.axis, yaxis: { rangemode: "tozero" } },
  );
}

/** Long dashes would leave out the risers of steps. */
const shortDashes: Readonly<Record<string, string>> = {
  dash: "6px,3px",
  dot: "2px,2px",
  dashdot: "6px,2px,2px,2px",
  longdash: "9px,3px",
  longdashdot: "9px,2px,2px,2px",
};

/** Shares traded in each slice under a schedule, as a line of steps. */
export function tradesLine(
  { shares }: ExecutionProblem,
  { name, times, trades }: Schedule,
  axis: TimeAxis,
  style: { readonly dash: string },
): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    // A step runs from the start of its interval to its end: the last value stands twice.
    x: axis.places(times),
    y: [...trades, trades[trades.length - 1]],
    line: { ...style, dash: shortDashes[style.dash] ?? style.dash, shape: "hv" },
    hovertemplate: sharesText(shares),
  };
}

function checkedAxis(
  call: string,
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  options: TimeOptions,
): TimeAxis {
  problem = checkProblem(problem);
  if (!Array.isArray(schedules) || schedules.length === 0 || schedules.length > looks.length) {
    throw new InputError("schedules", schedules, `an array of 1 to ${looks.length} schedules`);
  }
  // By index: a hole is no schedule.
  for (let i = 0; i < schedules.length; i++) checkSchedule(problem, schedules[i] as Schedule);
  return timeAxis(problem, checkKeys(call, options, ["start"]).start);
}
