/**
 * The chart of the optimum with a slider over the risk aversion.
 *
 * @module
 */
import { efficientFrontier, type FrontierPoint } from "../compare/frontier";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, timeUnits, unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/closedForm";
import { anyFinite, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { type Figure, makeFigure, type Trace } from "./figure";
import { remainingLine } from "./schedule";
import { timeConstantText } from "./timeConstant";

/**
 * The optimum's holdings with a slider over the risk aversion: each position shows the schedule, its time constant,
 * cost and risk. All positions are computed in advance, so the slider works without a kernel.
 *
 * @param problem - the problem; its own `riskAversion` is where the slider begins, or next to it
 * @param riskAversions - two to 60 risk aversions, in rising order (1/currency)
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
export function scheduleSlider(problem: ExecutionProblem, riskAversions: readonly number[]): Figure {
  problem = checkProblem(problem);
  const unit = unitOf("riskAversion", problem);
  const λs = checkRising(riskAversions, unit);
  const points = efficientFrontier(problem, λs);
  const positions = points.map((point) => positionOf(problem, point));
  const active = nearestIndex(λs, problem.riskAversion);
  const figure = makeFigure(
    {
      subject: "Shares Remaining (x_t), by risk aversion λ: move the slider",
      finding: positions[active].title,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("remaining", problem),
    },
    [positions[active].line, remainingLine(equalSchedule(problem), 1)],
    {
      height: 520,
      margin: { l: 60, r: 30, t: 90, b: 150 },
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1, yanchor: "bottom" },
      sliders: [sliderOf(positions, active, unit)],
    },
    positions.map(({ line, title }, i) => ({
      name: String(i),
      data: [line],
      traces: [0],
      layout: { title: { text: title } },
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
  readonly title: string;
}

function positionOf(problem: ExecutionProblem, point: FrontierPoint): Position {
  const { riskAversion, expectedCost, standardDeviation } = point;
  const title =
    `E ${formatNumber(expectedCost)}, √V ${formatNumber(standardDeviation)} ${problem.currency}: ` +
    `time constant ${timeConstantText(problem, riskAversion)}`;
  const schedule = optimalSchedule(defineProblem({ ...problem, riskAversion }));
  return { label: formatSignificant(riskAversion, 2), line: remainingLine(schedule, 0), title };
}

function sliderOf(positions: readonly Position[], active: number, unit: string): Trace {
  return {
    active,
    pad: { t: 60 },
    currentvalue: { prefix: "λ = ", suffix: ` ${unit}` },
    steps: positions.map(({ label }, i) => ({
      label,
      method: "animate",
      args: [
        [String(i)],
        { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
      ],
    })),
  };
}

function nearestIndex(values: readonly number[], target: number): number {
  return values.reduce(
    (best, value, i) => (Math.abs(value - target) < Math.abs(values[best] - target) ? i : best),
    0,
  );
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
