/**
 * Charts of the efficient frontier.
 *
 * @module
 */

import type { FrontierPoint } from "../compare/frontier";
import type { CostReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import { checkFields, checkKeys, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { finite } from "../support/numbers";
import { type Figure, makeFigure, palette, type Trace } from "./figure";
import { checkReports } from "./table";
import { timeConstantText } from "./timeConstant";

const frontierSubject = "Efficient Frontier: √Var(C) against E[C]";

/** Options of `frontierChart`. */
export interface FrontierChartOptions {
  /** Cost reports of other schedules by name, drawn as single points. */
  readonly marks?: Readonly<Record<string, CostReport>> | undefined;
  /** What the chart is of, where that is not the efficient frontier itself. */
  readonly subject?: string | undefined;
  /** What the legend calls the points (default `"Optimal schedules"`). */
  readonly label?: string | undefined;
}

/**
 * The efficient frontier: risk to the right, expected cost upwards, one point a risk aversion, other schedules
 * marked. The title says what the steepest and the flattest part of the bargain are.
 *
 * @param problem - the problem that the points belong to
 * @param points - points of `efficientFrontier`, at least two
 * @param options - other schedules to mark, and what the chart is of
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
  options: FrontierChartOptions = {},
): Figure {
  problem = checkProblem(problem);
  checkPoints(points);
  const given = checkKeys("frontierChart's options", options, ["marks", "subject", "label"]);
  const {
    marks = {},
    subject = frontierSubject,
    label = "Optimal schedules",
  } = given as FrontierChartOptions;
  checkReports("marks", marks, ["expectedCost", "standardDeviation"]);
  checkText("subject", subject);
  checkText("label", label);
  const byRisk = [...points].sort((a, b) => a.standardDeviation - b.standardDeviation);
  const [safest, riskiest] = [byRisk[0] as FrontierPoint, byRisk[byRisk.length - 1] as FrontierPoint];
  const extra = finite("The cost between the points", safest.expectedCost - riskiest.expectedCost);
  const { currency } = problem;
  return makeFigure(
    {
      subject,
      finding:
        `From ${formatNumber(riskiest.standardDeviation)} to ${formatNumber(safest.standardDeviation)} ${currency} of risk ` +
        `for ${formatNumber(Math.abs(extra))} ${currency} ${extra < 0 ? "less cost: no trade-off" : "more cost"}`,
      xTitle: axisTitle("standardDeviation", problem),
      yTitle: axisTitle("expectedCost", problem),
    },
    [
      frontierLine(problem, points, label),
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
    name,
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
