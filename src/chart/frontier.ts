/**
 * Charts of the efficient frontier.
 *
 * @module
 */

import { efficientFrontier, type FrontierPoint } from "../compare/frontier";
import type { CostReport } from "../cost/report";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import { anyFinite, checkFields, checkKeys, checkNumber, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { finite } from "../support/numbers";
import { fixedCost } from "./decidedCost";
import { type Figure, frameColors, type LayoutChanges, makeFigure, type Trace } from "./figure";
import { excessText } from "./frontierExcess";
import { looks, looksOf } from "./look";
import { percent } from "./percent";
import { checkReports } from "./table";
import { timeConstantText } from "./timeConstant";

const frontierSubject = "Efficient Frontier: √Var(C) against E[C]";

/** Options of `frontierChart`. */
export interface FrontierChartOptions {
  /** Cost reports of other schedules by name, drawn as single points. */
  readonly marks?: Readonly<Record<string, CostReport>> | undefined;
  /** The order's own λ, whose optimum is marked, and which the title speaks of (1/currency). */
  readonly riskAversion?: number | undefined;
  /** The bounds on trades that the points were computed within, for the optimum at that λ (default none). */
  readonly bounds?: TradeBounds | undefined;
  /** What the chart is of, where that is not the efficient frontier itself. */
  readonly subject?: string | undefined;
  /** What the legend calls the points (default `"Optimal schedules"`). */
  readonly label?: string | undefined;
}

/**
 * The efficient frontier: risk to the right, expected cost upwards, one point a risk aversion, other schedules
 * marked. The title says what less risk costs, at the order's own λ where it is given. How far a marked schedule lies above the
 * frontier is told to the pointer, and below the title where it is too little to be seen. A dotted line is at ½γX² + εX, the cost
 * that no schedule changes, where it is near.
 *
 * @param problem - the problem that the points belong to
 * @param points - points of `efficientFrontier`, at least two
 * @param options - `riskAversion`: the λ to mark, within `bounds`; `marks`: other schedules; `subject`, `label`: what the chart is of
 * @returns a figure for `show`
 * @throws InputError when there are fewer than two points, or an argument is not what it should be
 * @throws NoOptimumError when there is no optimum at the λ to mark
 * @throws RangeError when the points are farther apart than doubles reach
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const points = efficientFrontier(problem, [1e-4, 1e-3, 1e-2]);
 * frontierChart(problem, points, { riskAversion: 2e-3 }).data.length; // → 2
 * ```
 */
export function frontierChart(
  problem: ExecutionProblem,
  points: readonly FrontierPoint[],
  options: FrontierChartOptions = {},
): Figure {
  problem = checkProblem(problem);
  checkPoints(points);
  const given = checkKeys("frontierChart's options", options, [
    "marks",
    "riskAversion",
    "bounds",
    "subject",
    "label",
  ]);
  const {
    marks = {},
    riskAversion,
    bounds,
    subject = frontierSubject,
    label = "Optimal schedules",
  } = given as FrontierChartOptions;
  checkReports("marks", marks, ["expectedCost", "standardDeviation"]);
  checkText("subject", subject);
  checkText("label", label);
  const byRisk = [...points].sort((a, b) => a.standardDeviation - b.standardDeviation);
  const own = riskAversion === undefined ? undefined : ownPoint(problem, riskAversion, bounds);
  // Points under another name may be priced otherwise, and a schedule's distance from them says nothing.
  const isPlain = given.subject === undefined && given.label === undefined;
  const names = Object.keys(marks);
  const excesses = names.map((name) => (isPlain ? excessText(problem, byRisk, marks[name]) : undefined));
  const hairs = names.flatMap((name, i) => (excesses[i]?.isHair ? [`${name} ${excesses[i].text}`] : []));
  const markLooks = looksOf(["Optimal", ...names.slice(0, looks.length - 1)]).slice(1);
  return makeFigure(
    {
      subject: [subject, ...hairs].join(" · "),
      finding: bargain(problem, byRisk, own),
      xTitle: axisTitle("standardDeviation", problem),
      yTitle: axisTitle("expectedCost", problem),
    },
    [
      frontierLine(problem, points, label),
      ...(own === undefined ? [] : [ownMark(problem, own)]),
      ...Object.entries(marks).map(([name, report], i) =>
        markOf(problem, name, report, {
          color: markLooks[i % markLooks.length].color,
          symbol: symbols[i % symbols.length],
          note: excesses[i]?.text,
        }),
      ),
    ],
    { hovermode: "closest", ...(isPlain ? fixedLine(problem, byRisk) : {}) },
  );
}

const symbols = ["diamond", "square", "cross", "triangle-up"];

/** The optimum at the order's own λ. */
function ownPoint(
  problem: ExecutionProblem,
  riskAversion: number,
  bounds: TradeBounds | undefined,
): FrontierPoint {
  checkNumber("riskAversion", riskAversion, anyFinite, unitOf("riskAversion", problem));
  const found = efficientFrontier(problem, [riskAversion], bounds);
  if ("status" in found) {
    throw new InputError("bounds", bounds, "those that the points were computed within", found.message);
  }
  return found[0];
}

/** What less risk costs: from the riskiest point to the order's own, or from one end to the other. */
function bargain(
  { currency }: ExecutionProblem,
  byRisk: readonly FrontierPoint[],
  own: FrontierPoint | undefined,
): string {
  const [safest, riskiest] = [byRisk[0] as FrontierPoint, byRisk[byRisk.length - 1] as FrontierPoint];
  const money = (value: number): string => `${formatNumber(value)} ${currency}`;
  const to = own ?? safest;
  const extra = finite("The cost between the points", to.expectedCost - riskiest.expectedCost);
  const fall = 1 - to.standardDeviation / riskiest.standardDeviation;
  if (own !== undefined && extra >= 0 && fall > 0) {
    return (
      `At λ = ${formatSignificant(own.riskAversion)} the optimum pays ${money(extra)} more than the cheapest schedule ` +
      `to cut risk by ${percent(fall, 0)}`
    );
  }
  if (own !== undefined && own.standardDeviation >= riskiest.standardDeviation) {
    const more = finite("The cost between the points", safest.expectedCost - own.expectedCost);
    const most = 1 - safest.standardDeviation / own.standardDeviation;
    const λ = formatSignificant(own.riskAversion);
    if (more >= 0 && most > 0) {
      return `At λ = ${λ} the optimum is the cheapest schedule; cutting its risk by ${percent(most, 0)} costs ${money(more)} more`;
    }
  }
  const range = `from ${formatNumber(riskiest.standardDeviation)} to ${money(to.standardDeviation)}`;
  return extra < 0
    ? `No trade-off: risk falls ${range}, and the cost falls by ${money(-extra)}`
    : `Cutting risk ${range} costs ${money(extra)} more`;
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
  return `√V = %{x:,.0f} ${currency}<br>E = %{y:,.0f} ${currency}`;
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
    line: { color: looks[0].color, width: 2 },
    marker: { size: 6 },
    hovertemplate: `λ = %{customdata[0]}<br>time constant %{customdata[1]}<br>${placeText(problem)}<extra></extra>`,
  };
}

/** A line at the cost that no schedule changes, where it leaves the frontier at least half of the height. */
function fixedLine(problem: ExecutionProblem, byRisk: readonly FrontierPoint[]): LayoutChanges {
  const fixed = fixedCost(problem);
  const costs = byRisk.map((point) => point.expectedCost);
  const [low, high] = [Math.min(...costs), Math.max(...costs)];
  if (fixed === undefined || !(fixed > 0 && fixed <= low && low - fixed <= high - low)) return {};
  const [from, to] = [byRisk[0].standardDeviation, byRisk[byRisk.length - 1].standardDeviation];
  const line = { color: frameColors.axis, dash: "dot", width: 1.5 };
  const words = `${formatNumber(fixed)} ${problem.currency} that no schedule changes`;
  return {
    shapes: [{ type: "line", x0: from, x1: to, y0: fixed, y1: fixed, line }],
    annotations: [
      {
        x: from,
        y: fixed,
        xanchor: "left",
        yanchor: "top",
        showarrow: false,
        text: words,
        font: { size: 12 },
      },
    ],
  };
}

/** The order's own optimum: a ring around a place of the line. */
function ownMark(problem: ExecutionProblem, point: FrontierPoint): Trace {
  const λ = formatSignificant(point.riskAversion);
  return {
    type: "scatter",
    mode: "markers",
    name: `Optimum at λ = ${λ}`,
    x: [point.standardDeviation],
    y: [point.expectedCost],
    marker: { size: 15, symbol: "circle-open", color: looks[0].color, line: { width: 3 } },
    hovertemplate: `λ = ${λ} ${unitOf("riskAversion", problem)}<br>${placeText(problem)}<extra></extra>`,
  };
}

function markOf(
  problem: ExecutionProblem,
  name: string,
  report: CostReport,
  look: { readonly color: string; readonly symbol: string; readonly note: string | undefined },
): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: [report.standardDeviation],
    y: [report.expectedCost],
    marker: { size: 11, symbol: look.symbol, color: look.color },
    hovertemplate: `%{fullData.name}${look.note === undefined ? "" : `, ${look.note}`}<br>${placeText(problem)}<extra></extra>`,
  };
}
