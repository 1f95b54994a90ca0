/**
 * Prices within a day with a known truth: the noise of trading, and a jump.
 *
 * @module
 */

import { anyFinite, checkInteger, checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { checkSeed, fillNormals, stream } from "../support/normals";

/** What prices within a day to simulate. */
export interface IntradayOptions {
  /** Number of steps, an integer from 4 to 10,000,000; there is one price more. */
  readonly steps: number;
  /** True volatility of the whole day without its jump, above 0 (pure number). */
  readonly volatility: number;
  /** Seed of the random numbers. */
  readonly seed: number | string;
  /** Half-spread as a fraction of the price, 0 or above (default 0): each price is bid or ask by chance. */
  readonly halfSpread?: number | undefined;
  /** One jump of the logarithm of the price, in the middle of the day (default 0). */
  readonly jump?: number | undefined;
}

/**
 * Simulates the prices of one day at equal distances, with the noise of trading and a jump where they are asked for.
 *
 * @param options - number of steps, volatility, seed, half spread, jump
 * @returns `steps + 1` prices from about 100
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const prices = simulateIntraday({ steps: 390, volatility: 0.01, seed: 1 });
 * const { variance, standardError } = realizedVariance(prices);
 * Math.abs(variance - 0.01 ** 2) < 3 * standardError; // → true
 * ```
 */
export function simulateIntraday(options: IntradayOptions): readonly number[] {
  const given = checkKeys("simulateIntraday's options", options, [
    ...["steps", "volatility", "seed", "halfSpread", "jump"],
  ]);
  const steps = checkInteger("steps", given.steps, 4, 10_000_000);
  const deviation =
    checkNumber("volatility", given.volatility, positive, "a pure number per √day") / Math.sqrt(steps);
  const bounce =
    given.halfSpread === undefined
      ? 0
      : checkNumber("halfSpread", given.halfSpread, notNegative, "fraction of the price");
  const jump = given.jump === undefined ? 0 : checkNumber("jump", given.jump, anyFinite, "logarithm");
  const seed = checkSeed(given.seed);
  const moves = new Float64Array(steps);
  const signs = new Float64Array(steps + 1);
  fillNormals(stream(`${seed}:intraday`), moves, steps);
  fillNormals(stream(`${seed}:bounce`), signs, steps + 1);
  const prices = new Array<number>(steps + 1);
  let level = 0;
  for (let i = 0; i <= steps; i++) {
    if (i > 0) level += deviation * moves[i - 1];
    if (i === steps >> 1) level += jump;
    prices[i] = 100 * Math.exp(level + (signs[i] < 0 ? -bounce : bounce));
  }
  return prices;
}
