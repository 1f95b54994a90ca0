/**
 * One price path in full, for looking at and for estimating from: what `simulateCosts` walks and keeps only the
 * cost of.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { gridTimes } from "../model/market";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkKeys } from "../support/checks";
import { checkSeed, stream } from "../support/normals";
import { finite, requireFinite } from "../support/numbers";
import { fixedWalk, type PathRecord } from "./walk";

/** How to simulate a path. */
export interface PathOptions {
  /** Seed of the random numbers: the same seed gives the same noise, for both sides and any schedule. */
  readonly seed: number | string;
}

/** A price path and what a schedule got along it. All arrays are frozen. */
export interface SimulatedPath {
  /** t_0 … t_N, the grid kτ (N + 1 numbers, unit of time). */
  readonly times: readonly number[];
  /** S_0 … S_N, from the arrival price, or from 0 where the problem has none (N + 1 numbers, currency/share). */
  readonly prices: readonly number[];
  /** What the trade of each interval got, P_k itself where it trades nothing (N numbers, currency/share). */
  readonly fills: readonly number[];
  /** ζ_1 … ζ_N, the standard normal numbers behind the prices (N numbers). */
  readonly noise: readonly number[];
  /** s (X S_0 − Σ n_k fill_k), positive = money lost (currency). */
  readonly cost: number;
}

/**
 * Walks one price path and trades along it, and keeps every step.
 *
 * @param problem - a problem from `defineProblem`; its timing says which price a trade gets
 * @param schedule - any schedule of the problem's shares and intervals
 * @param options - the seed
 * @returns times, prices, fills, noise and cost; the cost is that of the first path of `simulateCosts` with the
 *   same seed
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a price, a fill or the cost leaves the range of doubles
 *
 * Source: AC eqs. 1–3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1e-4, permanentImpact: 1e-3,
 *   arrivalPrice: 50,
 * });
 * const path = simulatePath(problem, equalSchedule(problem), { seed: 1 });
 * path.prices; // → [50, 49.75, 49.5, 49.25, 49]
 * path.fills[0]; // → 49.9
 * path.cost; // → 475
 * ```
 */
export function simulatePath(
  problem: ExecutionProblem,
  schedule: Schedule,
  options: PathOptions,
): SimulatedPath {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const given = checkKeys("simulatePath's options", options, ["seed"]);
  // The stream of the first block of `simulateCosts`.
  const { prices, fills, noise, cost } = walkPath(problem, schedule, `${checkSeed(given.seed)}:0`);
  const arrival = problem.arrivalPrice ?? 0;
  return Object.freeze({
    times: Object.freeze(gridTimes(problem)),
    prices: Object.freeze(prices.map((price) => arrival + price)),
    fills: Object.freeze(fills.map((fill) => arrival + fill)),
    noise: Object.freeze(noise),
    cost,
  });
}

/**
 * One path from a named stream, its prices counted from the arrival price, which cancels in the cost. Throws RangeError
 * where a price, a fill or the cost is not finite.
 */
export function walkPath(
  problem: ExecutionProblem,
  { trades }: Schedule,
  name: string,
): {
  readonly prices: readonly number[];
  readonly fills: readonly number[];
  readonly noise: readonly number[];
  readonly cost: number;
} {
  const path = { prices: [0], fills: [0], noise: [0] };
  const visit = ({ prices, fills, noise }: PathRecord): void => {
    path.prices = Array.from(prices);
    path.fills = Array.from(fills);
    path.noise = Array.from(noise);
  };
  const proceeds = new Float64Array(1);
  const { sign, play } = fixedWalk(problem, trades, { visit });
  play(stream(name), proceeds);
  requireFinite("A simulated price", path.prices);
  requireFinite("A simulated fill", path.fills);
  return { ...path, cost: finite("The simulated cost", -sign * proceeds[0]) };
}
