/**
 * The two forms of a distribution in a chart: bars of a sample, and the line of a density.
 *
 * @module
 */

import { density, type NormalDistribution } from "../cost/distribution";
import { formatNumber } from "../support/format";
import { requireFinite, type Series } from "../support/numbers";
import { binned, binsBetween, extent } from "./bins";
import type { Trace } from "./figure";
import { faint, type Look } from "./look";

/** Bars of a sample as a probability density, with bins of its own, from its smallest value to its largest. */
export function densityBars(name: string, sample: Series, count: number, look: Look, unit: string): Trace {
  const bins = binsBetween(...extent(sample), count);
  const { counts, densities } = binned(sample, bins);
  requireFinite("The density of the simulated costs", densities);
  return {
    type: "bar",
    name,
    x: bins.middles,
    y: densities,
    customdata: counts,
    width: bins.width,
    marker: { color: faint(look.color, 0.4), line: { color: look.color, width: 0.5 } },
    hovertemplate: `around %{x:${numberFormat(sample)}} ${unit}: %{customdata:,} of ${formatNumber(sample.length)} paths`,
  };
}

/** The density of a normal distribution, four standard deviations to either side. */
export function densityLine(name: string, distribution: NormalDistribution, look: Look): Trace {
  const { mean, standardDeviation } = distribution;
  const places = Array.from({ length: 161 }, (_, i) => mean + standardDeviation * (i / 20 - 4));
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: places,
    y: places.map((place) => density(distribution, place)),
    line: { ...look, width: 2.5 },
  };
}

/** Whole numbers where they are large. */
function numberFormat(sample: Series): string {
  const [low, high] = extent(sample);
  return Math.max(Math.abs(low), Math.abs(high)) >= 1000 ? ",.0f" : ",.3~r";
}
