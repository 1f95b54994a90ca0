/**
 * What a schedule costs when the market is played out. Nothing here knows the formulas of `cost/report.ts`.
 *
 * @module
 */

import { priceModel } from "../impact/linear";
import { checkProblem, type ExecutionProblem } from "../model/problem";
import { checkSchedule, type Schedule } from "../model/schedule";
import { checkInteger, checkKeys } from "../support/checks";
import { InputError } from "../support/errors";
import { checkSeed, fillNormals, stream } from "../support/normals";
import { finite, requireFinite, Sum } from "../support/numbers";

/** How to simulate. */
export interface SimulationOptions {
  /** Number of independent price paths, an integer from 2 to 100,000,000. */
  readonly paths: number;
  /** Seed of the random numbers: the same seed gives the same paths, for both sides and any schedule. */
  readonly seed: number | string;
  /** Hears the share done, from 0 to 1, now and then and at the end: `progressBar` draws it. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Realised costs of a schedule over many price paths. */
export interface SimulatedCosts {
  /** Sample mean (currency). */
  readonly mean: number;
  /** Standard error of the mean (currency). */
  readonly meanError: number;
  /** Sample standard deviation, with divisor `paths − 1` (currency). */
  readonly standardDeviation: number;
  /** Standard error of the standard deviation, √((m₄ − s⁴)/paths)/2s from the sample's fourth moment (currency). */
  readonly standardDeviationError: number;
  /** The cost of each path (currency). */
  readonly costs: Float64Array;
}

/** Paths are drawn in blocks, each from a stream of its own: a path does not depend on how many follow it. */
export const blockPaths = 1024;

/** How many random numbers are drawn between two reports of progress: some tenths of a second. */
const reportedDraws = 2e7;

/**
 * Walks price paths and trades along them.
 *
 * @param problem - a problem from `defineProblem`; its timing says which price a trade gets
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - number of paths, seed, and who wants to hear of progress
 * @returns mean and standard deviation with their standard errors, and every path's cost
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a cost leaves the range of doubles
 *
 * Source: AC eqs. 1–3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 10, volatility: 1, temporaryImpact: 1e-3 });
 * const { mean, meanError } = simulateCosts(problem, equalSchedule(problem), { paths: 10_000, seed: 1 });
 * Math.abs(mean - 1000) < 4 * meanError; // → true
 * ```
 */
export function simulateCosts(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: SimulationOptions,
): SimulatedCosts {
  checkProblem(problem);
  checkSchedule(problem, schedule);
  const given = checkKeys("simulateCosts's options", options, ["paths", "seed", "onProgress"]);
  const paths = checkInteger("paths", given.paths, 2, 100_000_000);
  const seed = checkSeed(given.seed);
  const onProgress = checkProgress(given.onProgress);
  const costs = new Float64Array(paths);
  let unreported = 0;
  for (let first = 0, block = 0; first < paths; first += blockPaths, block++) {
    const last = Math.min(first + blockPaths, paths);
    const part = costs.subarray(first, last);
    walk(problem, schedule, `${seed}:${block}`, part);
    requireFinite("A simulated cost", part);
    unreported += (last - first) * problem.intervals;
    if (unreported >= reportedDraws && last < paths) {
      onProgress?.(last / paths);
      unreported = 0;
    }
  }
  onProgress?.(1);
  return { ...moments(costs), costs };
}

function checkProgress(value: unknown): SimulationOptions["onProgress"] {
  if (value === undefined || typeof value === "function") return value as SimulationOptions["onProgress"];
  throw new InputError(
    "onProgress",
    value,
    "a function that takes the share done, such as progressBar gives",
  );
}

/** Plays one block of paths and writes their costs. Prices are counted from the arrival price, which cancels. */
function walk(problem: ExecutionProblem, { trades }: Schedule, name: string, costs: Float64Array): void {
  const N = trades.length;
  const { sign, noise, timing, move, concession } = priceModel(problem);
  const n = Float64Array.from(trades);
  const moves = n.map((trade) => move(trade));
  const concessions = n.map((trade) => concession(trade));
  const isStart = timing === "start";

  const state = stream(name);
  const ζ = new Float64Array(N);
  for (let path = 0; path < costs.length; path++) {
    fillNormals(state, ζ, N);
    let price = 0;
    let proceeds = 0;
    for (let k = 0; k < N; k++) {
      const after = price + moves[k] + noise * ζ[k];
      const fill = (isStart ? price : after) + concessions[k];
      proceeds += n[k] * fill;
      price = after;
    }
    costs[path] = -sign * proceeds;
  }
}

/** Mean and standard deviation of a sample, each with its standard error. */
export function moments(sample: Float64Array): Omit<SimulatedCosts, "costs"> {
  const count = sample.length;
  const mean = meanOf(sample);
  let largest = 0;
  for (const value of sample) largest = Math.max(largest, Math.abs(value - mean));
  // Fourth powers leave the range of doubles long before the costs do: the extremes are counted in their own size.
  const unit = largest === 0 || (largest > 1e-70 && largest < 1e70) ? 1 : largest;
  const squares = new Sum();
  const fourths = new Sum();
  for (const value of sample) {
    const square = ((value - mean) / unit) ** 2;
    squares.add(square);
    fourths.add(square * square);
  }
  const variance = squares.value / (count - 1);
  const deviation = Math.sqrt(variance);
  const spread = Math.max(0, fourths.value / count - variance * variance);
  const standardDeviation = finite("The deviation of the simulated costs", deviation * unit);
  return {
    mean,
    meanError: standardDeviation / Math.sqrt(count),
    standardDeviation,
    standardDeviationError: deviation === 0 ? 0 : (Math.sqrt(spread / count) / (2 * deviation)) * unit,
  };
}

function meanOf(sample: Float64Array): number {
  const total = new Sum();
  for (const value of sample) total.add(value);
  if (Number.isFinite(total.value)) return total.value / sample.length;
  const share = new Sum();
  for (const value of sample) share.add(value / sample.length);
  return share.value;
}
