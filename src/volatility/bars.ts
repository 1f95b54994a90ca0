/**
 * Bars: what a period's prices are boiled down to.
 *
 * @module
 */

import { checkNumber, isList, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { fillLogRatios, logRatio } from "./logRatio";
import { blockLength } from "./moments";

/** Prices of periods in the order of time, a column each, all of the same length (currency/share). */
export interface PriceBars {
  /** First price of each period. */
  readonly open: Series;
  /** Highest price of each period. */
  readonly high: Series;
  /** Lowest price of each period. */
  readonly low: Series;
  /** Last price of each period. */
  readonly close: Series;
}

const columns = ["open", "high", "low", "close"] as const;

/** Checks bars and hands them back: four columns of one length, prices above 0, low ≤ open, close ≤ high. */
export function checkBars(bars: PriceBars, least: number): PriceBars {
  if (typeof bars !== "object" || bars === null) {
    throw new InputError("bars", bars, "an object with columns open, high, low and close");
  }
  for (const name of columns) {
    const column: unknown = bars[name];
    if (!isList(column) || column.length < least) {
      throw new InputError(
        `bars.${name}`,
        column,
        `an array of at least ${least} prices, numbers above 0 (currency/share)`,
      );
    }
    if (column.length !== bars.open.length) {
      throw new InputError(
        `bars.${name}`,
        column,
        `an array of ${bars.open.length} prices, as bars.open has`,
      );
    }
  }
  const { open, high, low, close } = bars;
  for (const name of columns) checkTypes(`bars.${name}`, bars[name]);
  for (let i = 0; i < open.length; i++) {
    const o = open[i];
    const h = high[i];
    const l = low[i];
    const c = close[i];
    // One condition for all that can be wrong: NaN and holes fail it as well.
    if (!(l > 0 && l <= o && l <= c && o <= h && c <= h && h < Number.POSITIVE_INFINITY)) {
      refuseBar(bars, i);
    }
  }
  return bars;
}

/** Texts compare like numbers and must be found before; a typed array cannot hold any. */
function checkTypes(parameter: string, column: Series): void {
  if (!Array.isArray(column)) return;
  const wrong = column.findIndex((price: unknown) => typeof price !== "number");
  if (wrong >= 0) checkNumber(`${parameter}[${wrong}]`, column[wrong], positive, "currency/share");
}

/** Says what is wrong with a bar that something is wrong with. */
function refuseBar(bars: PriceBars, i: number): never {
  for (const name of columns) {
    const price: unknown = bars[name][i];
    if (!(typeof price === "number" && price > 0 && Number.isFinite(price))) {
      throw new InputError(`bars.${name}[${i}]`, price, "a finite number above 0 (currency/share)");
    }
  }
  const [high, low] = [bars.high[i], bars.low[i]];
  if (high < low)
    throw new InputError(`bars.high[${i}]`, high, `at least the bar's low, ${low} (currency/share)`);
  for (const name of ["open", "close"] as const) {
    const price = bars[name][i];
    if (price < low || price > high) {
      const range = `between the bar's low, ${low}, and its high, ${high} (currency/share)`;
      throw new InputError(`bars.${name}[${i}]`, price, range);
    }
  }
  throw new Error(`unreachable: bar ${i} is in order`);
}

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
  fillLogRatios(open, first + skipped, close, first + skipped - 1, count - skipped, overnight);
  fillLogRatios(high, first, open, first, count, logs.up);
  fillLogRatios(low, first, open, first, count, logs.down);
  fillLogRatios(close, first, open, first, count, logs.move);
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
