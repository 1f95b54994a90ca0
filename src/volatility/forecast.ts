/**
 * Forecasts of variance, made day by day with what was known the day before.
 *
 * @module
 */

import { checkBars, type PriceBars } from "../support/bars";
import { checkInteger, checkKeys, checkProgress } from "../support/checks";
import { plainArray, type Series } from "../support/numbers";
import { intradayPair } from "./barClock";
import { fitGarch } from "./garch";
import type { GarchStatus } from "./garchStatus";
import { returnsOf } from "./logRatio";
import { yangZhangVolatility } from "./range";
import { closedWarnings } from "./tradedBars";

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
  /** How many of the fits of GARCH ended with which status. */
  readonly refits: Readonly<Record<GarchStatus, number>>;
  /** What is to be known of a method's forecasts, by its name; for `compareForecasts`. */
  readonly notes: Readonly<Record<string, string>>;
  /** The same as sentences; and bars that are not of days, or of days on which the market was closed. */
  readonly warnings: readonly string[];
}

/** Days that the short memories reach back. */
const shortWindow = 20;

/**
 * Forecasts the variance of each next day's return from close to close, each from earlier bars alone: the mean of all
 * squared returns so far, the mean of the last 20, EWMA with λ = 0.94, Yang–Zhang over the last 20 bars, GARCH(1,1).
 *
 * `refits` counts the fits of GARCH by status. A fit that has not converged still makes the forecasts until the next one,
 * with the best parameters found; `warnings` then say how many did.
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
  let [squares, smooth] = [r[0] ** 2, r[0] ** 2];
  for (let i = 1; i < first; i++) squares += r[i] ** 2;
  for (let i = 1; i < first; i++) smooth = 0.94 * smooth + 0.06 * r[i] ** 2;
  const refits = { interior: 0, boundary: 0, integrated: 0, "not-identified": 0, "not-converged": 0 };
  let model = garchState(r, first, refits);
  for (let day = 0; day < days; day++) {
    // Known: returns 0 … known − 1, which are bars 0 … known.
    const known = first + day;
    if (day > 0 && day % refitEvery === 0) {
      model = garchState(r, known, refits);
      onProgress?.(day / days);
    }
    all[day] = squares / known;
    ewma[day] = smooth;
    garch[day] = model.next;
    let recent = 0;
    for (let i = known - shortWindow; i < known; i++) recent += r[i] ** 2;
    window[day] = recent / shortWindow;
    const part = (column: Series): Series => column.slice(known - shortWindow, known + 1);
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
  const notes = notesOf(refits);
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
    refits: Object.freeze(refits),
    notes,
    warnings: warningsOf(bars, notes),
  });
}

function warningsOf(bars: PriceBars, notes: Readonly<Record<string, string>>): readonly string[] {
  const pair = intradayPair((bars as { readonly times?: unknown }).times);
  const ofClock =
    pair === undefined
      ? []
      : [
          `These bars are intraday (${pair}): each forecast is for the next of them, not for a day. Give forecastChart ` +
            "period and periodsPerYear.",
        ];
  const ofFits = Object.entries(notes).map(([method, note]) => `${method}: ${note}.`);
  return Object.freeze([...ofFits, ...ofClock, ...closedWarnings(bars, "day")]);
}

/** What is to be known of the fits, by method. */
export function notesOf(refits: Readonly<Record<GarchStatus, number>>): Readonly<Record<string, string>> {
  const fits = Object.values(refits).reduce((sum, count) => sum + count, 0);
  const failed = refits["not-converged"];
  if (failed === 0) return Object.freeze({});
  return Object.freeze({ "GARCH(1,1)": `${failed} of ${fits} fits have not converged` });
}

interface GarchState {
  readonly ω: number;
  readonly α: number;
  readonly β: number;
  readonly next: number;
}

/** GARCH as fitted to the first `count` returns; its status is counted. */
function garchState(
  returns: Float64Array,
  count: number,
  refits: { -readonly [status in GarchStatus]: number },
): GarchState {
  const { status, omega, alpha, beta, next } = fitGarch(returns.subarray(0, count));
  refits[status]++;
  return { ω: omega.value, α: alpha.value, β: beta.value, next: next.variance };
}
