/**
 * Charts of schedules: what remains, and what each slice trades.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, timeUnits } from "../model/notation";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleGate";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { type Figure, lineStyle, makeFigure, palette, type Trace } from "./figure";

/**
 * Shares remaining over time, one line a schedule. The title says when each has done half of the order.
 *
 * @param problem - the problem that the schedules belong to
 * @param schedules - one to seven schedules, drawn in this order
 * @returns a figure for `show`
 * @throws InputError when a schedule does not fit the problem, or there are none or more than seven
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 10, intervals: 10, volatility: 1, temporaryImpact: 1, timeUnit: "hour",
 * });
 * remainingChart(problem, [equalSchedule(problem)]).summary;
 * // → "Chart. Shares Remaining (x_t): Half done after 5 (TWAP) hours."
 * ```
 */
export function remainingChart(problem: ExecutionProblem, schedules: readonly Schedule[]): Figure {
  checkSchedules(problem, schedules);
  const halves = schedules.map(
    (schedule) => `${formatSignificant(halfTime(schedule, problem.shares))} (${schedule.name})`,
  );
  return makeFigure(
    {
      subject: "Shares Remaining (x_t)",
      finding: `Half done after ${halves.join(", ")} ${timeUnits(problem)}`,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("remaining", problem),
    },
    schedules.map(remainingLine),
  );
}

/** Shares remaining under the i-th schedule, as a line. */
export function remainingLine({ name, times, remaining }: Schedule, i: number): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: times,
    y: remaining,
    line: lineStyle(i),
    hovertemplate: sharesText(remaining[0]),
  };
}

/** What the pointer reads of an order of a size: whole shares of a large one, four digits of one that is traded in parts. */
function sharesText(order: number): string {
  return `%{y:${order >= 1000 ? ",.0f" : ",.4~r"}} shares`;
}

/**
 * Shares traded in each slice, one line a schedule, with a step for each interval. The title compares the first
 * slice with the last.
 *
 * @param problem - the problem that the schedules belong to
 * @param schedules - one to seven schedules, drawn in this order
 * @returns a figure for `show`
 * @throws InputError when a schedule does not fit the problem, or there are none or more than seven
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 10, intervals: 10, volatility: 1, temporaryImpact: 1 });
 * tradesChart(problem, [equalSchedule(problem)]).summary;
 * // → "Chart. Shares Traded per Slice (q_t): First slice: TWAP 10.0 % of the order."
 * ```
 */
export function tradesChart(problem: ExecutionProblem, schedules: readonly Schedule[]): Figure {
  checkSchedules(problem, schedules);
  const firsts = schedules.map(
    ({ name, trades }) => `${name} ${formatNumber(100 * (trades[0] / problem.shares), 1)} %`,
  );
  return makeFigure(
    {
      subject: "Shares Traded per Slice (q_t)",
      finding: `First slice: ${firsts.join(", ")} of the order`,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("trades", problem),
    },
    schedules.map((schedule, i) => ({
      type: "scatter",
      mode: "lines",
      name: schedule.name,
      // A step runs from the start of its interval to its end: the last value stands twice.
      x: schedule.times,
      y: [...schedule.trades, schedule.trades[schedule.trades.length - 1]],
      line: { ...lineStyle(i), shape: "hv" },
      hovertemplate: sharesText(problem.shares),
    })),
  );
}

function checkSchedules(problem: ExecutionProblem, schedules: readonly Schedule[]): void {
  problem = checkProblem(problem);
  if (!Array.isArray(schedules) || schedules.length === 0 || schedules.length > palette.length) {
    throw new InputError("schedules", schedules, `an array of 1 to ${palette.length} schedules`);
  }
  // By index: a hole is no schedule.
  for (let i = 0; i < schedules.length; i++) checkSchedule(problem, schedules[i] as Schedule);
}

/** When half of the order is first done, read off the line between two grid points (unit of time). */
function halfTime({ remaining, times }: Schedule, shares: number): number {
  const after = remaining.findIndex((x) => x <= shares / 2);
  const [x0, x1] = [remaining[after - 1], remaining[after]];
  const [t0, t1] = [times[after - 1], times[after]];
  return t0 + (t1 - t0) * ((x0 - shares / 2) / (x0 - x1));
}
