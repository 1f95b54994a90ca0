/**
 * The chart of what the interval of an estimated σ does to the schedule.
 *
 * @module
 */

import type { VolatilityBand } from "../../compare/volatilityBand";
import { axisTitle, timeUnits, unitOf } from "../../model/notation";
import { checkKeys, checkText } from "../../support/checks";
import { formatNumber, formatSignificant } from "../../support/format";
import { type Figure, makeFigure, palette, type Trace } from "../figure";
import { checkBand } from "./checkBand";
import { percent } from "./interval";

/**
 * What the interval of an estimated σ does to the schedule: holdings at its low end, at the estimate and at its high end,
 * with the area in between. The title tells the first slice and the objective, at either end.
 *
 * @param band - the result of `volatilityBand`
 * @param options - `source`: whose interval it is, in a few words, for the line below the title (default `"σ"`)
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
export function volatilityBandChart(
  band: VolatilityBand,
  options: { readonly source?: string | undefined } = {},
): Figure {
  const given = checkKeys("volatilityBandChart's options", options, ["source"]);
  const source = given.source === undefined ? "σ" : checkText("source", given.source);
  const { problem } = checkBand(band).estimate;
  const ends = [band.low, band.high] as const;
  const firsts = ends.map(({ schedule }) => schedule.trades[0] / problem.shares);
  const objectives = ends.map(({ report }) => report.objective);
  const line = (name: string, point: VolatilityBand["low"], style: object): Trace => ({
    type: "scatter",
    mode: "lines",
    name: `${name}: σ = ${formatSignificant(point.volatility)}`,
    x: point.schedule.times,
    y: point.schedule.remaining,
    hovertemplate: "%{y:,.0f} shares",
    ...style,
  });
  return makeFigure(
    {
      subject: `The optimum over the interval of ${source} (σ in ${unitOf("volatility", problem)})`,
      finding:
        `First slice ${formatNumber(100 * firsts[0], 1)} to ${percent(firsts[1])}; ` +
        `E + λV ${formatNumber(objectives[0])} to ${formatNumber(objectives[1])} ${problem.currency}`,
      xTitle: `Time (${timeUnits(problem)})`,
      yTitle: axisTitle("remaining", problem),
    },
    [
      line("Low end", band.low, { line: { color: palette[5], dash: "dot", width: 1.5 } }),
      line("High end", band.high, {
        line: { color: palette[1], dash: "dash", width: 1.5 },
        fill: "tonexty",
        fillcolor: "rgba(0, 114, 178, 0.15)",
      }),
      line("Estimate", band.estimate, { line: { color: palette[0], width: 2.5 } }),
    ],
  );
}
