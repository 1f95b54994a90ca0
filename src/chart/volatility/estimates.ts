/**
 * The chart of volatility estimates side by side, each with its interval.
 *
 * @module
 */

import { checkGroups } from "../../support/checks";
import { InputError } from "../../support/errors";
import type { VarianceEstimate } from "../../volatility/variance";
import { categories, type Figure, makeFigure } from "../figure";
import { looks } from "../look";
import { percent } from "../percent";
import { estimateFields } from "./fields";
import { intervalBars, intervalName, isNumber } from "./interval";

const symbols = ["circle", "square", "diamond", "cross", "triangle-up", "x", "star"];

/**
 * Annual volatilities by several estimators side by side, each with its interval, for one or more instruments. The title
 * names the instrument on which the estimators are furthest apart.
 *
 * @param groups - estimates by the name of the instrument; each has the same estimators in the same order, at most seven
 * @returns a figure for `show`
 * @throws InputError when there is nothing to draw, or more than seven estimators
 *
 * @example
 * ```ts
 * const { parkinson, yangZhang } = rangeVolatilities(simulateBars({ bars: 50, volatility: 0.01, seed: 1 }));
 * estimatesChart({ Simulated: [parkinson, yangZhang] }).data.length; // → 2
 * ```
 */
export function estimatesChart(groups: Readonly<Record<string, readonly VarianceEstimate[]>>): Figure {
  checkGroups("groups", groups, estimateFields, "estimate of volatility");
  const names = Object.keys(groups);
  const methods = groups[names[0] ?? ""]?.map(({ method }) => method) ?? [];
  if (methods.length === 0 || methods.length > 7) {
    throw new InputError("groups", groups, "one to seven estimates by the name of each instrument");
  }
  const at = (name: string, i: number): VarianceEstimate => groups[name]?.[i] as VarianceEstimate;
  const spreads = names.map((name) => {
    const values = methods.map((_, i) => at(name, i).annualVolatility).filter(isNumber);
    return { name, low: Math.min(...values), high: Math.max(...values) };
  });
  const drawn = spreads.filter(({ high }) => high >= 0);
  if (drawn.length === 0) {
    throw new InputError("groups", groups, "estimates of which at least one has an annual volatility");
  }
  const widest = drawn.reduce((a, b) => (b.high / b.low > a.high / a.low ? b : a));
  const missing = names.flatMap((name) =>
    methods.filter((_, i) => !isNumber(at(name, i).annualVolatility)).map((method) => `${method} (${name})`),
  );
  const without = missing.length === 0 ? "" : `; none by ${missing.join(", ")}`;
  return makeFigure(
    {
      subject: `Annual volatility by estimator, with ${intervalName(Object.values(groups).flat())}s`,
      finding: furthestApart(widest, drawn.length, methods.length) + without,
      xTitle: "",
      yTitle: "Volatility (% a year)",
    },
    methods.map((method, i) => ({
      type: "scatter",
      mode: "markers",
      name: method,
      x: names,
      y: names.map((name) => drawable(at(name, i).annualVolatility)),
      error_y: intervalBars(
        names.map((name) => at(name, i).annualVolatility),
        names.map((name) => at(name, i).annualInterval),
        { thickness: 1.5, scale: 100 },
      ),
      marker: { color: looks[i].color, symbol: symbols[i], size: 8 },
      customdata: names.map((name) => at(name, i).annualInterval.map(drawable)),
      hovertemplate:
        "%{x}, %{fullData.name}: %{y:.1f}% a year (%{customdata[0]:.1f}% to %{customdata[1]:.1f}%)<extra></extra>",
    })),
    {
      scattermode: "group",
      hovermode: "closest",
      xaxis: categories,
      yaxis: { rangemode: "tozero" },
    },
  );
}

/** How far the estimators lie apart, on the instrument where they do so most. */
function furthestApart(
  { name, low, high }: { readonly name: string; readonly low: number; readonly high: number },
  instruments: number,
  methods: number,
): string {
  if (methods === 1) return `The volatility of ${name} is ${percent(high)} a year`;
  const most = instruments === 1 ? "disagree" : "disagree most";
  return `The estimators ${most} on ${name}: ${percent(low)} to ${percent(high)} a year`;
}

/** In percent; null, which is not drawn, where there is no number. */
function drawable(fraction: number | null): number | null {
  return isNumber(fraction) ? 100 * fraction : null;
}
