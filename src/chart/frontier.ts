/**
 * Charts of the efficient frontier.
 *
 * @module
 */

import { efficientFrontier, type FrontierPoint } from "../compare/frontier";
import type { CostReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { axisTitle, duration, timeUnits, unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/closedForm";
import { timeConstant, urgency } from "../solve/urgency";
import { anyFinite, checkFields, checkNumbers, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { finite } from "../support/numbers";
import { type Figure, makeFigure, palette, plainText, type Trace } from "./figure";
import { remainingLine } from "./schedule";
import { checkReports } from "./table";

const frontierSubject = "Efficient Frontier: √Var(C) against E[C]";

/**
 * The efficient frontier: risk to the right, expected cost upwards, one point a risk aversion, other schedules
 * marked. The title says what the steepest and the flattest part of the bargain are.
 *
 * @param problem - the problem that the points belong to
 * @param points - points of `efficientFrontier`, at least two
 * @param marks - cost reports of other schedules by name, drawn as single points
 * @param subject - what the chart is of, where that is not the efficient frontier itself
 * @returns a figure for `show`
 * @throws InputError when there are fewer than two points, or an argument is not what it should be
 * @throws RangeError when the points are farther apart than doubles reach
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const points = efficientFrontier(problem, [1e-4, 1e-3, 1e-2]);
 * frontierChart(problem, points).data.length; // → 1
 * ```
 */
export function frontierChart(
  problem: ExecutionProblem,
  points: readonly FrontierPoint[],
  marks: Readonly<Record<string, CostReport>> = {},
  subject: string = frontierSubject,
): Figure {
  problem = checkProblem(problem);
  checkPoints(points);
  checkReports("marks", marks, ["expectedCost", "standardDeviation"]);
  checkText("subject", subject);
  const byRisk = [...points].sort((a, b) => a.standardDeviation - b.standardDeviation);
  const [safest, riskiest] = [byRisk[0] as FrontierPoint, byRisk[byRisk.length - 1] as FrontierPoint];
  const extra = finite("The cost between the points", safest.expectedCost - riskiest.expectedCost);
  const { currency } = problem;
  return makeFigure(
    {
      subject: plainText(subject),
      finding:
        `From ${formatNumber(riskiest.standardDeviation)} to ${formatNumber(safest.standardDeviation)} ${currency} of risk ` +
        `for ${formatNumber(Math.abs(extra))} ${currency} ${extra < 0 ? "less cost: no trade-off" : "more cost"}`,
      xTitle: axisTitle("standardDeviation", problem),
      yTitle: axisTitle("expectedCost", problem),
    },
    [
      // Schedules that are priced in another model than their own are not optimal there.
      frontierLine(problem, points, subject === frontierSubject ? "Optimal schedules" : "Schedules by λ"),
      ...Object.entries(marks).map(([name, report], i) => markOf(problem, name, report, i)),
    ],
    { hovermode: "closest" },
  );
}

function checkPoints(points: unknown): void {
  if (!Array.isArray(points) || points.length < 2) {
    throw new InputError("points", points, "an array of at least two points of efficientFrontier");
  }
  const fields = ["riskAversion", "expectedCost", "standardDeviation"];
  for (const [i, point] of points.entries()) {
    checkFields(`points[${i}]`, point, fields, "a point of efficientFrontier");
  }
}

/** What the pointer reads at a place of the plane of risk and cost. */
function placeText({ currency }: ExecutionProblem): string {
  return `√V %{x:,.0f} ${currency}<br>E %{y:,.0f} ${currency}`;
}

function frontierLine(problem: ExecutionProblem, points: readonly FrontierPoint[], name: string): Trace {
  const unit = unitOf("riskAversion", problem);
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x: points.map((point) => point.standardDeviation),
    y: points.map((point) => point.expectedCost),
    customdata: points.map(({ riskAversion }) => [
      `${formatSignificant(riskAversion)} ${unit}`,
      timeConstantText(problem, riskAversion),
    ]),
    line: { color: palette[0], width: 2 },
    marker: { size: 7 },
    hovertemplate: `λ = %{customdata[0]}<br>time constant %{customdata[1]}<br>${placeText(problem)}<extra></extra>`,
  };
}

function markOf(problem: ExecutionProblem, name: string, report: CostReport, i: number): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: plainText(name),
    x: [report.standardDeviation],
    y: [report.expectedCost],
    marker: {
      size: 12,
      symbol: ["diamond", "square", "star", "cross"][i % 4],
      color: palette[(i + 1) % palette.length],
    },
    hovertemplate: placeText(problem),
  };
}

function timeConstantText(problem: ExecutionProblem, riskAversion: number): string {
  if (problem.intervals === 1) return "none";
  const at = defineProblem({ ...problem, riskAversion });
  if (uniformMarket(at) === undefined) return "varies over the day";
  // Holdings that change sign from one to the next: κτ is above 2.
  if (urgency(at).branch === "alternating") return "below half a slice";
  const constant = timeConstant(at);
  return Number.isFinite(constant) ? duration(Number(constant.toPrecision(3)), problem) : "infinite";
}

/**
 * The optimum's holdings with a slider over the risk aversion: each position shows the schedule, its time constant,
 * cost and risk. All positions are computed beforehand, so that it moves without a kernel too.
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
 * scheduleSlider(problem, [0, 1e-3, 1e-2]).frames.length; // → 3
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
  );
  const range = points.map((point) => point.expectedCost);
  return {
    ...figure,
    frames: positions.map(({ line, title }, i) => ({
      name: String(i),
      data: [line],
      traces: [0],
      layout: { title: { text: title } },
    })),
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
