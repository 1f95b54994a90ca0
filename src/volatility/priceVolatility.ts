/**
 * From a percentage to the σ of the schedule: the step that volatility estimates and execution models both leave out.
 *
 * @module
 */

import {
  checkKeys,
  checkNumber,
  checkObject,
  checkText,
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import type { PriceVolatility } from "../support/estimate";
import { formatNumber } from "../support/format";
import type { GarchFit } from "./garchFit";
import type { SignaturePoint } from "./realized";
import type { VarianceEstimate } from "./variance";

/** What turns a fraction of the price into a price, and one clock into another. */
export interface PriceVolatilityOptions {
  /** The price S₀ that the percentage is of, above 0 (currency/share); left out where the estimate is of prices already. */
  readonly price?: number | undefined;
  /**
   * Length of the volatility's own period in the schedule's unit of time, above 0: for a yearly volatility and a schedule
   * in days 252, for a daily one and seconds 23,400 (6.5 hours of trading).
   */
  readonly periodLength: number;
}

/**
 * Every volatility that this library estimates: of returns, from `closeToCloseVolatility` and its like, a fitted GARCH (its
 * forecast of the next period is meant) or a point of a signature plot; or of prices, from `estimatePriceVolatility`.
 */
export type AnyVolatility = VarianceEstimate | GarchFit | SignaturePoint | PriceVolatility;

const fraction: NumberRange = {
  contains: (value) => value >= 0 && value <= 10,
  words: "a fraction from 0 to 10 (0.3 is 30%)",
};

/**
 * The price volatility σ of the execution model from a volatility of returns: σ = S₀ · volatility / √(period length).
 *
 * @param volatility - a volatility as a fraction (0.3 is 30%), or any estimate of the library: its volatility *of one
 *   period* is taken, not its annual one; one of prices already only changes its clock
 * @param options - price, and the length of the volatility's period in the schedule's unit of time
 * @returns σ for `defineProblem`, with standard error and interval (currency/share/√time)
 * @throws InputError when an argument is not what it should be; 30 for 30% is one such case, and an estimate of more than
 *   300% a year another: its returns were most likely in percent
 *
 * Source: AC Table 1, where 30% a year, 50 USD and 250 days give 0.95 USD/share/√day.
 *
 * @example
 * ```ts
 * priceVolatility(0.3, { price: 50, periodLength: 250 }).value; // → 0.948683
 * const daily = closeToCloseVolatility([50, 51, 50.5, 50, 50.5]);
 * const { value } = priceVolatility(daily, { price: 50, periodLength: 23_400 });
 * value / (50 * daily.volatility); // → 0.006537
 * const perMinute = estimatePriceVolatility([50, 50.1, 50, 50.1], 1);
 * priceVolatility(perMinute, { periodLength: 60 }).value / perMinute.value; // → 0.129099
 * ```
 */
export function priceVolatility(
  volatility: number | AnyVolatility,
  options: PriceVolatilityOptions,
): PriceVolatility {
  const given = checkKeys("priceVolatility's options", options, ["price", "periodLength"]);
  const clock = Math.sqrt(checkNumber("periodLength", given.periodLength, positive, "unit of time"));
  const price = (): number => checkNumber("price", given.price, positive, "currency/share");
  if (typeof volatility === "number") return certain((price() / clock) * checkFraction(volatility));
  const { ofReturns, ofPrices } = readVolatility(volatility);
  if (ofReturns !== undefined) return scaledRoot(ofReturns, price() / clock);
  if (given.price !== undefined) {
    throw new InputError("price", given.price, "left out: the estimate is of prices already, not of returns");
  }
  return scaled(ofPrices, 1 / clock);
}

/**
 * An estimate as a price volatility of a problem: one of prices as it is, one of returns where the problem's arrival price
 * and unit of time say how, and else refused.
 */
export function volatilityOf(
  volatility: unknown,
  { arrivalPrice, timeUnit, unit }: { arrivalPrice: number | undefined; timeUnit: string; unit: string },
): PriceVolatility {
  if (typeof volatility === "number") {
    return certain(checkNumber("volatility", volatility, notNegative, unit));
  }
  const { ofReturns, ofPrices } = readVolatility(volatility);
  const singular = (name: string): string => name.replace(/s$/, "");
  if (ofReturns === undefined) {
    const own = (volatility as { readonly timeUnit?: unknown }).timeUnit;
    if (typeof own !== "string" || singular(own) === singular(timeUnit)) return ofPrices;
    throw new InputError(
      "volatility.timeUnit",
      own,
      `"${timeUnit}", the problem's unit of time`,
      `Convert it first: priceVolatility(estimate, { periodLength }), with the length of a ${singular(own)} in ${singular(timeUnit)}s.`,
    );
  }
  if (arrivalPrice !== undefined && singular(ofReturns.period) === singular(timeUnit)) {
    return scaledRoot(ofReturns, arrivalPrice);
  }
  throw new InputError(
    "volatility",
    volatility,
    `a price volatility (${unit}), or one of returns per ${timeUnit} with the problem's arrivalPrice given`,
    "Convert it first: priceVolatility(estimate, { price, periodLength }).",
  );
}

/** Above this volatility a year, returns were most likely in percent: 1% a day, taken for 1, makes 1,587%. */
const mostAYear = 3;

function checkUnit(variance: number, periodsPerYear: unknown): void {
  // Where the number of periods is not known, it is at least that of days.
  const perYear = typeof periodsPerYear === "number" && periodsPerYear > 0 ? periodsPerYear : 252;
  const annual = Math.sqrt(variance * perYear);
  if (annual <= mostAYear) return;
  throw new InputError(
    "volatility",
    `${formatNumber(100 * annual)}% a year`,
    `an estimate of at most ${100 * mostAYear}% a year, as a fraction`,
    "Were the returns in percent? Estimate it from fractions, 0.01 for 1%. If it is right, hand over its volatility as a number.",
  );
}

/** What a price volatility is made of, in whatever unit. */
type Spread = Pick<VarianceEstimate, "standardError" | "interval">;

type Read =
  | {
      readonly ofReturns: Spread & Pick<VarianceEstimate, "variance" | "period">;
      readonly ofPrices?: undefined;
    }
  | { readonly ofReturns?: undefined; readonly ofPrices: PriceVolatility };

/** Tells the kinds of estimates apart by their fields. */
function readVolatility(volatility: unknown): Read {
  const words = "a volatility: a number, or an estimate of this library";
  const given = checkObject("volatility", volatility, words);
  if (given.next !== undefined && given.omega !== undefined) {
    if (given.status === "not-converged") {
      throw new InputError(
        "volatility.status",
        given.status,
        "of a fit that has converged",
        "Take an estimate that needs no fit, such as ewmaVolatility's.",
      );
    }
    return readVolatility(given.next);
  }
  if (given.estimate !== undefined) return readVolatility(given.estimate);
  if (given.variance !== undefined) {
    const variance = given.variance;
    if (!(typeof variance === "number" && variance > 0 && variance < Number.POSITIVE_INFINITY)) {
      const warnings = Array.isArray(given.warnings) ? given.warnings : [];
      throw new InputError(
        "volatility.variance",
        variance,
        "a finite number above 0, to have a square root",
        [...warnings, "Hand over another estimate, such as a fit's next or closeToCloseVolatility's."].join(
          " ",
        ),
      );
    }
    checkUnit(variance, given.periodsPerYear);
    const period = checkText("volatility.period", given.period);
    return { ofReturns: { variance, period, ...checkSpread(given, variance) } };
  }
  if (given.value === undefined) throw new InputError("volatility", volatility, words);
  const value = checkNumber("volatility.value", given.value, notNegative, "currency/share/√time");
  return { ofPrices: Object.freeze({ value, ...checkSpread(given, value) }) };
}

/**
 * Standard error and interval. An estimate on a bound, such as a GARCH fit with α = 0, has none: NaN, of which JSON makes
 * null.
 */
function checkSpread(given: Readonly<Record<string, unknown>>, middle: number): Spread {
  const { standardError, interval } = given;
  if (!Array.isArray(interval) || interval.length !== 2) {
    throw new InputError(
      "volatility.interval",
      interval,
      "an array of two numbers, its lower and its upper end",
    );
  }
  const numbers = [standardError, ...interval].map((value) => (value === null ? Number.NaN : value));
  if (numbers.every(Number.isNaN)) return { standardError: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const [error, low, high] = numbers.map((value, i) =>
    checkNumber(
      i === 0 ? "volatility.standardError" : `volatility.interval[${i - 1}]`,
      value,
      notNegative,
      "",
    ),
  );
  if (!(low <= middle && middle <= high)) {
    throw new InputError(
      "volatility.interval",
      `${low} to ${high}`,
      `one that holds the estimate, ${middle}`,
    );
  }
  return { standardError: error, interval: Object.freeze([low, high] as const) };
}

/** A number that is known. */
function certain(value: number): PriceVolatility {
  return Object.freeze({ value, standardError: 0, interval: Object.freeze([value, value] as const) });
}

function scaled({ value, standardError, interval }: PriceVolatility, factor: number): PriceVolatility {
  return Object.freeze({
    value: factor * value,
    standardError: factor * standardError,
    interval: Object.freeze([factor * interval[0], factor * interval[1]] as const),
  });
}

/** The square root of a variance, times a factor; its error by the delta method. */
function scaledRoot(
  { variance, standardError, interval }: Spread & Pick<VarianceEstimate, "variance">,
  factor: number,
): PriceVolatility {
  return Object.freeze({
    value: factor * Math.sqrt(variance),
    standardError: (factor * standardError) / (2 * Math.sqrt(variance)),
    interval: Object.freeze([factor * Math.sqrt(interval[0]), factor * Math.sqrt(interval[1])] as const),
  });
}

function checkFraction(volatility: number): number {
  if (volatility > 10) {
    throw new InputError("volatility", volatility, fraction.words, "Is it in percent? Write 0.3 for 30%.");
  }
  return checkNumber("volatility", volatility, fraction, "");
}
