/**
 * Bars with a known truth, to try estimates of volatility on: with a trend, gaps overnight, few trades, the bounce between
 * bid and ask, and variance that comes in clusters.
 *
 * @module
 */

import type { PriceBars } from "../support/bars";
import {
  anyFinite,
  checkInteger,
  checkKeys,
  checkNumber,
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { checkSeed, fillNormals, type StreamState, stream } from "../support/normals";

/** A variance that remembers yesterday's, around the same average. */
export interface SimulatedClusters {
  /** α: weight of the last squared return, 0 or above. */
  readonly alpha: number;
  /** β: weight of the last variance, 0 or above; α + β below 1. */
  readonly beta: number;
}

/** What to simulate. */
export interface BarOptions {
  /** Number of bars, an integer from 1 to 1,000,000. */
  readonly bars: number;
  /** True volatility of a bar's return from close to close, above 0 (pure number: 0.01 is 1%). */
  readonly volatility: number;
  /** Seed of the random numbers: the same seed gives the same bars. */
  readonly seed: number | string;
  /** Mean of a bar's logarithmic return, all of it while the market is open (default 0). */
  readonly drift?: number | undefined;
  /** Fraction of the variance that falls between a close and the next open, from 0 to below 1 (default 0). */
  readonly overnightFraction?: number | undefined;
  /** Number of trades in a bar, an integer from 2 to 100,000; left out, the price is seen at every moment. */
  readonly trades?: number | undefined;
  /** Half-spread as a fraction of the price, 0 or above (default 0): each trade is at bid or ask by chance. */
  readonly halfSpread?: number | undefined;
  /** Clusters of volatility: a GARCH(1,1) around `volatility`² (default: none). */
  readonly garch?: SimulatedClusters | undefined;
}

/** Simulated bars, with the truth beside them. */
export interface SimulatedBars extends PriceBars<readonly number[]> {
  /** True variance of each bar's return from close to close. */
  readonly variances: readonly number[];
}

const fraction: NumberRange = {
  contains: (value) => value >= 0 && value < 1,
  words: "a number from 0 to below 1",
};

/** Pieces of a bar that is seen at every moment; the extremes within each are drawn from their exact distribution. */
const pieces = 32;

/**
 * Simulates bars. The logarithm of the price is a Brownian motion with drift; where no number of trades is given, the
 * extremes between two points of it are drawn from the distribution of the Brownian bridge, so that they are those of continuous
 * trading.
 *
 * @param options - number of bars, volatility, seed, and what is to spoil the estimates
 * @returns open, high, low and close from a first price of 100, and the true variances
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const bars = simulateBars({ bars: 1000, volatility: 0.02, seed: 1 });
 * const { variance, standardError } = parkinsonVolatility(bars);
 * Math.abs(variance - 0.02 ** 2) < 3 * standardError; // → true
 * ```
 */
export function simulateBars(options: BarOptions): SimulatedBars {
  const given = checkKeys("simulateBars's options", options, [
    ...["bars", "volatility", "seed", "drift", "overnightFraction", "trades", "halfSpread", "garch"],
  ]);
  const n = checkInteger("bars", given.bars, 1, 1_000_000);
  const average = checkNumber("volatility", given.volatility, positive, "a pure number per √bar") ** 2;
  const drift = given.drift === undefined ? 0 : checkNumber("drift", given.drift, anyFinite, "per bar");
  const night =
    given.overnightFraction === undefined
      ? 0
      : checkNumber("overnightFraction", given.overnightFraction, fraction, "");
  const trades = given.trades === undefined ? undefined : checkInteger("trades", given.trades, 2, 100_000);
  const bounce =
    given.halfSpread === undefined
      ? 0
      : checkNumber("halfSpread", given.halfSpread, notNegative, "fraction of the price");
  const { alpha, beta } = checkClusters(given.garch);
  const draw = normals(stream(`${checkSeed(given.seed)}:bars`));

  const column = (): number[] => new Array<number>(n);
  const [open, high, low, close, variances] = [column(), column(), column(), column(), column()];
  let level = 0;
  let variance = average;
  const fill = (i: number, logs: readonly [number, number, number, number]): void => {
    open[i] = 100 * Math.exp(logs[0]);
    high[i] = 100 * Math.exp(logs[1]);
    low[i] = 100 * Math.exp(logs[2]);
    close[i] = 100 * Math.exp(logs[3]);
  };
  for (let i = 0; i < n; i++) {
    variances[i] = variance;
    const before = level;
    level += Math.sqrt(night * variance) * draw();
    const day = { variance: (1 - night) * variance, drift };
    const logs =
      trades === undefined ? continuousDay(level, day, draw) : tradedDay(level, day, trades, bounce, draw);
    fill(i, logs.bar);
    level = logs.end;
    const surprise = level - before - drift;
    variance = average * (1 - alpha - beta) + alpha * surprise ** 2 + beta * variance;
  }
  return Object.freeze({ open, high, low, close, variances });
}

function checkClusters(value: unknown): SimulatedClusters {
  if (value === undefined) return { alpha: 0, beta: 1 };
  const given = checkKeys("garch", value, ["alpha", "beta"]);
  const alpha = checkNumber("garch.alpha", given.alpha, fraction, "");
  const beta = checkNumber("garch.beta", given.beta, fraction, "");
  if (alpha + beta >= 1) throw new InputError("garch.alpha + garch.beta", alpha + beta, "below 1");
  return { alpha, beta };
}

interface Day {
  readonly variance: number;
  readonly drift: number;
}

/** The bar's four logarithms as they are seen, and where the price really ends. */
interface WalkedDay {
  readonly bar: readonly [number, number, number, number];
  readonly end: number;
}

/** A day that is seen at every moment. */
function continuousDay(start: number, { variance, drift }: Day, draw: () => number): WalkedDay {
  const s2 = variance / pieces;
  let [high, low, a] = [start, start, start];
  for (let piece = 0; piece < pieces; piece++) {
    const b = a + drift / pieces + Math.sqrt(s2) * draw();
    // The maximum of a Brownian bridge from a to b: −2 ln U is the sum of two squared normals.
    const reach = (): number => Math.sqrt((b - a) ** 2 + s2 * (draw() ** 2 + draw() ** 2));
    high = Math.max(high, 0.5 * (a + b + reach()));
    low = Math.min(low, 0.5 * (a + b - reach()));
    a = b;
  }
  return { bar: [start, high, low, a], end: a };
}

/** A day of which only trades are seen, the first at the open, each at bid or ask. */
function tradedDay(
  start: number,
  { variance, drift }: Day,
  trades: number,
  bounce: number,
  draw: () => number,
): WalkedDay {
  const steps = trades - 1;
  const deviation = Math.sqrt(variance / steps);
  const seen = (level: number): number => (bounce === 0 ? level : level + (draw() < 0 ? -bounce : bounce));
  const open = seen(start);
  let [level, high, low, close] = [start, open, open, open];
  for (let step = 0; step < steps; step++) {
    level += drift / steps + deviation * draw();
    close = seen(level);
    high = Math.max(high, close);
    low = Math.min(low, close);
  }
  return { bar: [open, high, low, close], end: level };
}

/** Normal numbers of a stream one by one. */
function normals(state: StreamState): () => number {
  const buffer = new Float64Array(1024);
  let next = buffer.length;
  return () => {
    if (next === buffer.length) {
      fillNormals(state, buffer, buffer.length);
      next = 0;
    }
    return buffer[next++];
  };
}
