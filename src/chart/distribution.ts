/**
 * Charts of the distribution of the cost.
 *
 * @module
 */
import type { NormalDistribution } from "../cost/distribution";
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
import { finite, type Series } from "../support/numbers";
import { extent } from "./bins";
import { densityBars, densityLine } from "./densities";
import { type Figure, type LayoutChanges, makeFigure, type Trace } from "./figure";
import { type Look, looksOf } from "./look";
import { percent } from "./percent";
import { densityRows } from "./rows";
import { sentence, spoken } from "./words";

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
  /** Number of bins over the range of each sample, an integer from 2 to 500 (default 40). */
  readonly bins?: number | undefined;
  /** What the chart is of (default: the distribution of realized costs). */
  readonly subject?: string | undefined;
  /** What the chart shows, as its title (default: means and standard deviations compared). */
  readonly finding?: string | undefined;
}

/**
 * Histograms of simulated costs, each with bins of its own, as probability densities, with the exact density over each. Three or
 * four of them stand one below the other. The title compares means and standard deviations, or says your own finding.
 *
 * @param units - the problem, for its currency
 * @param samples - one to four samples
 * @param options - number of bins, what the chart is of, and what it shows
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
  const { currency } = checkUnits(units);
  if (!Array.isArray(samples) || samples.length === 0 || samples.length > 4) {
    throw new InputError("samples", samples, "an array of 1 to 4 samples");
  }
  for (const [i, sample] of samples.entries()) checkSample(`samples[${i}]`, sample);
  const given = checkKeys("costHistogram's options", options, ["bins", "subject", "finding"]);
  const bins = given.bins === undefined ? 40 : checkInteger("bins", given.bins, 2, 500);
  const subject =
    given.subject === undefined
      ? "Distribution of Realized Costs (Simulation)"
      : checkText("subject", given.subject);
  for (const { simulated } of samples) requireSpread(currency, samples, simulated.costs);
  const styles = looksOf(samples.map(({ name }) => name));
  const rows = samples.map((sample, i) => ({
    name: sample.name,
    traces: sampleTraces(sample, bins, styles[i], currency),
  }));
  const { traces, layout } =
    rows.length > 2 ? densityRows(rows) : { traces: rows.flatMap((row) => row.traces), layout: together };
  return makeFigure(
    {
      subject,
      finding:
        given.finding === undefined ? costFinding(samples, currency) : checkText("finding", given.finding),
      xTitle: `Cost (${currency})`,
      yTitle: `Probability density (1/${currency})`,
    },
    traces,
    { barmode: "overlay", bargap: 0, ...layout },
  );
}

/** Two histograms can be told apart in one plot. */
const together: LayoutChanges = {
  hovermode: "closest",
  yaxis: { tickformat: undefined, exponentformat: "power" },
};

/** Means and standard deviations in a sentence, exact ones where they are known: of one, of one beside another, or the best of several. */
function costFinding(samples: readonly CostSample[], currency: string): string {
  const money = (value: number): string => `${formatNumber(value)} ${currency}`;
  const isExact = samples.every(({ distribution }) => distribution !== undefined);
  const known = ({
    simulated,
    distribution,
  }: CostSample): Pick<NormalDistribution, "mean" | "standardDeviation"> =>
    isExact && distribution !== undefined ? distribution : simulated;
  const [one, other] = samples;
  const { mean, standardDeviation } = known(one);
  if (samples.length === 1) {
    return sentence(
      `${spoken(one.name)} costs ${money(mean)} on average, with a standard deviation of ${money(standardDeviation)}`,
    );
  }
  if (samples.length === 2) {
    const extra = mean - known(other).mean;
    const ratio = standardDeviation / known(other).standardDeviation;
    const apart = percent(Math.abs(ratio - 1), 0);
    const deviation = apart === "0%" ? "about the same" : `${apart} ${ratio < 1 ? "lower" : "higher"}`;
    return sentence(
      `${spoken(one.name)} costs ${money(Math.abs(extra))} ${extra < 0 ? "less" : "more"} than ${spoken(other.name)} on average; ` +
        `its standard deviation is ${deviation}`,
    );
  }
  const least = (field: "mean" | "standardDeviation"): CostSample =>
    samples.reduce((a, b) => (known(b)[field] < known(a)[field] ? b : a));
  const [cheapest, steadiest] = [least("mean"), least("standardDeviation")];
  return sentence(
    `${spoken(cheapest.name)} costs least on average, ${money(known(cheapest).mean)}; ` +
      `${spoken(steadiest.name)} varies least, with a standard deviation of ${money(known(steadiest).standardDeviation)}`,
  );
}

/** Costs that differ by less than this fraction of themselves differ by rounding, and no bins could be told apart. */
const leastSpread = 1e-13;

/** Refuses costs that no bins could tell apart. */
function requireSpread(currency: string, samples: readonly CostSample[], costs: Series): void {
  const [low, high] = extent(costs);
  if (!(high - low > leastSpread * Math.max(Math.abs(low), Math.abs(high)))) {
    throw new InputError(
      "samples",
      samples,
      "samples whose costs differ by more than rounding",
      high === low
        ? "Without volatility there is no histogram."
        : `They lie between ${low} and ${high} ${currency}: with so little volatility there is no histogram.`,
    );
  }
  finite("The range of the simulated costs", high - low);
}

/** Bars of a sample, and the density over them where it is known. */
function sampleTraces(
  { name, simulated: { costs }, distribution }: CostSample,
  bins: number,
  look: Look,
  currency: string,
): readonly Trace[] {
  const bars = densityBars(`${name}, ${formatNumber(costs.length)} paths`, costs, bins, look, currency);
  if (distribution === undefined) return [bars];
  return [bars, { ...densityLine(`${name}, exact density`, distribution, look), hoverinfo: "skip" }];
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
