/**
 * Executions with a known truth, to try the estimates on.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem, sideSign } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkInteger, checkKeys, checkNumber, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { checkSeed, fillNormals, stream } from "../support/normals";
import { requireFinite } from "../support/numbers";
import { walkPath } from "./paths";

/** What to simulate. */
export interface FillOptions {
  /** Number of orders, an integer from 1 to 1,000,000, each on a price path of its own. */
  readonly orders: number;
  /** Seed of the random numbers: the same seed gives the same fills. */
  readonly seed: number | string;
  /**
   * Standard deviation of an error of measurement on each slippage, such as the bounce between bid and ask, 0 or
   * above (default 0) (currency/share).
   */
  readonly slippageNoise?: number | undefined;
}

/**
 * Simulated executions, as the estimates take them. All arrays are frozen. `rates` and `slippages` have one number a
 * fill, `signedVolumes` and `priceMoves` one an interval, traded in or not.
 */
export interface FillSample {
  /** |n_k|/τ of each fill (shares/time). */
  readonly rates: readonly number[];
  /** How much worse each fill was than S_{k−1}, the price before its trade, positive = money lost (currency/share). */
  readonly slippages: readonly number[];
  /** −s n_k of each interval: positive = bought (shares). */
  readonly signedVolumes: readonly number[];
  /** S_k − S_{k−1} of each interval (currency/share). */
  readonly priceMoves: readonly number[];
}

/** More would fill memory before it taught anything. */
const mostIntervals = 10_000_000;

/**
 * Executes orders in the price model and writes down what an estimator may see of them: the problem's σ, η, γ, ε and
 * α are the truth that it should find.
 *
 * The slippage is measured against the price before the trade whatever the timing: under `"start"` it is ε + η|n|/τ
 * without any noise but `slippageNoise`; under `"end"` it also contains the interval's noise and the trade's own
 * permanent impact.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedules - schedules of the problem's shares and intervals; the orders take them in turn. Rates must differ
 *   for an impact to be estimable: one TWAP alone will not do
 * @param options - number of orders, seed and noise of measurement
 * @returns rates and slippages of the fills, signed volumes and price moves of the intervals
 * @throws InputError when an argument is not what it should be, or there would be more than 10,000,000 intervals
 * @throws RangeError when a number of the sample leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 3600, intervals: 60, volatility: 0.004, temporaryImpact: 5e-7, permanentImpact: 1e-7,
 *   riskAversion: 2e-6, timing: "end",
 * });
 * const fills = simulateFills(problem, [optimalSchedule(problem), equalSchedule(problem)], { orders: 100, seed: 1 });
 * const { value, standardError } = estimatePermanentImpact(fills);
 * Math.abs(value - 1e-7) < 4 * standardError; // → true
 * ```
 */
export function simulateFills(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  options: FillOptions,
): FillSample {
  problem = checkProblem(problem);
  if (!Array.isArray(schedules) || schedules.length === 0) {
    throw new InputError("schedules", schedules, "an array of at least one schedule");
  }
  // By index: a hole is no schedule.
  for (let i = 0; i < schedules.length; i++) checkSchedule(problem, schedules[i]);
  const given = checkKeys("simulateFills's options", options, ["orders", "seed", "slippageNoise"]);
  const orders = checkInteger("orders", given.orders, 1, 1_000_000);
  const seed = checkSeed(given.seed);
  const slippageNoise = checkNumber(
    "slippageNoise",
    given.slippageNoise === undefined ? 0 : given.slippageNoise,
    notNegative,
    `${problem.currency}/share`,
  );
  const { intervals: N } = problem;
  if (orders * N > mostIntervals) {
    throw new InputError(
      "orders",
      orders,
      `at most ${Math.floor(mostIntervals / N).toLocaleString("en")} for ${N.toLocaleString("en")} intervals`,
      "Fewer orders, or fewer intervals, will do.",
    );
  }

  return playOrders(problem, schedules, { orders, seed, slippageNoise });
}

/** Plays the orders, each on a price path of its own, and notes their fills. */
function playOrders(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  { orders, seed, slippageNoise }: { orders: number; seed: string; slippageNoise: number },
): FillSample {
  const s = sideSign(problem);
  const { lengths: τ } = marketOf(problem);
  const rates: number[] = [];
  const slippages: number[] = [];
  const signedVolumes: number[] = [];
  const priceMoves: number[] = [];
  const error = new Float64Array(problem.intervals);
  for (let order = 0; order < orders; order++) {
    const schedule = schedules[order % schedules.length];
    const { prices, fills } = walkPath(problem, schedule, `${seed}:fills:${order}`);
    fillNormals(stream(`${seed}:slippage:${order}`), error, error.length);
    schedule.trades.forEach((n, k) => {
      const before = prices[k];
      signedVolumes.push(-s * n + 0);
      priceMoves.push(prices[k + 1] - before);
      if (n === 0) return;
      rates.push(Math.abs(n) / τ[k]);
      slippages.push(Math.sign(n) * s * (before - fills[k]) + slippageNoise * error[k]);
    });
  }
  requireFinite("A simulated rate", rates);
  requireFinite("A simulated slippage", slippages);
  requireFinite("A simulated price move", priceMoves);
  return Object.freeze({
    rates: Object.freeze(rates),
    slippages: Object.freeze(slippages),
    signedVolumes: Object.freeze(signedVolumes),
    priceMoves: Object.freeze(priceMoves),
  });
}
