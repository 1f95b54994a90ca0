/**
 * How much the price moves by itself, from its changes.
 *
 * @module
 */

import { anyFinite, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { logInterval, type PriceVolatility } from "../support/estimate";
import { type Series, total } from "../support/numbers";
import { checkSample } from "./sample";

/** A price volatility estimated from prices, with its 95% interval. */
export interface PriceVolatilityEstimate extends PriceVolatility {
  /** Number of price changes. */
  readonly observations: number;
}

/**
 * The price volatility σ of the execution model, from prices at equal distances of time: the standard deviation of the
 * price *changes* (divisor n − 1, so that a drift does not count) over √Δt. It goes straight into `defineProblem` and
 * `volatilityBand`. Seed A's tip speaks of returns; their
 * deviation has another unit, and must be multiplied by the price to become σ.
 *
 * Only the spacing's unit decides the unit of σ: seconds give a σ per √second. The prices ought to be free of one's
 * own trading, unless it was even: trades of different sizes move the price by different amounts, which would pass
 * for volatility (`estimatePermanentImpact` tells the two apart).
 *
 * @param prices - at least 3 prices in the order of time, a pair of neighbors `spacing` apart (currency/share)
 * @param spacing - Δt, above 0 (unit of time)
 * @returns σ, its standard error σ/√(2(n − 1)), exact for many normal changes, its 95% interval, and the number n of changes
 * @throws InputError when an argument is not what it should be
 *
 * Source: seed A section 5; the standard error is that of a normal sample's standard deviation.
 *
 * @example
 * ```ts
 * estimatePriceVolatility([100, 101, 100, 101, 100], 4).value; // → 0.57735
 * const problem = defineProblem({
 *   shares: 1, horizon: 3600, intervals: 3600, volatility: 0.004, temporaryImpact: 1e-9,
 * });
 * const { prices } = simulatePath(problem, equalSchedule(problem), { seed: 1 });
 * const estimate = estimatePriceVolatility(prices, intervalLength(problem));
 * Math.abs(estimate.value - 0.004) < 4 * estimate.standardError; // → true
 * ```
 */
export function estimatePriceVolatility(prices: Series, spacing: number): PriceVolatilityEstimate {
  const S = checkSample("prices", prices, 3, anyFinite, "currency/share");
  const Δ = checkNumber("spacing", spacing, positive, "unit of time");
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
  const standardError = σ / Math.sqrt(2 * (n - 1));
  return Object.freeze({ value: σ, standardError, interval: logInterval(σ, standardError), observations: n });
}
