/**
 * Executions and their benchmarks along simulated price paths. Nothing here knows `benchmarkDistribution`.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { requireFinish } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import type { SimulatedCosts, SimulationOptions } from "../simulate/costs";
import { fixedWalk, forEachBlock, type PathRecord } from "../simulate/walk";
import { checkInteger, checkKeys } from "../support/checks";
import { summarizeSample } from "../support/moments";
import { checkSeed } from "../support/normals";
import { plainArray } from "../support/numbers";
import { checkedAverages, requireArrival } from "./averages";
import type { BenchmarkOptions } from "./benchmark";

/** One number a path: what the schedule got, and what the benchmarks were. */
export interface SimulatedBenchmarks {
  /** Average price of the fills, Σ n_k S̃_k / X (currency/share). */
  readonly execution: readonly number[];
  /** Each benchmark's price, by its name (currency/share). */
  readonly benchmarks: Readonly<Record<string, readonly number[]>>;
  /** s (benchmark − execution) by the benchmark's name, with mean and deviation: positive = lost (currency/share). */
  readonly slippage: Readonly<Record<string, SimulatedCosts>>;
}

/**
 * Walks price paths, trades along them, and averages the same prices into benchmarks. The paths are those of
 * `simulateCosts` with the same seed.
 *
 * @param problem - a problem from `defineProblem`, with an `arrivalPrice`
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - number of paths and seed, which benchmarks, and the market's volumes
 * @returns execution price and benchmarks of every path
 * @throws InputError when an argument is not what it should be, or the problem has no arrival price
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 2, temporaryImpact: 1e-3, arrivalPrice: 100,
 * });
 * const run = simulateBenchmarks(problem, equalSchedule(problem), { paths: 2, seed: 1 });
 * // Equal slices trade at the prices that TWAP averages, less a concession of 1.
 * Math.abs(run.slippage.TWAP.mean - 1) < 1e-12; // → true
 * ```
 */
export function simulateBenchmarks(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: Pick<SimulationOptions, "paths" | "seed"> & BenchmarkOptions,
): SimulatedBenchmarks {
  problem = checkProblem(problem);
  requireFinish(problem, "simulateBenchmarks");
  checkSchedule(problem, schedule);
  const {
    paths: count,
    seed,
    ...market
  } = checkKeys("simulateBenchmarks's options", options, [
    "paths",
    "seed",
    "benchmarks",
    "volumes",
    "participation",
  ]);
  const paths = checkInteger("paths", count, 2, 10_000_000);
  const name = checkSeed(seed);
  const S0 = requireArrival(problem);
  const averages = checkedAverages(problem, market);
  const { shares: X } = problem;
  const execution = new Float64Array(paths);
  const benchmarks = averages.map(() => new Float64Array(paths));
  let first = 0;
  const visit = ({ prices, proceeds }: PathRecord, path: number): void => {
    execution[first + path] = proceeds / X;
    averages.forEach(({ weights }, i) => {
      let average = 0;
      for (let k = 0; k < weights.length; k++) average += weights[k] * prices[k];
      benchmarks[i][first + path] = average;
    });
  };
  const { sign, play } = fixedWalk(problem, schedule.trades, { start: S0, visit });
  forEachBlock({ end: paths }, name, (state, begin, end) => {
    first = begin;
    play(state, new Float64Array(end - begin));
  });
  const slippage = averages.map(({ name: benchmark }, i) => {
    const costs = benchmarks[i].map((price, p) => sign * (price - execution[p]));
    return [benchmark, Object.freeze({ ...summarizeSample(costs), costs: plainArray(costs) })] as const;
  });
  return Object.freeze({
    execution: plainArray(execution),
    benchmarks: Object.freeze(
      Object.fromEntries(averages.map(({ name: benchmark }, i) => [benchmark, plainArray(benchmarks[i])])),
    ),
    slippage: Object.freeze(Object.fromEntries(slippage)),
  });
}
