/**
 * Benchmark prices.
 *
 * @module
 */

import { checkKeys, checkNumber, portion, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, Sum, total } from "../support/numbers";
import { checkMarket, type MarketData } from "./market";

/**
 * The prices that an execution can be measured against. Those that contain a price from after the trading say
 * `look-ahead`:
 *
 * - `"arrival"` (also called `"IS"`): S_0, the price when the order arrived;
 * - `"open"`: the session's opening price;
 * - `"TWAP"`: the mean of S_0 … S_{N−1}, the prices at which intervals begin;
 * - `"VWAP"`: the same prices, weighted by the market's volumes;
 * - `"bar VWAP"`: the market's own VWAP, from the VWAP of each bar as vendors give it, weighted by the volumes;
 * - `"PWP"`: the VWAP over the time in which a given fraction of the market's volume adds up to the order
 *   (participation-weighted price);
 * - `"TWAP look-ahead"`, `"VWAP look-ahead"`: the same of S_1 … S_N, the prices at which intervals end;
 * - `"close look-ahead"` (also called `"close"`): the session's closing price.
 */
export type BenchmarkName =
  | "arrival"
  | "open"
  | "TWAP"
  | "VWAP"
  | "bar VWAP"
  | "PWP"
  | "TWAP look-ahead"
  | "VWAP look-ahead"
  | "close look-ahead";

const names: readonly BenchmarkName[] = [
  "arrival",
  "open",
  "TWAP",
  "VWAP",
  "bar VWAP",
  "PWP",
  "TWAP look-ahead",
  "VWAP look-ahead",
  "close look-ahead",
];

/** A benchmark's name as a caller may write it: in lower or upper case, `"IS"` for arrival, `"close"` for its look-ahead. */
export type BenchmarkText = BenchmarkName | "IS" | "close" | (string & {});

/** What is known of the market besides the problem. */
export interface BenchmarkOptions {
  /** Benchmarks that are averages of S_0 … S_N (default: arrival, TWAP, TWAP look-ahead, and with volumes both VWAPs). */
  readonly benchmarks?: readonly BenchmarkText[] | undefined;
  /** What the whole market trades in each interval (N numbers, shares; default `profile.volumes`): for `"VWAP"` and `"PWP"`. */
  readonly volumes?: Series | undefined;
  /** Fraction of the market's volume that `"PWP"` trades, above 0 and at most 1. */
  readonly participation?: number | undefined;
}

/** What `"PWP"` needs besides the market. */
export interface ParticipationTerms {
  /** Size of the order, above 0 (shares). */
  readonly shares: number;
  /** Fraction of the market's volume that the benchmark trades, above 0 and at most 1. */
  readonly participation: number;
}

/**
 * A benchmark price from market data.
 *
 * @param benchmark - a name, in lower or upper case
 * @param market - prices, and what the benchmark needs of volumes, open and close
 * @param terms - size and participation, for `"PWP"` only
 * @returns the price (currency/share)
 * @throws InputError when the name is unknown (the message lists the possible ones), data that it needs are missing, or a
 *   number is not what it should be
 *
 * Source: seed B section 1 for TWAP and VWAP, which index the prices 1 … N, here `look-ahead`.
 *
 * @example
 * ```ts
 * const market = { prices: [100, 101, 103, 102], volumes: [500, 300, 200], close: 104 };
 * benchmarkPrice("IS", market); // → 100
 * benchmarkPrice("twap", market); // → 101.333
 * benchmarkPrice("VWAP", market); // → 100.9
 * benchmarkPrice("VWAP look-ahead", market); // → 101.8
 * benchmarkPrice("bar VWAP", { ...market, vwaps: [100.4, 102.1, 102.6] }); // → 101.35
 * benchmarkPrice("PWP", market, { shares: 60, participation: 0.1 }); // → 100.167
 * ```
 */
export function benchmarkPrice<Market extends MarketData>(
  benchmark: BenchmarkText,
  market: Market,
  terms?: ParticipationTerms,
): number {
  const name = checkBenchmark(benchmark);
  const { prices, volumes, vwaps, open, close } = checkMarket(market);
  if (name === "open") return needed(name, "open", open);
  if (name === "close look-ahead") return needed(name, "close", close);
  const N = prices.length - 1;
  if (name === "bar VWAP") {
    return average(
      benchmarkWeights("VWAP", N, needed(name, "volumes", volumes), undefined),
      needed(name, "vwaps", vwaps),
    );
  }
  return average(benchmarkWeights(name, N, volumes, terms), prices);
}

function average(weights: Float64Array, prices: Series): number {
  const sum = new Sum();
  weights.forEach((weight, k) => {
    if (weight !== 0) sum.add(weight * prices[k]);
  });
  return sum.value;
}

/** A benchmark that is an average of S_0 … S_N. */
export type AverageName = Exclude<BenchmarkName, "open" | "bar VWAP" | "close look-ahead">;

/**
 * The weights w_0 … w_N, summing to 1, with which a benchmark averages S_0 … S_N.
 *
 * @param durations - how long each interval counts in a time-weighted average; left out, all alike
 */
export function benchmarkWeights(
  name: AverageName,
  N: number,
  volumes: Series | undefined,
  terms: ParticipationTerms | undefined,
  durations?: Float64Array,
): Float64Array {
  const weights = new Float64Array(N + 1);
  if (name === "arrival") {
    weights[0] = 1;
    return weights;
  }
  const first = name === "TWAP look-ahead" || name === "VWAP look-ahead" ? 1 : 0;
  if (name === "TWAP" || name === "TWAP look-ahead") {
    if (durations === undefined) return weights.fill(1 / N, first, first + N);
    const whole = total(durations);
    for (let k = 0; k < N; k++) weights[first + k] = durations[k] / whole;
    return weights;
  }
  const Q =
    name === "PWP" ? participated(needed(name, "volumes", volumes), terms) : needed(name, "volumes", volumes);
  const volume = checkNumber("the sum of market.volumes", total(Q), positive, "shares");
  for (let k = 0; k < N; k++) weights[first + k] = Q[k] / volume;
  return weights;
}

/** The volumes until a fraction of them adds up to the order; the last one in part. */
function participated(volumes: Series, terms: ParticipationTerms | undefined): number[] {
  const given = checkKeys('the terms of "PWP"', terms, ["shares", "participation"]);
  const shares = checkNumber("shares", given.shares, positive, "shares");
  const participation = checkParticipation(given.participation);
  let wanted = shares / participation;
  const taken = Array.from(volumes, (volume) => {
    const part = Math.min(volume, wanted);
    wanted -= part;
    return part;
  });
  if (wanted > 1e-12 * (shares / participation)) {
    throw new InputError(
      "market.volumes",
      volumes,
      `volumes of which ${100 * participation}% reach the order of ${shares} shares`,
      'Without them "PWP" has no end: extend the data, or raise the participation.',
    );
  }
  return taken;
}

/** The fraction of the market's volume that `"PWP"` trades. */
export function checkParticipation(value: unknown): number {
  return checkNumber("participation", value, portion, 'fraction of the volume, for "PWP"');
}

const aliases: Readonly<Record<string, BenchmarkName | undefined>> = {
  IS: "arrival",
  CLOSE: "close look-ahead",
};

/** A benchmark's name, however it is written. */
export function checkBenchmark(name: unknown): BenchmarkName {
  const wanted = typeof name === "string" ? name.trim().toUpperCase() : undefined;
  const found = aliases[wanted ?? ""] ?? names.find((known) => known.toUpperCase() === wanted);
  if (found !== undefined) return found;
  const list = names.map((known) => (known === "arrival" ? '"IS" (or "arrival")' : `"${known}"`)).join(", ");
  throw new InputError("benchmark", name, `one of the possible benchmarks: ${list}`);
}

function needed<T>(
  benchmark: BenchmarkName,
  field: "volumes" | "vwaps" | "open" | "close",
  value: T | undefined,
): T {
  if (value !== undefined) return value;
  throw new InputError(`market.${field}`, value, `given: the benchmark "${benchmark}" needs it`);
}
