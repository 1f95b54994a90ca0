/**
 * The chart of the optimum with a slider over the risk aversion.
 *
 * @module
 */
import { efficientFrontier, type FrontierPoint } from "../compare/frontier";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, notation, unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/optimal";
import { anyFinite, checkKeys, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { type Figure, makeFigure, roomForTitle, type Trace, titleTexts } from "./figure";
import { lineStyles } from "./look";
import { remainingLine } from "./schedule";
import { halfFinding } from "./scheduleWords";
import { endLabels, nearestIndex, sliderOf } from "./sliderParts";
import { type TimeAxis, type TimeOptions, timeAxis } from "./timeAxis";
import { timeConstantText } from "./timeConstant";

/**
 * The optimum's holdings with a slider over the risk aversion: each position shows the schedule, its time constant,
 * cost and risk. All positions are computed in advance, so the slider works without a kernel.
 *
 * @param problem - the problem; its own `riskAversion` is where the slider begins, or next to it
 * @param riskAversions - two to 60 risk aversions, in rising order (1/currency); with 0 the slider begins at TWAP
 * @param options - `start`: when trading begins, such as `"09:30"`, for an axis with the time of day
 * @returns a figure with frames, for `show`
 * @throws InputError when there are too few or too many, or they do not rise
 * @throws NoOptimumError when one of them has no optimum
 * @throws RangeError when an optimum or its cost leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * scheduleSlider(problem, [0, 1e-3, 1e-2]).frames?.length; // → 3
 * ```
 */
export function scheduleSlider(
  problem: ExecutionProblem,
  riskAversions: readonly number[],
  options: TimeOptions = {},
): Figure {
  problem = checkProblem(problem);
  const unit = unitOf("riskAversion", problem);
  const λs = checkRising(riskAversions, unit);
  const axis = timeAxis(problem, checkKeys("scheduleSlider's options", options, ["start"]).start);
  const points = efficientFrontier(problem, λs);
  const positions = points.map((point) => positionOf(problem, point, axis));
  const labels = positions.map(({ label }) => label);
  const active = nearestIndex(λs, problem.riskAversion);
  const { subject, finding, line } = positions[active];
  const twap = equalSchedule(problem);
  const [, twapStyle] = lineStyles(["Optimal", twap.name]);
  const figure = makeFigure(
    { subject, finding, xTitle: axis.title, yTitle: axisTitle("remaining", problem) },
    [line, remainingLine(twap, axis, twapStyle)],
    {
      height: 540,
      margin: {
        t: Math.max(...positions.map((position) => roomForTitle(position.finding, position.subject))),
        b: 180,
      },
      xaxis: axis.axis,
      legend: { orientation: "h", x: 0, y: -0.17, yanchor: "top" },
      sliders: [sliderOf(labels, active, { prefix: "λ = ", suffix: ` ${unit}` })],
      annotations: endLabels(labels, "λ = "),
    },
    positions.map((position, i) => ({
      name: String(i),
      data: [position.line],
      traces: [0],
      layout: { title: titleTexts(position.finding, position.subject) },
    })),
  );
  const range = points.map((point) => point.expectedCost);
  return {
    ...figure,
    summary:
      `Chart. Shares remaining by risk aversion: ${positions.length} positions of a slider, expected cost from ` +
      `${formatNumber(Math.min(...range))} to ${formatNumber(Math.max(...range))} ${problem.currency}.`,
  };
}

/** What one position of the slider shows. */
interface Position {
  readonly label: string;
  readonly line: Trace;
  readonly finding: string;
  readonly subject: string;
}

function positionOf(problem: ExecutionProblem, point: FrontierPoint, axis: TimeAxis): Position {
  const { riskAversion, expectedCost, standardDeviation } = point;
  const schedule = optimalSchedule(defineProblem({ ...problem, riskAversion }));
  const { symbol } = notation.remaining;
  const isTwap = riskAversion === 0 && schedule.trades.every((n) => isNear(n, schedule.trades[0]));
  return {
    label: `${formatSignificant(riskAversion, 2)}${isTwap ? " (TWAP)" : ""}`,
    line: remainingLine(schedule, axis, lineStyles([schedule.name])[0]),
    finding:
      `${halfFinding(problem, [schedule], axis)}; expected cost ${formatNumber(expectedCost)} ${problem.currency}, ` +
      `standard deviation ${formatNumber(standardDeviation)}`,
    subject: `Shares Remaining (${symbol}) · time constant ${timeConstantText(problem, riskAversion)} · move the slider`,
  };
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.abs(other);
}

function checkRising(riskAversions: unknown, unit: string): readonly number[] {
  const allowed = "an array of 2 to 60 rising numbers";
  if (!isList(riskAversions) || riskAversions.length < 2 || riskAversions.length > 60) {
    throw new InputError("riskAversions", riskAversions, allowed);
  }
  const λs = checkNumbers("riskAversions", riskAversions, riskAversions.length, anyFinite, unit);
  if (λs.every((λ, i) => i === 0 || λ > λs[i - 1])) return λs;
  throw new InputError("riskAversions", riskAversions, allowed);
}
