/**
 * What trades meet of each other where one kernel serves all of them: the sums of `transient.ts` for many intervals, by fast Fourier
 * transforms. These round relative to the whole, by some 1e-15 of it, where a sum term by term rounds each of its own.
 *
 * @module
 */
import { total } from "../support/numbers";
import { toeplitzProduct } from "../support/toeplitz";

/** Up to here sums term by term take no longer. */
const mostTerms = 128;

/** Whether transforms are worth it. */
export function isLong(kernel: Float64Array | undefined): kernel is Float64Array {
  return kernel !== undefined && kernel.length > mostTerms;
}

/** Σ_{j≠k} G(|t_k − t_j|) n_j for every k. */
export function metByLag(kernel: Float64Array, trades: ArrayLike<number>): Float64Array {
  const last = kernel[kernel.length - 1];
  const met = Float64Array.from(trades);
  const shared = last * total(met);
  // What never fades is a number that all share; what a trade meets of itself is no part of the sum.
  const column = kernel.map((value) => value - last);
  column[0] = 0;
  toeplitzProduct(column).times(met);
  for (let k = 0; k < met.length; k++) met[k] += shared - last * trades[k];
  return met;
}
