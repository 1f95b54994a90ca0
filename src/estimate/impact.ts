/**
 * What trading does to the price, from what was traded: temporary impact from fills, permanent impact from the
 * moves that stay.
 *
 * @module
 */

import { anyFinite, checkKeys, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import type { Series } from "../support/numbers";
import { fitLine } from "./leastSquares";
import { checkPartner, checkSample, isConstant, sampleFields } from "./sample";

/** Fills, one number a fill in each array. */
export interface TemporaryImpactSample {
  /** |n|/τ, shares traded per unit of time, above 0: an interval without a trade has no fill (shares/time). */
  readonly rates: Series;
  /**
   * How much worse each fill was than the price before its trade, positive = money lost, for both sides: the price
   * less the fill where shares were sold, the fill less the price where they were bought (currency/share).
   */
  readonly slippages: Series;
}

/** An estimated temporary impact: `value` is η (currency·time/share²). */
export interface TemporaryImpactEstimate extends Estimate {
  /** ε, what the slowest trade would still concede (currency/share). */
  readonly halfSpread: Estimate;
  /** Standard deviation of what the line leaves open (currency/share). */
  readonly residualDeviation: number;
  /** Fraction of the slippages' variance that the line explains. */
  readonly rSquared: number;
  /** Number of fills. */
  readonly observations: number;
}

/** Price moves, one number an interval in each array. */
export interface PermanentImpactSample {
  /** Shares bought less shares sold in each interval: positive = bought (shares). */
  readonly signedVolumes: Series;
  /** Price at the end of each interval less price at its start (currency/share). */
  readonly priceMoves: Series;
  /** Whether the price may have a trend besides (default `false`: the line goes through the origin). */
  readonly trend?: boolean | undefined;
}

/** An estimated permanent impact: `value` is γ (currency/share²). */
export interface PermanentImpactEstimate extends Estimate {
  /** Move of an interval without trades, with `trend: true` only: the drift α times the interval (currency/share). */
  readonly trend: Estimate | undefined;
  /** Standard deviation of what the line leaves open: an estimate of σ√τ (currency/share). */
  readonly residualDeviation: number;
  /** Fraction that the line explains: of Σ move², or, with a trend, of the moves' variance. */
  readonly rSquared: number;
  /** Number of intervals. */
  readonly observations: number;
}

/**
 * Temporary impact η and half spread ε from fills: the slope and the intercept of slippage on trading rate.
 *
 * Under timing `"start"` the price model says slippage = ε + η n/τ, so the line is exact but for what was measured
 * wrongly. Under `"end"` a fill also contains its interval's noise, its drift and its own permanent impact γn: the
 * slope is then η + γτ (subtract γτ), the intercept of a sale ε − ατ.
 *
 * @param sample - rates and slippages, at least 3 of each; the result of `simulateFills` will do
 * @returns η with its standard error, ε with its, residual deviation, R² and the number of fills
 * @throws InputError when the sample is not what it should be, or all rates are the same
 * @throws RangeError when a sum of squares leaves the range of doubles
 *
 * Source: seed A section 5; AC eq. 7 for the line.
 *
 * @example
 * ```ts
 * const { value, halfSpread } = estimateTemporaryImpact({
 *   rates: [100, 200, 300, 400],
 *   slippages: [0.02, 0.031, 0.039, 0.05],
 * });
 * value; // → 0.000098
 * halfSpread.value; // → 0.0105
 * ```
 */
export function estimateTemporaryImpact(sample: TemporaryImpactSample): TemporaryImpactEstimate {
  const given = checkKeys("estimateTemporaryImpact's sample", sample, sampleFields);
  const rates = checkSample("rates", given.rates, 3, positive, "shares/time");
  const partner = { name: "rates", length: rates.length };
  const slippages = checkPartner("slippages", given.slippages, partner, "currency/share");
  if (isConstant(rates)) {
    throw new InputError(
      "rates",
      given.rates,
      "rates that differ (shares/time)",
      `Every rate is the same, ${rates[0]}, so the slope cannot be told from the intercept. Add fills at other rates.`,
    );
  }
  const { slope, intercept, ...quality } = fitLine(rates, slippages, { intercept: true });
  return Object.freeze({ ...slope, halfSpread: intercept as Estimate, ...quality });
}

/**
 * Permanent impact γ from the price moves of intervals and the net volume that was bought in them: the slope of a
 * line through the origin, or, with `trend: true`, of one with an intercept.
 *
 * Without a trend in the fit, a drift of the price goes into γ wherever buying and selling do not balance. With it,
 * volumes must vary, and the standard error grows the less they do.
 *
 * @param sample - signed volumes and price moves of intervals of equal length, at least 2 of each (3 with a trend);
 *   the result of `simulateFills` will do
 * @returns γ with its standard error, the trend where it was asked for, residual deviation, R² and the number of
 *   intervals
 * @throws InputError when the sample is not what it should be, all volumes are 0 or, with a trend, all the same
 * @throws RangeError when a sum of squares leaves the range of doubles
 *
 * Source: seed A section 5; AC eqs. 1 and 6 for the line.
 *
 * @example
 * ```ts
 * const signedVolumes = [1000, -1000, 2000];
 * const priceMoves = [0.12, -0.08, 0.22];
 * estimatePermanentImpact({ signedVolumes, priceMoves, trend: true }).value; // → 0.0001
 * estimatePermanentImpact({ signedVolumes, priceMoves, trend: true }).trend?.value; // → 0.02
 * ```
 */
export function estimatePermanentImpact(sample: PermanentImpactSample): PermanentImpactEstimate {
  const given = checkKeys("estimatePermanentImpact's sample", sample, [...sampleFields, "trend"]);
  const trend = given.trend === undefined ? false : given.trend;
  if (typeof trend !== "boolean") throw new InputError("trend", trend, "true or false");
  const volumes = checkSample("signedVolumes", given.signedVolumes, trend ? 3 : 2, anyFinite, "shares");
  const partner = { name: "signedVolumes", length: volumes.length };
  const moves = checkPartner("priceMoves", given.priceMoves, partner, "currency/share");
  if (volumes.every((volume) => volume === 0)) {
    throw new InputError(
      "signedVolumes",
      given.signedVolumes,
      "volumes that are not all 0 (shares)",
      "Every volume is 0, so no move can be an impact. Add intervals with trades.",
    );
  }
  if (trend && isConstant(volumes)) {
    throw new InputError(
      "signedVolumes",
      given.signedVolumes,
      "volumes that differ (shares)",
      `Every volume is the same, ${volumes[0]}, so the impact cannot be told from the trend. ` +
        "Add intervals with other volumes, or leave out trend.",
    );
  }
  const { slope, intercept, ...quality } = fitLine(volumes, moves, { intercept: trend });
  return Object.freeze({ ...slope, trend: intercept, ...quality });
}
