/**
 * Charts of the efficient frontier.
 *
 * @module
 */

import { efficientFrontier, type FrontierPoint } from "../compare/frontier";
import type { CostReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, duration, timeUnits, unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/closedForm";
import { timeConstant } from "../solve/urgency";
import { anyFinite, checkFields, checkNumbers, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { finite } from "../support/numbers";
import { dashes, type Figure, makeFigure, palette, plainText } from "./figure";
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
  checkProblem(problem);
  if (!Array.isArray(points) || points.length < 2) {
    throw new InputError("points", points, "an array of at least two points of efficientFrontier");
  }
  const fields = ["riskAversion", "expectedCost", "standardDeviation"];
  for (const [i, point] of points.entries()) {
    checkFields(`points[${i}]`, point, fields, "a point of efficientFrontier");
  }
  checkReports("marks", marks, ["expectedCost", "standardDeviation"]);
  checkText("subject", subject);
  const byRisk = [...points].sort((a, b) => a.standardDeviation - b.standardDeviation);
  const [safest, riskiest] = [byRisk[0] as FrontierPoint, byRisk[byRisk.length - 1] as FrontierPoint];
  const extra = finite("The cost between the points", safest.expectedCost - riskiest.expectedCost);
  const { currency } = problem;
  const unit = unitOf("riskAversion", problem);
  const place = `√V %{x:,.0f} ${currency}<br>E %{y:,.0f} ${currency}`;
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
      {
        type: "scatter",
        mode: "lines+markers",
        // Schedules that are priced in another model than their own are not optimal there.
        name: subject === frontierSubject ? "Optimal schedules" : "Schedules by λ",
        x: points.map((point) => point.standardDeviation),
        y: points.map((point) => point.expectedCost),
        customdata: points.map(({ riskAversion }) => [
          `${formatSignificant(riskAversion)} ${unit}`,
          timeConstantText(problem, riskAversion),
        ]),
        line: { color: palette[0], width: 2 },
        marker: { size: 7 },
        hovertemplate: `λ = %{customdata[0]}<br>time constant %{customdata[1]}<br>${place}<extra></extra>`,
      },
      ...Object.entries(marks).map(([name, report], i) => ({
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
        hovertemplate: place,
      })),
    ],
    { hovermode: "closest" },
  );
}

function timeConstantText(problem: ExecutionProblem, riskAversion: number): string {
  if (problem.intervals === 1) return "none";
  const constant = timeConstant(defineProblem({ ...problem, riskAversion }));
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
  checkProblem(problem);
  const unit = unitOf("riskAversion", problem);
  const λs = checkRising(riskAversions, unit);
  const points = efficientFrontier(problem, λs);
  const steps = points.map((point) => {
    const schedule = optimalSchedule(defineProblem({ ...problem, riskAversion: point.riskAversion }));
    const line = {
      type: "scatter",
      mode: "lines",
      name: "Optimal",
      x: schedule.times,
      y: schedule.remaining,
      line: { color: palette[0], dash: dashes[0], width: 2.5 },
      hovertemplate: "%{y:,.0f} shares",
    };
    const title =
      `E ${formatNumber(point.expectedCost)}, √V ${formatNumber(point.standardDeviation)} ${problem.currency}: ` +
      `time constant ${timeConstantText(problem, point.riskAversion)}`;
    return { label: formatSignificant(point.riskAversion, 2), line, title };
  });
  const nearest = λs.reduce(
    (best, λ, i) =>
      Math.abs(λ - problem.riskAversion) < Math.abs(λs[best] - problem.riskAversion) ? i : best,
    0,
  );
  const twap = equalSchedule(problem);
  const first = steps[nearest];
  const figure = makeFigure(
    {
      subject: "Shares Remaining (x_t), by risk aversion λ: move the slider",
      finding: first.title,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("remaining", problem),
    },
    [
      first.line,
      {
        type: "scatter",
        mode: "lines",
        name: "TWAP",
        x: twap.times,
        y: twap.remaining,
        line: { color: palette[1], dash: dashes[1], width: 2.5 },
        hovertemplate: "%{y:,.0f} shares",
      },
    ],
    {
      height: 520,
      margin: { l: 60, r: 30, t: 90, b: 150 },
      legend: { orientation: "h", x: 1, xanchor: "right", y: 1, yanchor: "bottom" },
      sliders: [
        {
          active: nearest,
          pad: { t: 60 },
          currentvalue: { prefix: "λ = ", suffix: ` ${unit}` },
          steps: steps.map(({ label }, i) => ({
            label,
            method: "animate",
            args: [
              [String(i)],
              { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
            ],
          })),
        },
      ],
    },
  );
  const range = points.map((point) => point.expectedCost);
  return {
    ...figure,
    frames: steps.map(({ line, title }, i) => ({
      name: String(i),
      data: [line],
      traces: [0],
      layout: { title: { text: title } },
    })),
    summary:
      `Chart. Shares remaining by risk aversion: ${steps.length} positions of a slider, expected cost from ` +
      `${formatNumber(Math.min(...range))} to ${formatNumber(Math.max(...range))} ${problem.currency}.`,
  };
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
