/**
 * The chart of what the interval of an estimated σ does to the schedule.
 *
 * @module
 */

import type { BandPoint, VolatilityBand } from "../../compare/volatilityBand";
import { axisTitle, unitOf } from "../../model/notation";
import { checkKeys, checkText } from "../../support/checks";
import { formatNumber, formatSignificant } from "../../support/format";
import { type Figure, makeFigure, type Trace } from "../figure";
import { faint, looks } from "../look";
import { percent } from "../percent";
import { remainingLine, sharesText } from "../schedule";
import { type TimeOptions, timeAxis } from "../timeAxis";
import { checkBand } from "./checkBand";

/** Options of `volatilityBandChart`. */
export interface BandChartOptions extends TimeOptions {
  /** Whose interval it is, in a few words, for the line below the title (default `"σ"`). */
  readonly source?: string | undefined;
}

/**
 * What the interval of an estimated σ does to the schedule: holdings at its low end, at the estimate and at its high end,
 * with the area in between. The title tells the first slice and the objective, at either end.
 *
 * @param band - the result of `volatilityBand`
 * @param options - `source`: whose interval it is; `start`: when trading begins, for an axis with the time of day
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.8, 1.15] });
 * volatilityBandChart(band).data.length; // → 3
 * ```
 */
export function volatilityBandChart(band: VolatilityBand, options: BandChartOptions = {}): Figure {
  const given = checkKeys("volatilityBandChart's options", options, ["source", "start"]);
  const source = given.source === undefined ? "σ" : checkText("source", given.source);
  const { problem } = checkBand(band).estimate;
  const axis = timeAxis(problem, given.start);
  const σ = ({ volatility }: BandPoint): string => formatSignificant(volatility);
  const { color } = looks[0];
  const line = (name: string, point: BandPoint, style: object): Trace => ({
    ...remainingLine(point.schedule, axis, style),
    name: `${name}, σ = ${σ(point)}`,
    hovertemplate: `${sharesText(problem.shares)}<extra>${name}, σ = ${σ(point)}</extra>`,
  });
  const edge = { color, width: 1 };
  return makeFigure(
    {
      subject: `The optimum over the interval of ${source} (σ in ${unitOf("volatility", problem)})`,
      finding: bandFinding(band),
      xTitle: axis.title,
      yTitle: axisTitle("remaining", problem),
    },
    [
      { ...line("Low end", band.low, edge), showlegend: false },
      // One area, one color, one entry of the legend.
      {
        ...line("High end", band.high, edge),
        ...{ name: `σ from ${σ(band.low)} to ${σ(band.high)}`, fill: "tonexty", fillcolor: faint(color) },
      },
      line("Estimate", band.estimate, { color, width: 2.5 }),
    ],
    { xaxis: axis.axis },
  );
}

/** First slice and objective, at either end of the interval. */
function bandFinding({ low, high, estimate }: VolatilityBand): string {
  const { shares, side, currency } = estimate.problem;
  const [first, last] = [low, high].map(({ schedule }) => percent(schedule.trades[0] / shares));
  const [least, most] = [low, high].map(({ report }) => formatNumber(report.objective));
  return (
    `Over the interval the first slice ${side === "sell" ? "sells" : "buys"} ${first} to ${last} of the order; ` +
    `E + λV is ${least} to ${most} ${currency}`
  );
}
