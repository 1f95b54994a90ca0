/**
 * Intervals, as charts and tables of volatility write and draw them.
 *
 * @module
 */

import { formatSignificant } from "../../support/format";
import type { VarianceEstimate } from "../../volatility/variance";
import type { Trace } from "../figure";

/** A number in words, or `"none"` where it does not exist: left out, or NaN, which JSON turns into null. */
export function orNone(value: number | null | undefined, write: (value: number) => string): string {
  return isNumber(value) ? write(value) : "none";
}

/** Whether a number exists. */
export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && !Number.isNaN(value);
}

/** A caption, and below it what the estimates warn of. */
export function withWarnings(caption: string, estimates: readonly VarianceEstimate[]): string {
  const notes = estimates.flatMap(({ method, warnings }) =>
    (warnings ?? []).map((warning) => `${method}: ${warning}`),
  );
  return [caption, ...notes].join(". ").replaceAll("..", ".");
}

/** `"95% interval"`, or `"interval"` where estimates have intervals of several levels. */
export function intervalName(estimates: readonly VarianceEstimate[]): string {
  const level = estimates[0]?.level;
  return level !== undefined && estimates.every((one) => one.level === level)
    ? `${formatSignificant(100 * level)}% interval`
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
    array: values.map((value, i) => reach(value, intervals[i][1], scale)),
    arrayminus: values.map((value, i) => reach(value, intervals[i][0], -scale)),
    thickness,
    width: 3,
  };
}

/** From a value to an end of its interval; nothing where the end does not exist. */
function reach(value: number, end: number | null, scale: number): number {
  return isNumber(end) && isNumber(value) ? scale * (end - value) : 0;
}
