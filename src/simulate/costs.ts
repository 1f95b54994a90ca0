/**
 * What a schedule costs when the market is played out.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkInteger, checkKeys, checkProgress } from "../support/checks";
import {
  type MomentSummary,
  mergeMoments,
  momentsOf,
  momentUnit,
  noMoments,
  summarize,
} from "../support/moments";
import { checkSeed } from "../support/normals";
import { plainArray, requireFinite, type Series } from "../support/numbers";
import { fixedWalk, forEachBlock } from "./walk";

/** How to simulate. */
export interface SimulationOptions {
  /** Number of independent price paths, an integer from 2 to 100,000,000. */
  readonly paths: number;
  /** Seed of the random numbers: the same seed gives the same paths, for both sides and any schedule. */
  readonly seed: number | string;
  /** Called from time to time, and once at the end, with the fraction completed (0 to 1); `progressBar` makes one. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Realized costs of a schedule over many price paths. */
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
  readonly costs: readonly number[];
}

/** How many random numbers are drawn between two reports of progress: some tenths of a second. */
const reportedDraws = 2e7;

/**
 * Walks price paths and trades along them.
 *
 * @param problem - a problem from `defineProblem`; its timing says which price a trade gets
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - number of paths, seed, and a function to report progress to
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
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const given = checkKeys("simulateCosts's options", options, ["paths", "seed", "onProgress"]);
  const paths = checkInteger("paths", given.paths, 2, 100_000_000);
  const seed = checkSeed(given.seed);
  const onProgress = checkProgress(given.onProgress);
  const costs = new Float64Array(paths);
  const summary = new CostSummary();
  let unreported = 0;
  simulateBlocks(problem, schedule.trades, { end: paths }, seed, costs, (first, last) => {
    summary.add(costs.subarray(first, last));
    unreported += (last - first) * problem.intervals;
    if (unreported >= reportedDraws && last < paths) {
      onProgress?.(last / paths);
      unreported = 0;
    }
  });
  onProgress?.(1);
  return { ...summary.value, costs: plainArray(costs) };
}

/** Walks the paths from `begin` to before `end`, and writes the cost of path p into `costs[p - begin]`. */
export function simulateBlocks(
  problem: ExecutionProblem,
  trades: Series,
  range: { readonly begin?: number; readonly end: number },
  seed: string,
  costs: Float64Array,
  done: (first: number, last: number) => void = () => undefined,
): void {
  const { begin = 0 } = range;
  const { sign, play } = fixedWalk(problem, trades);
  forEachBlock(range, seed, (state, first, last) => {
    const part = costs.subarray(first - begin, last - begin);
    play(state, part);
    for (let path = 0; path < part.length; path++) part[path] = -sign * part[path];
    requireFinite("A simulated cost", part);
    done(first, last);
  });
}

/** Mean and deviation of costs that come block by block, in their order, whoever walked them. */
export class CostSummary {
  private unit = 0;
  private collected = noMoments;

  add(block: Float64Array): void {
    if (this.collected.count === 0) this.unit = momentUnit(block);
    this.collected = mergeMoments(this.collected, momentsOf(block, this.unit), this.unit);
  }

  get value(): MomentSummary {
    return summarize(this.collected, this.unit);
  }
}
