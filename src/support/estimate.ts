/**
 * What every estimate is: a number with its doubt.
 *
 * @module
 */

/** A number that was estimated, and how far off it may be. */
export interface Estimate {
  readonly value: number;
  /** Standard error of `value`, in its unit; right where residuals are independent and equally spread. */
  readonly standardError: number;
}
