/**
 * Volatility from closing prices alone: the sample variance of returns, and its running cousin.
 *
 * @module
 */
import { checkChoice, checkKeys, checkNumber, type NumberRange, positive } from "../support/checks";
import { plainArray, type Series } from "../support/numbers";
import { returnsOf } from "./logRatio";
import { Moments } from "./moments";
import {
  checkSeries,
  type MeanVarianceOptions,
  meanVarianceOptions,
  type VarianceEstimate,
  type VarianceOptions,
  varianceEstimate,
  varianceOptions,
  varianceSettings,
} from "./variance";

/**
 * Logarithmic returns r_i = ln(p_i / p_{i−1}).
 *
 * @param prices - at least 2 prices above 0, in the order of time (currency/share)
 * @returns one return fewer than there are prices (pure numbers: 0.01 is about 1%)
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * logReturns([100, 101, 100])[0]; // → 0.00995
 * ```
 */
export function logReturns(prices: Series): readonly number[] {
  return plainArray(returnsOf(checkSeries("prices", prices, 2, positive, "currency/share")));
}

/** What `closeToCloseVolatility` takes besides. */
export interface CloseToCloseOptions extends MeanVarianceOptions {
  /**
   * - `"estimated"` (default): deviations from the sample's mean, divisor one less than the number of returns;
   * - `"zero"`: squared returns as they are. Over days a trend is small against noise, so that assuming none costs less
   *   than estimating it.
   */
  readonly mean?: "estimated" | "zero" | undefined;
}

/**
 * The close-to-close estimate: the variance of returns from one close to the next, nights included. Prices repeated on days
 * on which the market was closed make it too low; `tradedBars` leaves such rows out where there is a volume.
 *
 * @param prices - at least 3 closing prices above 0, in the order of time (currency/share)
 * @param options - mean, period, periods a year, level of the interval, lags
 * @returns the variance of a period, with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const prices = [100, 101, 100, 102, 101];
 * closeToCloseVolatility(prices).volatility; // → 0.01486
 * closeToCloseVolatility(prices, { mean: "zero" }).annualVolatility; // → 0.20808
 * ```
 */
export function closeToCloseVolatility(prices: Series, options: CloseToCloseOptions = {}): VarianceEstimate {
  const given = checkKeys("closeToCloseVolatility's options", options, [...meanVarianceOptions, "mean"]);
  const settings = varianceSettings(given);
  const isZero =
    checkChoice("mean", given.mean === undefined ? "estimated" : given.mean, ["estimated", "zero"]) ===
    "zero";
  const returns = returnsOf(checkSeries("prices", prices, 3, positive, "currency/share"));
  const n = returns.length;
  const average = new Moments(0);
  if (!isZero) average.add(returns, n);
  const factor = isZero ? 1 : n / (n - 1);
  const squares = new Moments(settings.lags);
  squares.add(
    returns.map((r) => factor * (r - average.mean) ** 2),
    n,
  );
  const name = isZero ? "Close-to-close, zero mean" : "Close-to-close";
  return varianceEstimate(name, squares.mean, squares.standardError, n, settings);
}

/** What `ewmaVolatility` takes besides. */
export interface EwmaOptions extends VarianceOptions {
  /** λ: weight of yesterday's variance, between 0 and 1 (default 0.94, RiskMetrics for days). */
  readonly decay?: number | undefined;
  /**
   * Where the recursion starts:
   *
   * - `"first-return"` (default): at r₁², and goes on with r₂;
   * - `"sample-variance"`: at the sample variance of all returns, and goes on with r₁. It looks ahead: not for forecasts.
   */
  readonly start?: "first-return" | "sample-variance" | undefined;
}

const decayRange: NumberRange = {
  contains: (value) => value > 0 && value < 1,
  words: "a number between 0 and 1, both excluded",
};

/**
 * The exponentially weighted moving average s² ← λ s² + (1 − λ) r², as RiskMetrics has it. After the last return s² is
 * the forecast for the *next* period, and for every later one.
 *
 * It is a weighted mean of squared returns with weights w_i; its standard error is √(Σ w_i² (r_i² − s²)² / (1 − Σ w_i²)),
 * which becomes the usual one for equal weights. With λ = 0.94 it remembers 33 periods, and its errors are accordingly
 * wide.
 *
 * @param prices - at least 3 closing prices above 0, in the order of time (currency/share)
 * @param options - decay, start, period, periods a year, level of the interval
 * @returns the next period's variance, with its errors, and annualized
 * @throws InputError when an argument is not what it should be
 *
 * Source: J.P. Morgan/Reuters, RiskMetrics Technical Document, 4th ed. (1996) § 5.2.
 *
 * @example
 * ```ts
 * ewmaVolatility([100, 101, 100, 102, 101]).volatility; // → 0.01074
 * ```
 */
export function ewmaVolatility(prices: Series, options: EwmaOptions = {}): VarianceEstimate {
  const given = checkKeys("ewmaVolatility's options", options, [...varianceOptions, "decay", "start"]);
  const settings = varianceSettings(given);
  const λ = given.decay === undefined ? 0.94 : checkNumber("decay", given.decay, decayRange, "");
  const starts = ["first-return", "sample-variance"] as const;
  const start = checkChoice("start", given.start === undefined ? "first-return" : given.start, starts);
  const returns = returnsOf(checkSeries("prices", prices, 3, positive, "currency/share"));
  const n = returns.length;
  const isFirst = start === "first-return";
  const initial = isFirst ? returns[0] ** 2 : closeToCloseVolatility(prices).variance;
  const from = isFirst ? 1 : 0;
  let variance = initial;
  for (let i = from; i < n; i++) variance = λ * variance + (1 - λ) * returns[i] ** 2;

  // Backwards from the newest return, whose weight is 1 − λ; the start has the weight that is left.
  let weight = 1 - λ;
  let [spread, weights] = [0, 0];
  const count = (square: number, w: number): void => {
    spread += (w * (square - variance)) ** 2;
    weights += w * w;
  };
  for (let i = n - 1; i >= from; i--) {
    count(returns[i] ** 2, weight);
    weight *= λ;
  }
  count(initial, λ ** (n - from));
  const name = `EWMA, λ = ${λ}`;
  return varianceEstimate(name, variance, Math.sqrt(spread / (1 - weights)), n, settings);
}
