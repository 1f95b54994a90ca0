/**
 * Moments of a sample that can be collected part by part and merged, in whatever order the parts come to be finished.
 *
 * @module
 */
import { finite, Sum } from "./numbers";

/** Mean and central sums Σ(v − mean)^p of a part of a sample; the sums are in powers of a common unit. */
export interface SampleMoments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
  readonly cubes: number;
  readonly fourths: number;
}

/** Mean and standard deviation of a sample, each with its standard error. */
export interface MomentSummary {
  /** Sample mean. */
  readonly mean: number;
  /** Standard error of the mean. */
  readonly meanError: number;
  /** Sample standard deviation, with divisor count − 1. */
  readonly standardDeviation: number;
  /** Standard error of the standard deviation, √((m₄ − s⁴)/count)/2s from the sample's fourth moment. */
  readonly standardDeviationError: number;
}

/** Of no values at all. */
export const noMoments: SampleMoments = { count: 0, mean: 0, squares: 0, cubes: 0, fourths: 0 };

/**
 * A unit in which fourth powers of deviations stay within the range of doubles: 1, but for a sample of extremes. All parts
 * of a sample must be counted in the same one.
 */
export function momentUnit(values: Float64Array): number {
  const mean = meanOf(values);
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] - mean));
  return largest === 0 || (largest > 1e-70 && largest < 1e70) ? 1 : largest;
}

/** The moments of some values. */
export function momentsOf(values: Float64Array, unit = 1): SampleMoments {
  const mean = meanOf(values);
  const [squares, cubes, fourths] = [new Sum(), new Sum(), new Sum()];
  for (let i = 0; i < values.length; i++) {
    const d = (values[i] - mean) / unit;
    squares.add(d * d);
    cubes.add(d * d * d);
    fourths.add(d * d * (d * d));
  }
  return {
    count: values.length,
    mean,
    squares: squares.value,
    cubes: cubes.value,
    fourths: fourths.value,
  };
}

/**
 * The moments of two parts together.
 *
 * Source: Chan, Golub and LeVeque (1983) for the squares; Pébay (2008), *Formulas for robust, one-pass parallel computation
 * of covariances and arbitrary-order statistical moments*, for higher powers.
 */
export function mergeMoments(one: SampleMoments, other: SampleMoments, unit = 1): SampleMoments {
  if (one.count === 0) return other;
  if (other.count === 0) return one;
  const [m, n] = [one.count, other.count];
  const count = m + n;
  const apart = other.mean - one.mean;
  const δ = apart / unit;
  const weight = (m / count) * n;
  return {
    count,
    mean: one.mean + apart * (n / count),
    squares: one.squares + other.squares + δ * δ * weight,
    cubes:
      one.cubes +
      other.cubes +
      δ * δ * δ * weight * ((m - n) / count) +
      3 * δ * ((m / count) * other.squares - (n / count) * one.squares),
    fourths:
      one.fourths +
      other.fourths +
      δ * δ * (δ * δ) * weight * ((m / count) ** 2 - (m / count) * (n / count) + (n / count) ** 2) +
      6 * δ * δ * ((m / count) ** 2 * other.squares + (n / count) ** 2 * one.squares) +
      4 * δ * ((m / count) * other.cubes - (n / count) * one.cubes),
  };
}

/** Mean and standard deviation with their errors, from at least two values. */
export function summarize({ count, mean, squares, fourths }: SampleMoments, unit = 1): MomentSummary {
  const variance = squares / (count - 1);
  const deviation = Math.sqrt(variance);
  const spread = Math.max(0, fourths / count - variance * variance);
  const standardDeviation = finite("The deviation of the simulated costs", deviation * unit);
  return {
    mean,
    meanError: standardDeviation / Math.sqrt(count),
    standardDeviation,
    standardDeviationError: deviation === 0 ? 0 : (Math.sqrt(spread / count) / (2 * deviation)) * unit,
  };
}

/** The summary of a whole sample. */
export function summarizeSample(values: Float64Array): MomentSummary {
  const unit = momentUnit(values);
  return summarize(momentsOf(values, unit), unit);
}

function meanOf(values: Float64Array): number {
  const total = new Sum();
  for (let i = 0; i < values.length; i++) total.add(values[i]);
  if (Number.isFinite(total.value)) return total.value / values.length;
  const part = new Sum();
  for (let i = 0; i < values.length; i++) part.add(values[i] / values.length);
  return part.value;
}
