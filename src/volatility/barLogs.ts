/**
 * Logarithms of bars, block by block: what every estimate from ranges is a mean of.
 *
 * @module
 */
import type { PriceBars } from "../support/bars";
import { fillLogRatios, logRatio } from "./logRatio";
import { blockLength } from "./moments";

/** Logarithms of a block of bars, each from the bar's own open. */
export interface BarLogs {
  /** ln(O_i / C_{i−1}), the return overnight; 0 for the first bar of all, which has none. */
  readonly overnight: Float64Array;
  /** ln(H/O) ≥ 0. */
  readonly up: Float64Array;
  /** ln(L/O) ≤ 0. */
  readonly down: Float64Array;
  /** ln(C/O). */
  readonly move: Float64Array;
}

export function emptyLogs(): BarLogs {
  const column = (): Float64Array => new Float64Array(blockLength);
  return { overnight: column(), up: column(), down: column(), move: column() };
}

/** Fills the logarithms of bars `first` … `first + count − 1`. */
export function fillLogs(
  { open, high, low, close }: PriceBars,
  first: number,
  count: number,
  logs: BarLogs,
): void {
  // The first bar of all has no night before it.
  const skipped = first === 0 ? 1 : 0;
  logs.overnight[0] = 0;
  const overnight = skipped === 0 ? logs.overnight : logs.overnight.subarray(1);
  const start = first + skipped;
  const before = { values: close, first: start - 1 };
  fillLogRatios({ values: open, first: start }, before, count - skipped, overnight);
  const opens = { values: open, first };
  fillLogRatios({ values: high, first }, opens, count, logs.up);
  fillLogRatios({ values: low, first }, opens, count, logs.down);
  fillLogRatios({ values: close, first }, opens, count, logs.move);
}

/** The mean of ln(C_i/C_{i−1}) is ln(C_n/C_0)/n; the means of its two parts need the sum of one of them. */
export function meanMoves({ open, close }: PriceBars): { readonly overnight: number; readonly move: number } {
  const m = close.length - 1;
  let sum = 0;
  let product = 1;
  for (let i = 1; i <= m; i++) {
    product *= close[i] / open[i];
    // One logarithm for many factors, taken before the product leaves the range of doubles.
    if ((i & 15) === 0 || !(product > 1e-200 && product < 1e200)) {
      sum += Math.log(product);
      product = 1;
    }
  }
  sum += Math.log(product);
  return { overnight: (logRatio(close[m], close[0]) - sum) / m, move: sum / m };
}
