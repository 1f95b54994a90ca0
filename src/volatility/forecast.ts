/**
 * Forecasts of variance, made day by day with what was known the day before, and judged by what came.
 *
 * @module
 */

import { checkBars, type PriceBars } from "../support/bars";
import { checkInteger, checkKeys, checkProgress, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import { plainArray, type Series, total } from "../support/numbers";
import { fitGarch } from "./garch";
import { returnsOf } from "./logRatio";
import { blockLength, Moments } from "./moments";
import { yangZhangVolatility } from "./range";
import { checkSeries } from "./variance";

/** How to walk forward. */
export interface WalkOptions {
  /** Number of returns that the first forecast may use, an integer from 100. */
  readonly first: number;
  /** GARCH is fitted anew after so many days, an integer from 1 (default 20). */
  readonly refitEvery?: number | undefined;
  /** Called after each fit, and once at the end, with the fraction completed (0 to 1); `progressBar` makes one. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Forecasts for the same days by several methods, and what came. */
export interface WalkForward {
  /** Index of the bar that the first forecast is for. */
  readonly start: number;
  /** Forecast variance of each day from `start` on, by method. */
  readonly forecasts: Readonly<Record<string, readonly number[]>>;
  /** Squared return of each of these days: a noisy measurement of its variance, but a fair one. */
  readonly outcomes: readonly number[];
}

/** Days that the short memories reach back. */
const shortWindow = 20;

/**
 * Forecasts the variance of each next day's return from close to close, each from earlier bars alone: the mean of all
 * squared returns so far, the mean of the last 20, EWMA with λ = 0.94, Yang–Zhang over the last 20 bars, GARCH(1,1).
 *
 * @param bars - daily bars in the order of time
 * @param options - size of the first sample, days between fits of GARCH
 * @returns forecasts by method and the squared returns that came
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const bars = simulateBars({ bars: 600, volatility: 0.02, seed: 1, garch: { alpha: 0.1, beta: 0.85 } });
 * const { forecasts, outcomes } = walkForward(bars, { first: 500 });
 * Object.keys(forecasts).length; // → 5
 * outcomes.length; // → 99
 * ```
 */
export function walkForward(bars: PriceBars, options: WalkOptions): WalkForward {
  const { close, ...others } = checkBars(bars, 102);
  const given = checkKeys("walkForward's options", options, ["first", "refitEvery", "onProgress"]);
  const onProgress = checkProgress(given.onProgress);
  const r = returnsOf(close);
  const first = checkInteger("first", given.first, 100, r.length - 1);
  const refitEvery =
    given.refitEvery === undefined ? 20 : checkInteger("refitEvery", given.refitEvery, 1, 10_000);
  const days = r.length - first;
  const [all, window, ewma, range, garch] = [1, 2, 3, 4, 5].map(() => new Float64Array(days)) as [
    ...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
  ];
  let squares = 0;
  let smooth = r[0] ** 2;
  for (let i = 0; i < first; i++) squares += r[i] ** 2;
  for (let i = 1; i < first; i++) smooth = 0.94 * smooth + 0.06 * r[i] ** 2;
  let model = garchState(r, first);
  for (let day = 0; day < days; day++) {
    // Known: returns 0 … known − 1, which are bars 0 … known.
    const known = first + day;
    if (day > 0 && day % refitEvery === 0) {
      model = garchState(r, known);
      onProgress?.(day / days);
    }
    all[day] = squares / known;
    ewma[day] = smooth;
    garch[day] = model.next;
    let recent = 0;
    for (let i = known - shortWindow; i < known; i++) recent += r[i] ** 2;
    window[day] = recent / shortWindow;
    const from = known - shortWindow;
    const part = (column: Series): Series => column.slice(from, known + 1);
    range[day] = yangZhangVolatility({
      open: part(others.open),
      high: part(others.high),
      low: part(others.low),
      close: part(close),
    }).variance;

    const square = r[known] ** 2;
    squares += square;
    smooth = 0.94 * smooth + 0.06 * square;
    model = { ...model, next: model.ω + model.α * square + model.β * model.next };
  }
  onProgress?.(1);
  return Object.freeze({
    start: first + 1,
    forecasts: Object.freeze({
      "Mean of all": plainArray(all),
      [`Mean of ${shortWindow} days`]: plainArray(window),
      "EWMA, λ = 0.94": plainArray(ewma),
      [`Yang–Zhang, ${shortWindow} days`]: plainArray(range),
      "GARCH(1,1)": plainArray(garch),
    }),
    outcomes: plainArray(r.subarray(first).map((value) => value * value)),
  });
}

interface GarchState {
  readonly ω: number;
  readonly α: number;
  readonly β: number;
  readonly next: number;
}

/** GARCH as fitted to the first `count` returns. */
function garchState(returns: Float64Array, count: number): GarchState {
  const { omega, alpha, beta, next } = fitGarch(returns.subarray(0, count));
  return { ω: omega.value, α: alpha.value, β: beta.value, next: next.variance };
}

/** Options of `compareForecasts`. */
export interface ComparisonOptions {
  /** The method to compare with. */
  readonly benchmark: string;
  /** Days over which losses may be correlated, an integer from 0 (default 20). */
  readonly lags?: number | undefined;
}

/** How good a method's forecasts were, alone and beside another's. */
export interface ForecastScore {
  readonly method: string;
  /** Mean QLIKE loss, ln h + x/h (smaller is better; only differences mean something). */
  readonly loss: Estimate;
  /** Mean loss less the benchmark's: below 0, this one was better. */
  readonly difference: Estimate;
  /** Mean of outcomes over mean of forecasts: above 1, the forecasts were too low. */
  readonly level: number;
}

/**
 * Judges forecasts of variance by QLIKE, the mean of ln h + x/h for forecasts h and outcomes x. Its expectation is
 * least at the true variance even where the outcomes are squared returns, noisy as they are (Patton 2011).
 *
 * Differences are tested as Diebold and Mariano (1995) do it: the mean of day by day differences, with a standard error
 * that allows for correlation over `lags` days.
 *
 * @param forecasts - variance forecasts above 0 by method, all of one length
 * @param outcomes - what came, 0 or above, as many
 * @param options - the method to compare with, and the lags of the standard errors
 * @returns a score for each method
 * @throws InputError when an argument is not what it should be
 *
 * Source: A. J. Patton, Journal of Econometrics 160 (2011) 246–256; F. X. Diebold and R. S. Mariano, Journal of Business
 * and Economic Statistics 13 (1995) 253–263.
 *
 * @example
 * ```ts
 * const outcomes = [1, 4, 2, 1];
 * const scores = compareForecasts({ flat: [2, 2, 2, 2], seer: [1, 4, 2, 1] }, outcomes, { benchmark: "flat", lags: 0 });
 * scores[1].difference.value < 0; // → true
 * scores[0].level; // → 1
 * ```
 */
export function compareForecasts(
  forecasts: Readonly<Record<string, Series>>,
  outcomes: Series,
  options: ComparisonOptions,
): readonly ForecastScore[] {
  const { benchmark, ...given } = checkKeys("compareForecasts's options", options, ["benchmark", "lags"]);
  const lags = given.lags === undefined ? 20 : checkInteger("lags", given.lags, 0, 10_000);
  const x = checkSeries("outcomes", outcomes, 2, notNegative, "variance");
  const losses = Object.entries(forecasts).map(([method, values]) => {
    const h = checkSeries(`forecasts["${method}"]`, values, x.length, positive, "variance");
    if (h.length !== x.length) {
      throw new InputError(
        `forecasts["${method}"]`,
        values,
        `an array of ${x.length} numbers, one an outcome`,
      );
    }
    const loss = Float64Array.from(h, (value, i) => Math.log(value) + x[i] / value);
    return { method, loss, level: total(x) / total(h) };
  });
  const reference = losses.find(({ method }) => method === benchmark)?.loss;
  if (reference === undefined)
    throw new InputError("benchmark", benchmark, "the name of one of the forecasts");
  return Object.freeze(
    losses.map(({ method, loss, level }) =>
      Object.freeze({
        method,
        loss: meanOf(loss, lags),
        difference: meanOf(
          loss.map((value, i) => value - reference[i]),
          lags,
        ),
        level,
      }),
    ),
  );
}

function meanOf(values: Float64Array, lags: number): Estimate {
  const moments = new Moments(lags);
  for (let first = 0; first < values.length; first += blockLength) {
    const block = values.subarray(first, first + blockLength);
    moments.add(block, block.length);
  }
  return Object.freeze({ value: moments.mean, standardError: moments.standardError });
}
