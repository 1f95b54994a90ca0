/**
 * Percentages and intervals, as charts and tables of volatility write and draw them.
 *
 * @module
 */

import { formatNumber, formatSignificant } from "../../support/format";
import type { VarianceEstimate } from "../../volatility/variance";
import type { Trace } from "../figure";

/** A fraction in per cent. */
export function percent(value: number, decimals = 1): string {
  return `${formatNumber(100 * value, decimals)} %`;
}

/** `"95 % interval"`, or `"interval"` where estimates have intervals of several levels. */
export function intervalName(estimates: readonly VarianceEstimate[]): string {
  const level = estimates[0]?.level;
  return level !== undefined && estimates.every((one) => one.level === level)
    ? `${formatSignificant(100 * level)} % interval`
    : "interval";
}

/** Error bars from each value to the ends of its interval, which need not lie equally far from it. */
export function intervalBars(
  values: readonly number[],
  intervals: readonly (readonly [number, number])[],
  { thickness, scale = 1 }: { readonly thickness: number; readonly scale?: number },
): Trace {
  return {
    type: "data",
    symmetric: false,
    array: values.map((value, i) => scale * (intervals[i][1] - value)),
    arrayminus: values.map((value, i) => scale * (value - intervals[i][0])),
    thickness,
    width: 3,
  };
}
