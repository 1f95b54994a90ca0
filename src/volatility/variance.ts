/**
 * What every estimate of a variance says of itself: how large, how sure, over which period, and what that is a year.
 *
 * @module
 */

import {
  anyFinite,
  checkInteger,
  checkName,
  checkNumber,
  isList,
  type NumberRange,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { normalQuantile } from "../support/normalDistribution";
import type { Series } from "../support/numbers";

/** How an estimate is to be stated. */
export interface VarianceOptions {
  /** Name of the period that one return spans (default `"day"`). */
  readonly period?: string | undefined;
  /** Number of such periods in a year, above 0 (default 252, the trading days). */
  readonly periodsPerYear?: number | undefined;
  /** Probability that the intervals are to cover the truth with, between 0 and 1 (default 0.95). */
  readonly level?: number | undefined;
}

/** The same for estimates that are means over periods. */
export interface MeanVarianceOptions extends VarianceOptions {
  /**
   * Up to how many periods apart the terms of the mean may be correlated, an integer from 0 (default: 0, none). Where
   * volatility comes in clusters, 20 or more say honestly how well the *lasting* level of variance is known (Newey and
   * West 1987).
   */
  readonly lags?: number | undefined;
}

/** An estimated variance of logarithmic returns. Frozen. */
export interface VarianceEstimate {
  /** The estimator, as it stands in a table. */
  readonly method: string;
  /** Variance of the return of one period (pure number). */
  readonly variance: number;
  /** Standard error of `variance`. */
  readonly standardError: number;
  /**
   * Interval for the variance at the asked level, `variance · exp(±z · standardError / variance)`: symmetric in the
   * logarithm, in which a variance is nearer to normal, and never below 0.
   */
  readonly interval: readonly [number, number];
  /** Probability that the intervals are to cover the truth with. */
  readonly level: number;
  /** √variance, the volatility of one period; NaN where the estimate is negative. */
  readonly volatility: number;
  /** √(variance · periodsPerYear): 0.3 is 30 % a year. */
  readonly annualVolatility: number;
  /** The interval, as annual volatilities. */
  readonly annualInterval: readonly [number, number];
  /** What one period is. */
  readonly period: string;
  readonly periodsPerYear: number;
  /** Number of returns or bars that went into it. */
  readonly observations: number;
}

/** Options with their defaults filled in. */
export interface VarianceSettings {
  readonly period: string;
  readonly periodsPerYear: number;
  readonly level: number;
  /** The level's quantile: 1.96 for 0.95. */
  readonly z: number;
  readonly lags: number;
}

/** The names of the options that every estimator takes. */
export const varianceOptions: readonly string[] = ["period", "periodsPerYear", "level"];
export const meanVarianceOptions: readonly string[] = [...varianceOptions, "lags"];

const probability: NumberRange = {
  contains: (value) => value > 0 && value < 1,
  words: "a number between 0 and 1, both excluded",
};

/** Fills in defaults. */
export function varianceSettings(given: Readonly<Record<string, unknown>>): VarianceSettings {
  const { period, periodsPerYear, lags } = given;
  const level = given.level === undefined ? 0.95 : checkNumber("level", given.level, probability, "");
  return {
    period: period === undefined ? "day" : checkName("period", period),
    periodsPerYear:
      periodsPerYear === undefined
        ? 252
        : checkNumber("periodsPerYear", periodsPerYear, positive, "periods a year"),
    level,
    z: normalQuantile(0.5 + 0.5 * level),
    lags: lags === undefined ? 0 : checkInteger("lags", lags, 0, 10_000),
  };
}

/** An estimate in full, from a variance, its standard error and the number of observations. */
export function varianceEstimate(
  method: string,
  variance: number,
  standardError: number,
  observations: number,
  { period, periodsPerYear, level, z }: VarianceSettings,
): VarianceEstimate {
  // A two-scale estimate can fall below 0 in a small sample: it then has no logarithm and no root.
  const factor = variance === 0 ? 1 : Math.exp((z * standardError) / variance);
  const interval: readonly [number, number] =
    variance < 0
      ? [variance - z * standardError, variance + z * standardError]
      : [variance / factor, variance * factor];
  const annual = (value: number): number => Math.sqrt(value * periodsPerYear);
  return Object.freeze({
    method,
    variance,
    standardError,
    interval: Object.freeze(interval),
    level,
    volatility: Math.sqrt(variance),
    annualVolatility: annual(variance),
    annualInterval: Object.freeze([annual(interval[0]), annual(interval[1])] as const),
    period,
    periodsPerYear,
    observations,
  });
}

/** A series of at least so many finite numbers within a range, as it is: long columns are not copied. */
export function checkSeries(
  parameter: string,
  values: unknown,
  least: number,
  range: NumberRange = anyFinite,
  unit = "",
): Series {
  const ofUnit = unit === "" ? "" : ` (${unit})`;
  if (!isList(values) || values.length < least) {
    throw new InputError(parameter, values, `an array of at least ${least} numbers${ofUnit}`);
  }
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value !== "number" || !Number.isFinite(value) || !range.contains(value)) {
      checkNumber(`${parameter}[${i}]`, value, range, unit);
    }
  }
  return values as Series;
}
