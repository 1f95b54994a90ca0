/**
 * Variance of one period from the prices within it: realized variance, and two answers to what spoils it, jumps and
 * the noise of trading.
 *
 * @module
 */
import { checkChoice, checkInteger, checkKeys, checkNumbers, positive } from "../support/checks";
import type { Series } from "../support/numbers";
import { logReturns } from "./closeToClose";
import {
  checkSeries,
  type VarianceEstimate,
  type VarianceOptions,
  varianceEstimate,
  varianceOptions,
  varianceSettings,
} from "./variance";

/**
 * Realized variance Σ r² of a period: exact in the limit of ever finer prices, if these had no noise. With noise of
 * variance ω² in each logarithm of a price, n returns add 2nω²: sample more coarsely, or use `twoScaleVariance`.
 *
 * The standard error is √(⅔ Σ r⁴). It belongs to the variance that this one period had.
 *
 * @param prices - at least 3 prices of one period at equal distances, above 0, in the order of time (currency/share)
 * @param options - period that the prices span (default one day), periods a year, level of the interval
 * @returns the variance of the period from first to last price: a night before the open is not in it
 * @throws InputError when an argument is not what it should be
 *
 * Source: O. E. Barndorff-Nielsen and N. Shephard, Journal of the Royal Statistical Society B 64 (2002) 253–280.
 *
 * @example
 * ```ts
 * const { variance, observations } = realizedVariance([100, 100.1, 100, 100.2, 100.1]);
 * variance; // → 0.000006987
 * observations; // → 4
 * ```
 */
export function realizedVariance(prices: Series, options: VarianceOptions = {}): VarianceEstimate {
  const settings = varianceSettings(checkKeys("realizedVariance's options", options, varianceOptions));
  const r = logReturns(checkSeries("prices", prices, 3, positive, "currency/share"));
  let [squares, fourths] = [0, 0];
  for (let i = 0; i < r.length; i++) {
    const square = r[i] ** 2;
    squares += square;
    fourths += square * square;
  }
  return varianceEstimate("Realized variance", squares, Math.sqrt((2 / 3) * fourths), r.length, settings);
}

/** What `bipowerVariation` takes besides. */
export interface BipowerOptions extends VarianceOptions {
  /**
   * - `"raw"` (default): the sum as it stands, of n − 1 products;
   * - `"small-sample"`: times n/(n − 1), since n returns have only n − 1 pairs of neighbors.
   */
  readonly correction?: "raw" | "small-sample" | undefined;
}

/**
 * Bipower variation (π/2) Σ |r_i| |r_{i−1}|: what of a realized variance is due to continuous movement. A jump makes one
 * large return, whose neighbors are small, and hardly counts; realized less bipower variation is about the jumps' part.
 *
 * The standard error is √(2.609 Q), with Q = (π²/4) Σ |r_i r_{i−1} r_{i−2} r_{i−3}|, which jumps leave alone as well.
 *
 * @param prices - at least 5 prices of one period at equal distances, above 0, in the order of time (currency/share)
 * @param options - correction, period that the prices span, periods a year, level of the interval
 * @returns the variance of the period without its jumps
 * @throws InputError when an argument is not what it should be
 *
 * Source: O. E. Barndorff-Nielsen and N. Shephard, Journal of Financial Econometrics 2 (2004) 1–37.
 *
 * @example
 * ```ts
 * const prices = [100, 100.1, 100, 100.1, 103, 102.9, 103]; // one jump of 3%
 * bipowerVariation(prices).variance < 0.2 * realizedVariance(prices).variance; // → true
 * ```
 */
export function bipowerVariation(prices: Series, options: BipowerOptions = {}): VarianceEstimate {
  const given = checkKeys("bipowerVariation's options", options, [...varianceOptions, "correction"]);
  const settings = varianceSettings(given);
  const factor = correctionOf(given.correction, 0);
  const r = logReturns(checkSeries("prices", prices, 5, positive, "currency/share"));
  const n = r.length;
  const size = (i: number): number => Math.abs(r[i]);
  let [pairs, fours] = [0, 0];
  for (let i = 1; i < n; i++) {
    const pair = size(i) * size(i - 1);
    pairs += pair;
    if (i >= 3) fours += pair * size(i - 2) * size(i - 3);
  }
  const scale = factor === "raw" ? 1 : n / (n - 1);
  const asymptotic = Math.PI ** 2 / 4 + Math.PI - 3;
  return varianceEstimate(
    "Bipower variation",
    scale * (Math.PI / 2) * pairs,
    scale * Math.sqrt(asymptotic * (Math.PI ** 2 / 4) * fours),
    n,
    settings,
  );
}

/** What `twoScaleVariance` takes besides. */
export interface TwoScaleOptions extends VarianceOptions {
  /** K: number of grids, which is how many steps the coarse returns span, an integer from 2 to half the returns (default 5). */
  readonly grids?: number | undefined;
  /**
   * - `"raw"`: as the paper's first form has it;
   * - `"small-sample"` (default): divided by 1 − n̄/n, without which it falls short by that share.
   */
  readonly correction?: "raw" | "small-sample" | undefined;
}

/** A two-scale estimate, with the noise that it found. */
export interface TwoScaleEstimate extends VarianceEstimate {
  /** Variance of the noise in each logarithm of a price, RV/2n: a bid–ask bounce of ±ε around S has (ε/S)² (pure number). */
  readonly noiseVariance: number;
}

/**
 * Two-scale realized variance: the mean of realized variances on K coarse grids, less the noise that the finest grid
 * shows, n̄/n times its realized variance. The noise cancels, the movement stays.
 *
 * The standard error has both parts of the theory, 8nω⁴/K² from the noise and (4/3)K·Q from coarseness, with
 * Q = Σ (p_{i+K} − p_i)⁴/(3K²).
 *
 * @param prices - at least 5 prices of one period at equal distances, above 0, in the order of time (currency/share)
 * @param options - number of grids, correction, period that the prices span, periods a year, level of the interval
 * @returns the variance of the period, and the noise's; in small samples the variance can come out below 0, which its
 *   `warnings` say
 * @throws InputError when an argument is not what it should be
 *
 * Source: L. Zhang, P. A. Mykland and Y. Aït-Sahalia, Journal of the American Statistical Association 100 (2005)
 * 1394–1411, eqs. 55 and 64.
 *
 * @example
 * ```ts
 * // A price that only bounces between bid and ask has no variance of its own.
 * const bounce = Array.from({ length: 400 }, (_, i) => 100 + 0.01 * ((i * 7 + (i >> 2)) % 2));
 * twoScaleVariance(bounce).variance < 0.01 * realizedVariance(bounce).variance; // → true
 * ```
 */
export function twoScaleVariance(prices: Series, options: TwoScaleOptions = {}): TwoScaleEstimate {
  const given = checkKeys("twoScaleVariance's options", options, [...varianceOptions, "grids", "correction"]);
  const settings = varianceSettings(given);
  const correction = correctionOf(given.correction, 1);
  const p = logLevels(checkSeries("prices", prices, 5, positive, "currency/share"));
  const n = p.length - 1;
  const K = given.grids === undefined ? Math.min(5, n >> 1) : checkInteger("grids", given.grids, 2, n >> 1);
  const fine = sumOfPowers(p, 1);
  const coarse = sumOfPowers(p, K);
  const nBar = (n - K + 1) / K;
  const scale = correction === "raw" ? 1 : 1 / (1 - nBar / n);
  const noiseVariance = fine.squares / (2 * n);
  const quarticity = coarse.fourths / (3 * K * K);
  const error = Math.sqrt((8 * n * noiseVariance ** 2) / (K * K) + (4 / 3) * K * quarticity);
  const [movement, noise] = [coarse.squares / K, (nBar / n) * fine.squares];
  // Where the two cancel, as on a price that only bounces, what is left of them is their rounding.
  const isNothing = Math.abs(movement - noise) <= 1e-14 * n * noise;
  const estimate = varianceEstimate(
    `Two-scale${correction === "raw" ? ", raw" : ""}, K = ${K}`,
    isNothing ? 0 : scale * (movement - noise),
    scale * error,
    n,
    settings,
  );
  return Object.freeze({ ...estimate, noiseVariance });
}

/** One point of a signature plot: realized variance at one sampling interval. */
export interface SignaturePoint {
  /** Steps of the finest grid that a return spans. */
  readonly step: number;
  /** The realized variance at this step. */
  readonly estimate: VarianceEstimate;
}

/**
 * The signature of a period: realized variance by sampling interval, each the mean over all grids of that spacing.
 * Without noise it is flat; the noise of trading lifts its left end, where returns are short.
 *
 * The mean over K grids of the n − K + 1 returns is scaled by n/(n − K + 1), so that coarse grids lose nothing at the ends.
 *
 * @param prices - at least 5 prices of one period at equal distances, above 0, in the order of time (currency/share)
 * @param steps - sampling intervals as numbers of steps, integers from 1 to half the returns
 * @param options - period that the prices span, periods a year, level of the interval
 * @returns a point for each step
 * @throws InputError when an argument is not what it should be
 *
 * Source: T. G. Andersen, T. Bollerslev, F. X. Diebold and P. Labys, Risk 13 (March 2000) 105–108.
 *
 * @example
 * ```ts
 * const bounce = Array.from({ length: 400 }, (_, i) => 100 + 0.01 * ((i * 7 + (i >> 2)) % 2));
 * const [fine, coarse] = varianceSignature(bounce, [1, 8]);
 * fine.estimate.variance > 4 * coarse.estimate.variance; // → true
 * ```
 */
export function varianceSignature(
  prices: Series,
  steps: Series,
  options: VarianceOptions = {},
): readonly SignaturePoint[] {
  const settings = varianceSettings(checkKeys("varianceSignature's options", options, varianceOptions));
  const p = logLevels(checkSeries("prices", prices, 5, positive, "currency/share"));
  const n = p.length - 1;
  const checked = checkNumbers("steps", steps, steps?.length, positive, "steps");
  return Object.freeze(
    checked.map((step, i) => {
      const K = checkInteger(`steps[${i}]`, step, 1, n >> 1);
      const { squares, fourths } = sumOfPowers(p, K);
      const scale = n / (n - K + 1);
      const error = Math.sqrt((K === 1 ? 2 : (4 / 3) * K) * (fourths / (3 * K * K)));
      const estimate = varianceEstimate(`Step ${K}`, (scale * squares) / K, scale * error, n, settings);
      return Object.freeze({ step: K, estimate });
    }),
  );
}

/** Logarithms of prices as running sums of returns: levels would lose the digits that differences need. */
function logLevels(prices: Series): Float64Array {
  const returns = logReturns(prices);
  const levels = new Float64Array(prices.length);
  for (let i = 0; i < returns.length; i++) levels[i + 1] = levels[i] + returns[i];
  return levels;
}

/** Sums of squares and fourth powers of all returns over K steps. */
function sumOfPowers(p: Float64Array, K: number): { readonly squares: number; readonly fourths: number } {
  let [squares, fourths] = [0, 0];
  for (let i = K; i < p.length; i++) {
    const square = (p[i] - p[i - K]) ** 2;
    squares += square;
    fourths += square * square;
  }
  return { squares, fourths };
}

/** The choice of correction, where the default is the one at an index. */
function correctionOf(value: unknown, index: 0 | 1): "raw" | "small-sample" {
  const choices = ["raw", "small-sample"] as const;
  return checkChoice("correction", value === undefined ? choices[index] : value, choices);
}
