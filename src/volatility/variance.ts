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
  /**
   * Number of such periods in a year, above 0. Left out, it is that of the period's name: 252 for a `"day"` or
   * `"session"`, 52 for a `"week"`, 12 for a `"month"`, 4 for a `"quarter"`, 1 for a `"year"`; for any other period,
   * minutes among them, there are then no annual figures, and `warnings` say so.
   */
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
  /** Standard error of `variance`; NaN where there is none, and `warnings` then say why. */
  readonly standardError: number;
  /**
   * Interval for the variance at the asked level, `variance · exp(±z · standardError / variance)`: symmetric in the
   * logarithm, in which a variance is nearer to normal, and never below 0. Where the estimate is not above 0 it has no
   * logarithm: the interval is then `variance ± z · standardError`.
   */
  readonly interval: readonly [number, number];
  /** Probability that the intervals are to cover the truth with. */
  readonly level: number;
  /** √variance, the volatility of one period; NaN where the estimate is negative. */
  readonly volatility: number;
  /** √(variance · periodsPerYear): 0.3 is 30% a year; NaN where there is none, and `warnings` then say why. */
  readonly annualVolatility: number;
  /** The interval, as annual volatilities; where it begins below 0, from 0. */
  readonly annualInterval: readonly [number, number];
  /** What one period is. */
  readonly period: string;
  /** NaN where it is not known. */
  readonly periodsPerYear: number;
  /** Number of returns or bars that went into it. */
  readonly observations: number;
  /** What is not as it should be, in words: no error, no volatility, no annual figures, rows that look wrong. */
  readonly warnings: readonly string[];
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

/** Where the name of a period tells how many make a year: of days those on which markets are open. */
const yearly: Readonly<Record<string, number>> = {
  day: 252,
  session: 252,
  week: 52,
  month: 12,
  quarter: 4,
  year: 1,
};

/** Fills in defaults. */
export function varianceSettings(given: Readonly<Record<string, unknown>>): VarianceSettings {
  const { periodsPerYear, lags } = given;
  const period = given.period === undefined ? "day" : checkName("period", given.period);
  const level = given.level === undefined ? 0.95 : checkNumber("level", given.level, probability, "");
  const ofName = Object.entries(yearly).find(([name]) => name === period.replace(/s$/, ""))?.[1];
  return {
    period,
    periodsPerYear:
      periodsPerYear === undefined
        ? (ofName ?? Number.NaN)
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
  warnings: readonly string[] = [],
): VarianceEstimate {
  const factor = Math.exp((z * standardError) / variance);
  const isLogarithmic = variance > 0 || (variance === 0 && standardError === 0);
  const interval: readonly [number, number] = !isLogarithmic
    ? [variance - z * standardError, variance + z * standardError]
    : variance === 0
      ? [0, 0]
      : [variance / factor, variance * factor];
  const annual = (value: number): number => Math.sqrt(value * periodsPerYear);
  const annualInterval = [annual(Math.max(0, interval[0])), annual(interval[1])] as const;
  return Object.freeze({
    method,
    variance,
    standardError,
    interval: Object.freeze(interval),
    level,
    volatility: Math.sqrt(variance),
    annualVolatility: annual(variance),
    annualInterval: Object.freeze(annualInterval),
    period,
    periodsPerYear,
    observations,
    warnings: Object.freeze([...warnings, ...ofVariance(variance), ...ofPeriod(period, periodsPerYear)]),
  });
}

function ofVariance(variance: number): readonly string[] {
  if (!(variance < 0)) return [];
  return [
    `The estimate is ${variance.toExponential(2)}, below 0: noise outweighs what the price moved, and there is no volatility. ` +
      "Use more data, or coarser sampling.",
  ];
}

function ofPeriod(period: string, periodsPerYear: number): readonly string[] {
  if (!Number.isNaN(periodsPerYear)) return [];
  return [
    `There are no annual figures: how many periods of a ${period} make a year is not known. Give periodsPerYear; ` +
      "minutes of a day of 6.5 hours are 98,280.",
  ];
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
