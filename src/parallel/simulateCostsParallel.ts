/**
 * The simulation of `simulateCosts` on all cores.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { CostSummary, type SimulatedCosts, type SimulationOptions } from "../simulate/costs";
import { blockPaths } from "../simulate/walk";
import { checkInteger, checkKeys, checkProgress } from "../support/checks";
import { checkSeed } from "../support/normals";
import { plainArray } from "../support/numbers";
import { checkWorkers, poolOf } from "./pool";
import type { SimulationTask } from "./worker";

/** How to simulate on several cores. */
export interface ParallelSimulationOptions extends SimulationOptions {
  /** Number of worker threads, an integer from 1 to 256 (default: one for each core). */
  readonly workers?: number | undefined;
}

/** Each worker gets so many stretches, so that none waits long for the last. */
const stretchesPerWorker = 8;

/**
 * `simulateCosts` on worker threads: the same costs and moments, bit for bit, for any number of workers. The threads are
 * loaded with the first call, which takes some tenths of a second, and end by themselves.
 *
 * @param problem - a problem from `defineProblem`; its timing says which price a trade gets
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - number of paths, seed, number of workers, and a function to report progress to
 * @returns a promise of mean and standard deviation with their standard errors, and every path's cost
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a cost leaves the range of doubles
 * @throws Error outside of Node, where `simulateCosts` is to be used
 *
 * Source: AC eqs. 1–3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 10, volatility: 1, temporaryImpact: 1e-3 });
 * const schedule = equalSchedule(problem);
 * const { mean, meanError } = await simulateCostsParallel(problem, schedule, { paths: 10_000, seed: 1, workers: 2 });
 * Math.abs(mean - 1000) < 4 * meanError; // → true
 * ```
 */
export async function simulateCostsParallel(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: ParallelSimulationOptions,
): Promise<SimulatedCosts> {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const known = ["paths", "seed", "workers", "onProgress"];
  const given = checkKeys("simulateCostsParallel's options", options, known);
  const paths = checkInteger("paths", given.paths, 2, 100_000_000);
  const seed = checkSeed(given.seed);
  const onProgress = checkProgress(given.onProgress);
  // Before anything is waited for: the schedule's arrays may change meanwhile.
  const trades = Float64Array.from(schedule.trades);
  const workers = await checkWorkers(given.workers);
  const pool = await poolOf(workers);

  const buffer = new SharedArrayBuffer(paths * Float64Array.BYTES_PER_ELEMENT);
  const blocks = Math.ceil(paths / blockPaths);
  const size = blockPaths * Math.max(1, Math.ceil(blocks / (stretchesPerWorker * workers)));
  const plain = { ...problem };
  let walked = 0;
  const stretches: Promise<unknown>[] = [];
  for (let begin = 0; begin < paths; begin += size) {
    const end = Math.min(paths, begin + size);
    const task: SimulationTask = {
      problem: plain as ExecutionProblem,
      trades,
      seed,
      begin,
      end,
      costs: buffer,
    };
    stretches.push(
      pool.run(task, { name: "simulate" }).then(() => {
        walked += end - begin;
        onProgress?.(walked / paths);
      }),
    );
  }
  await Promise.all(stretches);

  const costs = new Float64Array(buffer);
  const summary = new CostSummary();
  for (let first = 0; first < paths; first += blockPaths) {
    summary.add(costs.subarray(first, Math.min(paths, first + blockPaths)));
  }
  return { ...summary.value, costs: plainArray(costs) };
}
