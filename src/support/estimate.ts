/**
 * What every estimate is: a number with its uncertainty.
 *
 * @module
 */

/** A number that was estimated, and how far off it may be. */
export interface Estimate {
  /** The estimate. */
  readonly value: number;
  /** Standard error of `value`, in its unit; right where residuals are independent and equally spread. */
  readonly standardError: number;
}

/** A price volatility: `value` is σ (currency/share/√time). */
export interface PriceVolatility extends Estimate {
  /** Interval of σ at the estimate's level; both ends are σ itself where a known number was given. */
  readonly interval: readonly [number, number];
}

/** The 95% interval of a positive number: symmetric in the logarithm, in which it is nearer to normal, and never below 0. */
export function logInterval(
  value: number,
  standardError: number,
  z = 1.959963984540054,
): readonly [number, number] {
  const factor = value === 0 ? 1 : Math.exp((z * standardError) / value);
  return Object.freeze([value / factor, value * factor] as const);
}
