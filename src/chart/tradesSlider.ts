/**
 * The chart of the optimum's trades with a slider over problems.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { axisTitle, notation } from "../model/notation";
import { checkProblem } from "../model/problem";
import { equalSchedule } from "../solve/baseline";
import { optimalSchedule } from "../solve/optimal";
import { checkEach, checkInteger, checkKeys, checkName, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { type Figure, makeFigure, roomForTitle, type Trace, titleTexts } from "./figure";
import { lineStyles } from "./look";
import { tradesLine } from "./schedule";
import { firstSliceFinding } from "./scheduleWords";
import { endLabels, sliderOf } from "./sliderParts";
import { type TimeAxis, type TimeOptions, timeAxis } from "./timeAxis";

/** A position of the slider. */
export interface SliderProblem {
  /** What the slider calls it, for example `"30"`. */
  readonly name: string;
  /** The problem whose optimum is drawn. */
  readonly problem: ExecutionProblem;
}

/** Options of `tradesSlider`. */
export interface TradesSliderOptions extends TimeOptions {
  /** What stands before a name, for example `"Half-life "` (default: nothing). */
  readonly prefix?: string | undefined;
  /** What stands after it, for example `" minutes"` (default: nothing). */
  readonly suffix?: string | undefined;
  /** Where the slider begins: the place of a position, from 0 (default 0). */
  readonly active?: number | undefined;
}

/**
 * What the optimum trades in each slice, with a slider over problems that differ in one thing, such as a law of impact: each position
 * says what the first slice trades, and what the optimum and equal slices cost. All positions are computed in advance, so the slider
 * works without a kernel.
 *
 * @param problems - two to 60 problems of one order on one grid, each with its name, in the slider's order
 * @param options - `prefix` and `suffix` of the names, `active`: where the slider begins; `start`: when trading begins, such as `"09:30"`
 * @returns a figure with frames, for `show`
 * @throws InputError when there are too few or too many, or they differ in side, shares or grid
 * @throws NoOptimumError when one of them has no optimum
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const problems = [0, 1e-2].map((riskAversion) => ({
 *   name: String(riskAversion), problem: defineProblem({ ...problem, riskAversion }),
 * }));
 * tradesSlider(problems, { prefix: "λ = " }).frames?.length; // → 2
 * ```
 */
export function tradesSlider(problems: readonly SliderProblem[], options: TradesSliderOptions = {}): Figure {
  const ones = checkProblems(problems);
  const given = checkKeys("tradesSlider's options", options, ["prefix", "suffix", "active", "start"]);
  const [prefix, suffix] = (["prefix", "suffix"] as const).map((key) =>
    given[key] === undefined ? "" : checkText(`options.${key}`, given[key]),
  );
  const active = checkInteger("options.active", given.active ?? 0, 0, ones.length - 1);
  const { problem } = ones[0];
  const axis = timeAxis(problem, given.start);
  const positions = ones.map((one) => positionOf(one.problem, axis));
  const labels = ones.map(({ name }) => name);
  const subject = `Shares Traded per Slice (${notation.trades.symbol}) · move the slider`;
  const twap = equalSchedule(problem);
  const [, twapStyle] = lineStyles(["Optimal", twap.name]);
  const { finding, line } = positions[active];
  const [least, most] = positions.reduce(
    ([low, high], { trades }) => [Math.min(low, ...trades), Math.max(high, ...trades)],
    [0, twap.trades[0]],
  );
  const margin = 0.05 * (most - least);
  const figure = makeFigure(
    { subject, finding, xTitle: axis.title, yTitle: axisTitle("trades", problem) },
    [line, tradesLine(problem, twap, axis, twapStyle)],
    {
      height: 540,
      margin: { t: Math.max(...positions.map((one) => roomForTitle(one.finding, subject))), b: 180 },
      xaxis: axis.axis,
      // The same for all positions: the trades move, not the axis.
      yaxis: { range: [least - (least < 0 ? margin : 0), most + margin] },
      legend: { orientation: "h", x: 0, y: -0.17, yanchor: "top" },
      sliders: [sliderOf(labels, active, { prefix, suffix })],
      annotations: endLabels(labels, prefix, suffix),
    },
    positions.map((position, i) => ({
      name: String(i),
      data: [position.line],
      traces: [0],
      layout: { title: titleTexts(position.finding, subject) },
    })),
  );
  const ends = `${prefix}${labels[0]} to ${labels[labels.length - 1]}${suffix}`;
  return {
    ...figure,
    summary: `Chart. Trades of the optimum: ${labels.length} positions of a slider, ${ends}. ${finding}.`,
  };
}

/** What one position of the slider shows. */
interface Position {
  readonly line: Trace;
  readonly trades: readonly number[];
  readonly finding: string;
}

function positionOf(problem: ExecutionProblem, axis: TimeAxis): Position {
  const schedule = optimalSchedule(problem);
  const [own, even] = [schedule, equalSchedule(problem)].map((one) => costReport(problem, one));
  const money = (amount: number): string => `${formatNumber(amount)} ${problem.currency}`;
  const costs = `${money(own.expectedCost)} on average (TWAP ${money(even.expectedCost)})`;
  const saved = money(even.objective - own.objective);
  return {
    line: tradesLine(problem, schedule, axis, lineStyles([schedule.name])[0]),
    trades: schedule.trades,
    finding: `${firstSliceFinding(problem, [schedule])}; it costs ${costs} and, risk included, saves ${saved}`,
  };
}

function checkProblems(problems: unknown): readonly SliderProblem[] {
  const allowed = "an array of 2 to 60 problems, each with its name";
  if (!Array.isArray(problems) || problems.length < 2 || problems.length > 60) {
    throw new InputError("problems", problems, allowed);
  }
  checkEach("problems", problems, ["name", "problem"], "problem with its name");
  const ones = (problems as readonly SliderProblem[]).map(({ name, problem }, i) => ({
    name: checkName(`problems[${i}].name`, name),
    problem: checkProblem(problem),
  }));
  const [{ problem: first }] = ones;
  const grid = equalSchedule(first).times;
  for (const [i, { problem }] of ones.entries()) {
    const isSame =
      problem.side === first.side &&
      problem.shares === first.shares &&
      problem.timeUnit === first.timeUnit &&
      String(equalSchedule(problem).times) === String(grid);
    if (!isSame) {
      throw new InputError(
        `problems[${i}]`,
        problem,
        "an order with the side, shares and grid of problems[0]",
        "One chart can compare the trades of one order on one grid only.",
      );
    }
  }
  return ones;
}
