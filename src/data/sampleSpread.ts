/**
 * The spread of a few numbers: one for each day.
 *
 * @module
 */
import { total } from "../support/numbers";

/** Mean, deviation and standard error of a sample. */
export interface SampleSpread {
  readonly mean: number;
  /** Standard deviation, with divisor n − 1. */
  readonly deviation: number;
  /** deviation/√n, the standard error of the mean. */
  readonly standardError: number;
}

/** The spread of at least two numbers. */
export function sampleSpread(values: Float64Array): SampleSpread {
  const n = values.length;
  const mean = total(values) / n;
  const deviation = Math.sqrt(total(values.map((value) => (value - mean) ** 2)) / (n - 1));
  return { mean, deviation, standardError: deviation / Math.sqrt(n) };
}

/** A quantile of sorted numbers, by linear interpolation between them (type 7 of Hyndman and Fan 1996). */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  const place = probability * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
