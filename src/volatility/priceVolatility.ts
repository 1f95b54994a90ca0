/**
 * From a percentage to the σ of the schedule: the step that volatility estimates and execution models both leave out.
 *
 * @module
 */
import { checkKeys, checkNumber, type NumberRange, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import type { VarianceEstimate } from "./variance";

/** What turns a share of the price into a price, and one clock into another. */
export interface PriceVolatilityOptions {
  /** The price S₀ that the percentage is of, above 0 (currency/share). */
  readonly price: number;
  /**
   * Length of the volatility's own period in the schedule's unit of time, above 0: for a yearly volatility and a schedule
   * in days 252, for a daily one and seconds 23,400 (6.5 hours of trading).
   */
  readonly periodLength: number;
}

/** A price volatility: `value` is σ (currency/share/√time). */
export interface PriceVolatility extends Estimate {
  /** Interval of σ at the estimate's level; both ends are σ itself where a known number was given. */
  readonly interval: readonly [number, number];
}

const fraction: NumberRange = {
  contains: (value) => value >= 0 && value <= 10,
  words: "a volatility as a fraction from 0 to 10",
};

/**
 * The price volatility σ of the execution model from a volatility of returns: σ = S₀ · volatility / √(period length).
 *
 * @param volatility - a volatility as a fraction (0.3 is 30 %), or an estimate: its volatility *of one period* is taken,
 *   not its annual one
 * @param options - price, and the length of the volatility's period in the schedule's unit of time
 * @returns σ for `defineProblem`, with standard error and interval (currency/share/√time)
 * @throws InputError when an argument is not what it should be; 30 for 30 % is one such case
 *
 * Source: AC Table 1, where 30 % a year, 50 USD and 250 days give 0.95 USD/share/√day.
 *
 * @example
 * ```ts
 * priceVolatility(0.3, { price: 50, periodLength: 250 }).value; // → 0.948683
 * const daily = closeToCloseVolatility([50, 51, 50.5, 50, 50.5]);
 * const { value } = priceVolatility(daily, { price: 50, periodLength: 23_400 });
 * value / (50 * daily.volatility); // → 0.006537
 * ```
 */
export function priceVolatility(
  volatility: number | VarianceEstimate,
  options: PriceVolatilityOptions,
): PriceVolatility {
  const given = checkKeys("priceVolatility's options", options, ["price", "periodLength"]);
  const S0 = checkNumber("price", given.price, positive, "currency/share");
  const length = checkNumber("periodLength", given.periodLength, positive, "unit of time");
  const factor = S0 / Math.sqrt(length);
  if (typeof volatility === "object" && volatility !== null) {
    const { variance, standardError, interval } = volatility;
    if (!(variance > 0)) {
      throw new InputError("volatility.variance", variance, "above 0, to have a square root");
    }
    return Object.freeze({
      value: factor * Math.sqrt(variance),
      standardError: (factor * standardError) / (2 * Math.sqrt(variance)),
      interval: Object.freeze([factor * Math.sqrt(interval[0]), factor * Math.sqrt(interval[1])] as const),
    });
  }
  if (typeof volatility === "number" && volatility > 10) {
    throw new InputError("volatility", volatility, fraction.words, "Is it in percent? Write 0.3 for 30 %.");
  }
  const value = factor * checkNumber("volatility", volatility, fraction, "");
  return Object.freeze({ value, standardError: 0, interval: Object.freeze([value, value] as const) });
}
