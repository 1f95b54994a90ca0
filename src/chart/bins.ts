/**
 * Histograms: equal bins, and how much of a sample falls into each.
 *
 * @module
 */

/** Bins of equal width, side by side. */
export interface Bins {
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly middles: readonly number[];
}

type Sample = Float64Array | readonly number[];

/** The smallest and the largest value of a sample. */
export function extent(sample: Sample): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of sample) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/** A number of bins that together reach from one value to another. */
export function binsBetween(low: number, high: number, count: number): Bins {
  const width = (high - low) / count;
  return { low, high, width, middles: Array.from({ length: count }, (_, i) => low + (i + 0.5) * width) };
}

/** The values of a sample in each bin: how many, and as a probability density, whose area is 1. */
export function binned(
  sample: Sample,
  { low, width, middles }: Bins,
): { readonly counts: readonly number[]; readonly densities: readonly number[] } {
  const counts = new Array<number>(middles.length).fill(0);
  for (const value of sample) {
    // The largest value would open a bin of its own.
    const bin = Math.min(counts.length - 1, Math.floor((value - low) / width));
    counts[bin] = counts[bin] + 1;
  }
  return { counts, densities: counts.map((count) => count / (sample.length * width)) };
}
