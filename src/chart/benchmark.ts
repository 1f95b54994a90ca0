/**
 * Charts of slippage against benchmarks.
 *
 * @module
 */

import type { NormalDistribution } from "../cost/distribution";
import { checkUnits, type Units } from "../model/notation";
import { checkHas, checkKeys, checkObject } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { Series } from "../support/numbers";
import type { BenchmarkDistribution } from "../tca/benchmarkDistribution";
import type { SimulatedBenchmarks } from "../tca/simulateBenchmarks";
import { densityBars, densityLine } from "./densities";
import { type Figure, type LayoutChanges, makeFigure, type Trace } from "./figure";
import { type Look, looks, looksOf } from "./look";
import { densityRows } from "./rows";
import { listed } from "./words";

/** A benchmark to draw: its distribution, and the simulation behind it. */
interface Drawn {
  readonly name: string;
  readonly distribution: NormalDistribution;
  readonly sample: Series | undefined;
}

/** Options of `slippageChart`. */
export interface SlippageChartOptions {
  /** Drawn as histograms behind the densities. */
  readonly simulated?: SimulatedBenchmarks | undefined;
}

/**
 * The density of the slippage against each benchmark, with a histogram of simulated ones behind it: one row a benchmark, over
 * one axis of slippage. A benchmark that the schedule follows exactly has no density and is named in the title.
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
  const all = Object.entries(distribution.slippage).map(([name, one]): Drawn => {
    return { name, distribution: one, sample: simulated?.slippage[name]?.costs };
  });
  const largest = Math.max(...all.map(({ distribution }) => distribution.standardDeviation));
  const drawn = all.filter(({ distribution }) => distribution.standardDeviation > 1e-9 * largest);
  if (drawn.length === 0 || drawn.length > looks.length) {
    throw new InputError(
      "distribution",
      distribution,
      `of 1 to ${looks.length} benchmarks whose slippage is left to chance`,
    );
  }
  const unit = `${units.currency}/share`;
  const styles = looksOf(drawn.map(({ name }) => name));
  const rows = drawn.map((one, i) => ({ name: one.name, traces: rowOf(one, styles[i], unit) }));
  const certain = all.filter((one) => !drawn.includes(one)).map(({ name }) => name);
  const { traces, layout } =
    rows.length === 1 ? { traces: rows[0].traces, layout: alone } : densityRows(rows);
  return makeFigure(
    {
      subject: "Slippage against benchmarks: positive is money lost",
      finding: spreadFinding(drawn, unit) + certainWords(certain),
      xTitle: `Slippage (${unit})`,
      yTitle: `Probability density (share/${units.currency})`,
    },
    traces,
    {
      barmode: "overlay",
      bargap: 0,
      ...layout,
      xaxis: { ...layout.xaxis, tickformat: undefined, hoverformat: ",.3~r" },
    },
  );
}

/** One density has its axis, with numbers. */
const alone: LayoutChanges = { yaxis: { tickformat: undefined, rangemode: "tozero" } };

/** Which slippage varies most, and which least. */
function spreadFinding(drawn: readonly Drawn[], unit: string): string {
  const sorted = [...drawn].sort(
    (one, other) => other.distribution.standardDeviation - one.distribution.standardDeviation,
  );
  const [most, least] = [sorted[0], sorted[sorted.length - 1]];
  const size = ({ distribution }: Drawn): string => formatSignificant(distribution.standardDeviation, 2);
  if (sorted.length === 1) {
    return `Slippage against ${most.name} has a standard deviation of ${size(most)} ${unit}`;
  }
  return (
    `Slippage varies most against ${most.name} (standard deviation ${size(most)} ${unit}) ` +
    `and least against ${least.name} (${size(least)})`
  );
}

/** Benchmarks that the schedule follows exactly. */
function certainWords(names: readonly string[]): string {
  return names.length === 0 ? "" : `; against ${listed(names)} it is certain`;
}

/** The density of the slippage against one benchmark, in front of the simulated ones. */
function rowOf({ name, distribution, sample }: Drawn, look: Look, unit: string): readonly Trace[] {
  const line = densityLine(name, distribution, look);
  return [
    ...(sample === undefined
      ? []
      : [{ ...densityBars(`${name}, simulated`, sample, 40, look, unit), showlegend: false }]),
    { ...line, hovertemplate: `%{fullData.name}: %{x:,.3~r} ${unit}, density %{y:,.3~r}<extra></extra>` },
  ];
}

/** Slippages by benchmark, each with some fields. */
function checkSlippages(parameter: string, slippages: unknown, fields: readonly string[]): void {
  const given = checkObject(parameter, slippages, "an object of slippages by benchmark");
  for (const [name, slippage] of Object.entries(given)) {
    checkHas(`${parameter}["${name}"]`, slippage, fields, `an object with ${fields.join(" and ")}`);
  }
}
