/**
 * Charts of slippage against benchmarks.
 *
 * @module
 */

import { density } from "../cost/distribution";
import { checkUnits, type Units } from "../model/notation";
import { checkHas, checkKeys, checkObject } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { BenchmarkDistribution } from "../tca/benchmarkDistribution";
import type { SimulatedBenchmarks } from "../tca/simulateBenchmarks";
import { binned, binsBetween, extent } from "./bins";
import { type Figure, lineStyle, makeFigure, palette, type Trace } from "./figure";

/** A benchmark to draw: its distribution, and the simulation behind it. */
type Drawn = readonly [name: string, mean: number, deviation: number, sample: readonly number[] | undefined];

/** Options of `slippageChart`. */
export interface SlippageChartOptions {
  /** Drawn as histograms behind the densities. */
  readonly simulated?: SimulatedBenchmarks | undefined;
}

/**
 * The density of the slippage against each benchmark, with a histogram of simulated ones behind it. A benchmark that
 * the schedule follows exactly has no density and is named in the title.
 *
 * @param units - the problem, for its currency
 * @param distribution - what `benchmarkDistribution` gives, with at least one benchmark that is left to chance
 * @param options - `simulated`: what `simulateBenchmarks` gives for the same problem and schedule
 * @returns a figure for `show`
 * @throws InputError when no slippage is left to chance
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 2, temporaryImpact: 1e-3, arrivalPrice: 100,
 * });
 * slippageChart(problem, benchmarkDistribution(problem, equalSchedule(problem))).data.length; // → 2
 * ```
 */
export function slippageChart(
  units: Units,
  distribution: BenchmarkDistribution,
  options: SlippageChartOptions = {},
): Figure {
  checkUnits(units);
  checkHas("distribution", distribution, ["slippage", "names"], "the result of benchmarkDistribution");
  const given = checkKeys("slippageChart's options", options, ["simulated"]);
  const simulated = given.simulated as SimulatedBenchmarks | undefined;
  if (simulated !== undefined)
    checkHas("simulated", simulated, ["slippage"], "the result of simulateBenchmarks");
  checkSlippages("distribution.slippage", distribution.slippage, ["mean", "standardDeviation"]);
  if (simulated !== undefined) checkSlippages("simulated.slippage", simulated.slippage, ["costs"]);
  const all: Drawn[] = Object.entries(distribution.slippage).map(([name, { mean, standardDeviation }]) => {
    return [name, mean, standardDeviation, simulated?.slippage[name]?.costs];
  });
  const largest = Math.max(...all.map(([, , deviation]) => deviation));
  const drawn = all.filter(([, , deviation]) => deviation > 1e-9 * largest);
  if (drawn.length === 0 || drawn.length > palette.length) {
    throw new InputError(
      "distribution",
      distribution,
      `of 1 to ${palette.length} benchmarks whose slippage is left to chance`,
    );
  }
  const certain = all.filter((one) => !drawn.includes(one));
  const spread = drawn.map(([name, , deviation]) => `${name} ${formatSignificant(deviation, 2)}`);
  const exact = certain.map(([name]) => `; ${name} exactly followed`).join("");
  // A narrow density beside a broad one would be a needle without places of its own.
  const places = drawn.map(([, mean, deviation]) =>
    Array.from({ length: 121 }, (_, i) => mean + deviation * (i / 15 - 4)),
  );
  return makeFigure(
    {
      subject: "Slippage against benchmarks: positive is money lost",
      finding: `Deviation: ${spread.join(", ")} ${units.currency}/share${exact}`,
      xTitle: `Slippage (${units.currency}/share)`,
      yTitle: `Probability density (share/${units.currency})`,
    },
    drawn.flatMap(([name, , , sample], i) => [
      ...(sample === undefined ? [] : [histogram(name, sample, i)]),
      {
        type: "scatter",
        mode: "lines",
        name,
        x: places[i],
        y: places[i].map((place) => density(distribution.slippage[name], place)),
        line: lineStyle(i),
        hovertemplate: `%{x:.3f} ${units.currency}/share, density %{y:.2f}`,
      },
    ]),
    { barmode: "overlay", bargap: 0, xaxis: { tickformat: undefined }, yaxis: { tickformat: undefined } },
  );
}

/** Slippages by benchmark, each with some fields. */
function checkSlippages(parameter: string, slippages: unknown, fields: readonly string[]): void {
  const given = checkObject(parameter, slippages, "an object of slippages by benchmark");
  for (const [name, slippage] of Object.entries(given)) {
    checkHas(`${parameter}["${name}"]`, slippage, fields, `an object with ${fields.join(" and ")}`);
  }
}

/** Forty bars of equal width, as a density. */
function histogram(name: string, sample: readonly number[], i: number): Trace {
  const bins = binsBetween(...extent(sample), 40);
  return {
    type: "bar",
    name: `${name}, simulated`,
    x: bins.middles,
    y: binned(sample, bins).densities,
    width: bins.width,
    marker: { color: palette[i], opacity: 0.3 },
    hoverinfo: "skip",
    showlegend: false,
  };
}
