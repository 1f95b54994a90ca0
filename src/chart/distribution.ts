/**
 * Charts of the law of the cost.
 *
 * @module
 */
import type { CostLaw } from "../distribution";
import { InputError } from "../errors";
import { formatNumber } from "../format";
import type { Units } from "../notation";
import type { SimulatedCosts } from "../simulate/costs";
import { checkInteger } from "../support/checks";
import { type Figure, makeFigure, palette, plainText } from "./figure";

/** A simulation and the law that it should follow. */
export interface CostSample {
  readonly name: string;
  readonly simulated: SimulatedCosts;
  /** Drawn over the bars where it is given. */
  readonly law?: CostLaw;
}

/**
 * Histograms of simulated costs on common bins, as probability densities, with the exact density over each. The title
 * compares means and deviations.
 *
 * @param units - the problem, for its currency
 * @param samples - one to four samples
 * @param bins - number of bins over the range of all samples, an integer from 2 to 500 (default 40)
 * @returns a figure for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3 });
 * const schedule = equalSchedule(problem);
 * const simulated = simulateCosts(problem, schedule, { paths: 500, seed: 1 });
 * costHistogram(problem, [{ name: "TWAP", simulated, law: costDistribution(problem, schedule) }]).data.length; // → 2
 * ```
 */
export function costHistogram(units: Units, samples: readonly CostSample[], bins = 40): Figure {
  if (!Array.isArray(samples) || samples.length === 0 || samples.length > 4) {
    throw new InputError("samples", samples, "an array of 1 to 4 samples");
  }
  checkInteger("bins", bins, 2, 500);
  const ranges = samples.map(({ simulated }: CostSample) => extent(simulated.costs));
  const low = Math.min(...ranges.map((range) => range[0]));
  const high = Math.max(...ranges.map((range) => range[1]));
  if (!(high > low)) {
    throw new InputError(
      "samples",
      samples,
      "samples whose costs differ",
      "Without volatility there is no histogram.",
    );
  }
  const width = (high - low) / bins;
  const middles = Array.from({ length: bins }, (_, i) => low + (i + 0.5) * width);
  const places = Array.from({ length: 201 }, (_, i) => low + ((high - low) * i) / 200);

  const bars = samples.map(({ name, simulated: { costs } }, i) => {
    const counts = new Array<number>(bins).fill(0);
    for (const cost of costs) {
      const bin = Math.min(bins - 1, Math.floor((cost - low) / width));
      counts[bin] = (counts[bin] as number) + 1;
    }
    return {
      type: "bar",
      name: `${plainText(name)}, ${formatNumber(costs.length)} paths`,
      x: middles,
      y: counts.map((count) => count / (costs.length * width)),
      customdata: counts,
      width,
      marker: { color: palette[i], opacity: 0.45 },
      hovertemplate: "%{customdata:,} paths",
    };
  });
  const densities = samples.flatMap(({ name, law }, i) =>
    law === undefined
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: `${plainText(name)}, exact density`,
            x: places,
            y: places.map((cost) => law.density(cost)),
            line: { color: palette[i], width: 2.5 },
            hoverinfo: "skip",
          },
        ],
  );
  const found = samples.map(
    ({ name, simulated }) =>
      `${plainText(name)} ${formatNumber(simulated.mean)} ± ${formatNumber(simulated.standardDeviation)}`,
  );
  return makeFigure(
    {
      subject: "Distribution of Realized Costs (Simulation)",
      finding: `Mean ± deviation: ${found.join("; ")} ${units.currency}`,
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

/** The smallest and the largest of some costs. */
function extent(costs: Float64Array): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const cost of costs) {
    least = Math.min(least, cost);
    most = Math.max(most, cost);
  }
  return [least, most];
}
