/**
 * Why a schedule is what it is, as a chart and as a table.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { gridTimes } from "../model/market";
import { checkProblem } from "../model/problem";
import type { ScheduleExplanation } from "../plan/explanation";
import { checkHas, checkKeys, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatAmount, formatNumber, formatSignificant } from "../support/format";
import { type Figure, makeFigure, type Table } from "./figure";
import { faint, lineStyles, looks } from "./look";
import { hoverNumber, type TimeOptions, timeAxis } from "./timeAxis";

/**
 * What moving a share to the next slice saves in expected cost, and what it adds in risk, over time; as bars, the value of one more share of each
 * limit that binds. Where nothing binds, the two lines of an optimum coincide.
 *
 * @param problem - the problem that was explained
 * @param explanation - from `explainSchedule`
 * @param options - `start`: when trading begins, such as `"09:30"`, for an axis with the time of day
 * @returns a figure for `show`
 * @throws InputError when the explanation is not one of this problem's, or the clock time is not one
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * explanationChart(problem, explainSchedule(problem, optimalSchedule(problem))).summary;
 * // → "Chart. What a share saves and risks by waiting for the next slice: Nothing binds: in every slice, the cost that waiting saves equals the risk that it carries."
 * ```
 */
export function explanationChart(
  problem: ExecutionProblem,
  explanation: ScheduleExplanation,
  options: TimeOptions = {},
): Figure {
  problem = checkProblem(problem);
  const { slices, sentences } = checkExplanation(problem, explanation);
  const axis = timeAxis(problem, checkKeys("explanationChart's options", options, ["start"]).start);
  const times = gridTimes(problem);
  const unit = `${problem.currency}/share`;
  const moves = slices.slice(0, -1);
  const names = ["Cost saved by waiting", "Risk carried by waiting"];
  const styles = lineStyles(names);
  const largest = Math.max(...moves.map(({ costSaved = 0 }) => Math.abs(costSaved)), 0);
  const hovertemplate = hoverNumber("y", largest, unit);
  // A share moves from one slice to the next where they meet.
  const x = axis.places(times.slice(1, -1));
  const lines = [moves.map(({ costSaved }) => costSaved), moves.map(({ riskCarried }) => riskCarried)];
  const worth = slices.map(({ limitPrice = 0 }) => limitPrice);
  const bars = {
    type: "bar",
    name: "Value of one more share of the limit",
    x: axis.places(slices.map((_, k) => 0.5 * (times[k] + times[k + 1]))),
    y: worth,
    marker: { color: faint(looks[4].color, 0.5) },
    hovertemplate: hoverNumber("y", Math.max(...worth), unit),
  };
  return makeFigure(
    {
      subject: "What a share saves and risks by waiting for the next slice",
      finding: sentences.join(" ").replace(/\.$/, ""),
      xTitle: axis.title,
      yTitle: `At the margin (${unit})`,
    },
    [
      ...(worth.some((price) => price > 0) ? [bars] : []),
      ...lines.map((y, i) => ({
        type: "scatter",
        mode: "lines",
        name: names[i],
        ...{ x, y, line: styles[i], hovertemplate },
      })),
    ],
    { xaxis: axis.axis },
  );
}

/**
 * The same by slice: its trade, both sides of its trade-off, what binds, and the value of one more share of that limit.
 *
 * @param problem - the problem that was explained
 * @param explanation - from `explainSchedule`
 * @returns a table for `show`
 * @throws InputError when the explanation is not one of this problem's
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const capped = requireOptimal(boundedSchedule(problem, { upper: 250_000 })).schedule;
 * const table = explanationTable(problem, explainSchedule(problem, capped, { upper: 250_000 }));
 * table.rows[0]; // → ["1","250,000","0","1.35","upper bound","2.22"]
 * ```
 */
export function explanationTable(problem: ExecutionProblem, explanation: ScheduleExplanation): Table {
  problem = checkProblem(problem);
  const { slices, remainder } = checkExplanation(problem, explanation);
  const cell = (value: number | undefined): string => (value === undefined ? "" : formatSignificant(value));
  return {
    kind: "table",
    caption: `What waiting saves, what it carries, and what a limit is worth, at the margin (${problem.currency}/share)`,
    columns: ["Interval", "Trade (shares)", "Cost saved", "Risk carried", "Binds", "Shadow price"],
    rows: [
      ...slices.map(({ interval, trade, costSaved, riskCarried, binds = "", limitPrice }) => [
        formatNumber(interval),
        formatAmount(trade),
        cell(costSaved),
        cell(riskCarried),
        binds,
        binds === "" ? "" : cell(limitPrice),
      ]),
      ...(remainder === undefined
        ? []
        : [["Left", formatAmount(remainder.shares), "", "", remainder.binds ?? "", cell(remainder.saving)]]),
    ],
  };
}

function checkExplanation(problem: ExecutionProblem, explanation: unknown): ScheduleExplanation {
  checkHas(
    "explanation",
    explanation,
    { slices: isList, sentences: isList },
    "the result of explainSchedule",
  );
  const { slices, sentences, remainder } = explanation as ScheduleExplanation;
  const isSlice = (slice: unknown): boolean => typeof slice === "object" && slice !== null;
  if (slices.length !== problem.intervals || !Array.from(slices).every(isSlice)) {
    throw new InputError(
      "explanation.slices",
      slices,
      `an array of ${problem.intervals} slices, as the problem has`,
    );
  }
  if (remainder !== undefined) {
    const isAmount = (value: unknown): boolean => Number.isFinite(value);
    checkHas("explanation.remainder", remainder, { shares: isAmount }, "what is left");
  }
  if (!Array.from(sentences).every((sentence) => typeof sentence === "string")) {
    throw new InputError("explanation.sentences", sentences, "an array of texts");
  }
  return explanation as ScheduleExplanation;
}
