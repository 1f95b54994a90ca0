/**
 * Charts of the distribution of the cost.
 *
 * @module
 */
import { density, type NormalDistribution } from "../cost/distribution";
import { checkUnits, type Units } from "../model/notation";
import type { SimulatedCosts } from "../simulate/costs";
import {
  anyFinite,
  checkFields,
  checkInteger,
  checkKeys,
  checkNumber,
  checkText,
  isList,
} from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { finite, requireFinite, type Series } from "../support/numbers";
import { type Bins, binned, binsBetween, extent } from "./bins";
import { type Figure, makeFigure, palette, type Trace } from "./figure";

/** Simulated costs and the distribution that they should follow. */
export interface CostSample {
  /** What the legend calls it. */
  readonly name: string;
  /** What `simulateCosts` gives, or costs from elsewhere with their mean and standard deviation. */
  readonly simulated: Pick<SimulatedCosts, "mean" | "standardDeviation"> & {
    /** Simulated costs (currency). */
    readonly costs: Series;
  };
  /** Drawn over the bars where it is given. */
  readonly distribution?: NormalDistribution | undefined;
}

/** Options of `costHistogram`. */
export interface HistogramOptions {
  /** Number of bins over the range of all samples, an integer from 2 to 500 (default 40). */
  readonly bins?: number | undefined;
}

/**
 * Histograms of simulated costs on common bins, as probability densities, with the exact density over each. The title
 * compares means and deviations.
 *
 * @param units - the problem, for its currency
 * @param samples - one to four samples
 * @param options - number of bins
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be, or the costs differ by no more than rounding
 * @throws RangeError when a range or a density leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const schedule = equalSchedule(problem);
 * const simulated = simulateCosts(problem, schedule, { paths: 500, seed: 1 });
 * costHistogram(problem, [{ name: "TWAP", simulated, distribution: costDistribution(problem, schedule) }]).data.length; // → 2
 * ```
 */
export function costHistogram(
  units: Units,
  samples: readonly CostSample[],
  options: HistogramOptions = {},
): Figure {
  checkUnits(units);
  if (!Array.isArray(samples) || samples.length === 0 || samples.length > 4) {
    throw new InputError("samples", samples, "an array of 1 to 4 samples");
  }
  for (const [i, sample] of samples.entries()) checkSample(`samples[${i}]`, sample);
  const given = checkKeys("costHistogram's options", options, ["bins"]);
  const bins = given.bins === undefined ? 40 : checkInteger("bins", given.bins, 2, 500);
  const common = commonBins(units, samples, bins);
  const bars = samples.map((sample, i) => costBars(sample, common, i));
  const densities = samples.flatMap(({ name, distribution }, i) =>
    distribution === undefined ? [] : [densityLine(name, distribution, common, i)],
  );
  const found = samples.map(
    ({ name, simulated }) =>
      `${name} ${formatNumber(simulated.mean)} (${formatNumber(simulated.standardDeviation)})`,
  );
  return makeFigure(
    {
      subject: "Distribution of Realized Costs (Simulation)",
      finding: `Mean (deviation): ${found.join("; ")} ${units.currency}`,
      xTitle: `Cost (${units.currency})`,
      yTitle: `Probability density (1/${units.currency})`,
    },
    [...bars, ...densities],
    {
      barmode: "overlay",
      bargap: 0,
      yaxis: { tickformat: undefined, exponentformat: "power" },
    },
  );
}

/** Costs that differ by less than this fraction of themselves differ by rounding, and no bins could be told apart. */
const leastSpread = 1e-13;

/** Bins over the range of all samples. */
function commonBins(units: Units, samples: readonly CostSample[], count: number): Bins {
  const ranges = samples.map(({ simulated }) => extent(simulated.costs));
  const low = Math.min(...ranges.map((range) => range[0]));
  const high = Math.max(...ranges.map((range) => range[1]));
  if (!(high - low > leastSpread * Math.max(Math.abs(low), Math.abs(high)))) {
    throw new InputError(
      "samples",
      samples,
      "samples whose costs differ by more than rounding",
      high === low
        ? "Without volatility there is no histogram."
        : `They lie between ${low} and ${high} ${units.currency}: with so little volatility there is no histogram.`,
    );
  }
  finite("The range of the simulated costs", high - low);
  return binsBetween(low, high, count);
}

function costBars({ name, simulated: { costs } }: CostSample, bins: Bins, i: number): Trace {
  const { counts, densities } = binned(costs, bins);
  requireFinite("The density of the simulated costs", densities);
  return {
    type: "bar",
    name: `${name}, ${formatNumber(costs.length)} paths`,
    x: bins.middles,
    y: densities,
    customdata: counts,
    width: bins.width,
    marker: { color: palette[i], opacity: 0.45 },
    hovertemplate: "%{customdata:,} paths",
  };
}

function densityLine(name: string, distribution: NormalDistribution, { low, high }: Bins, i: number): Trace {
  const places = Array.from({ length: 201 }, (_, place) => low + ((high - low) * place) / 200);
  return {
    type: "scatter",
    mode: "lines",
    name: `${name}, exact density`,
    x: places,
    y: places.map((cost) => density(distribution, cost)),
    line: { color: palette[i], width: 2.5 },
    hoverinfo: "skip",
  };
}

function checkSample(parameter: string, sample: unknown): void {
  const allowed = "a sample with a name and what simulateCosts gives";
  checkFields(parameter, sample, [], allowed);
  checkKeys(parameter, sample, ["name", "simulated", "distribution"]);
  const { name, simulated, distribution } = sample as {
    name: unknown;
    simulated: { costs?: unknown };
    distribution: unknown;
  };
  checkText(`${parameter}.name`, name);
  checkFields(
    `${parameter}.simulated`,
    simulated,
    ["mean", "standardDeviation"],
    "the result of simulateCosts",
  );
  const { costs } = simulated;
  if (!isList(costs) || costs.length === 0) {
    throw new InputError(`${parameter}.simulated.costs`, costs, "an array of at least one number");
  }
  requireNumbers(`${parameter}.simulated.costs`, costs);
  if (distribution === undefined) return;
  checkFields(
    `${parameter}.distribution`,
    distribution,
    ["mean", "standardDeviation"],
    "left out, or the result of costDistribution",
  );
}

/** Rejects entries that are not finite numbers, without a name for each of millions that are. */
function requireNumbers(parameter: string, values: readonly unknown[]): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) checkNumber(`${parameter}[${i}]`, values[i], anyFinite, "");
  }
}
