/**
 * How much the price moves by itself.
 *
 * @module
 */

import { anyFinite, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import { type Series, total } from "../support/numbers";
import { checkSample } from "./sample";

/** An estimated volatility: `value` is σ (currency/share/√time). */
export interface VolatilityEstimate extends Estimate {
  /** Number of price changes. */
  readonly observations: number;
}

/**
 * The volatility σ of the price model, from prices at equal distances of time: the standard deviation of the price
 * *changes* (divisor n − 1, so that a drift does not count) over √Δt. Seed A's tip speaks of returns; their
 * deviation has another unit, and must be multiplied by the price to become σ.
 *
 * Only the spacing's unit decides the unit of σ: seconds give a σ per √second. The prices ought to be free of one's
 * own trading, unless it was even: trades of different sizes move the price by different amounts, which would pass
 * for volatility (`estimatePermanentImpact` tells the two apart).
 *
 * @param prices - at least 3 prices in the order of time, a pair of neighbors `interval` apart (currency/share)
 * @param interval - Δt, above 0 (unit of time)
 * @returns σ, its standard error σ/√(2(n − 1)), exact for many normal changes, and the number n of changes
 * @throws InputError when an argument is not what it should be
 *
 * Source: seed A section 5; the standard error is that of a normal sample's standard deviation.
 *
 * @example
 * ```ts
 * estimateVolatility([100, 101, 100, 101, 100], 4).value; // → 0.57735
 * const problem = defineProblem({
 *   shares: 1, horizon: 3600, intervals: 3600, volatility: 0.004, temporaryImpact: 1e-9,
 * });
 * const { prices } = simulatePath(problem, equalSchedule(problem), { seed: 1 });
 * const estimate = estimateVolatility(prices, intervalLength(problem));
 * Math.abs(estimate.value - 0.004) < 4 * estimate.standardError; // → true
 * ```
 */
export function estimateVolatility(prices: Series, interval: number): VolatilityEstimate {
  const S = checkSample("prices", prices, 3, anyFinite, "currency/share");
  const Δ = checkNumber("interval", interval, positive, "unit of time");
  const changes = S.slice(1).map((price, k) => price - S[k]);
  const n = changes.length;
  const mean = total(changes) / n;
  const σ = Math.sqrt(total(changes.map((change) => (change - mean) ** 2)) / ((n - 1) * Δ));
  if (!Number.isFinite(σ)) {
    throw new InputError(
      "prices",
      prices,
      "prices whose changes can be squared",
      "State them in larger units.",
    );
  }
  return Object.freeze({ value: σ, standardError: σ / Math.sqrt(2 * (n - 1)), observations: n });
}
