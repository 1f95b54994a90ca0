/**
 * A schedule: how many shares remain after each interval, and therefore how many each interval trades. Papers
 * call it a *trajectory*; the two words mean the same.
 *
 * @module
 */

import { requireFinite } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { gridTimes, marketOf, uniformMarket } from "./market";
import type { Profile } from "./profile";

/** An execution schedule over N intervals. All arrays are frozen; shares are positive for both sides. */
export interface Schedule {
  /** What to call it in charts and tables, for example `"Optimal"`. */
  readonly name: string;
  /** x_0 … x_N, shares still to trade at the times `times` (N + 1 numbers; x_0 = X, x_N = 0). */
  readonly remaining: readonly number[];
  /** n_1 … n_N, shares traded in each interval, n_k = x_{k−1} − x_k (N numbers, negative only where the schedule reverses). */
  readonly trades: readonly number[];
  /** v_1 … v_N, trading rates n_k / τ (N numbers, shares per unit of time). */
  readonly rates: readonly number[];
  /** t_0 … t_N, the grid kτ (N + 1 numbers, unit of time). */
  readonly times: readonly number[];
}

/**
 * Builds a schedule from holdings and trades that a solver or a baseline has computed, each in its own most
 * accurate way. Not for schedules from outside: those are to be checked first. Throws RangeError where a number is
 * infinite or none.
 */
export function makeSchedule(
  problem: ExecutionProblem,
  name: string,
  remaining: readonly number[],
  trades: readonly number[],
): Schedule {
  const rates = tradingRates(problem, trades);
  requireFinite(`A holding of the schedule "${name}"`, remaining);
  // A trade that is not finite has no finite rate either.
  requireFinite(`A trading rate of the schedule "${name}"`, rates);
  const schedule: Schedule = Object.freeze({
    name,
    remaining: Object.freeze(remaining),
    trades: Object.freeze(trades),
    rates: Object.freeze(rates),
    times: Object.freeze(gridTimes(problem)),
  });
  made.set(schedule, problem.profile);
  return schedule;
}

function tradingRates(problem: ExecutionProblem, trades: readonly number[]): number[] {
  const uniform = uniformMarket(problem);
  if (uniform !== undefined) {
    const { length: τ } = uniform;
    return trades.map((n) => n / τ);
  }
  const { lengths: τ } = marketOf(problem);
  return trades.map((n, k) => n / τ[k]);
}

/**
 * The schedules that were made here, with the profile of the problem that they were made for: their numbers belong
 * together and need no second look.
 */
const made = new WeakMap<object, Profile | undefined>();

/** Whether a schedule was made here, for whatever problem. */
export function isMade(schedule: Schedule): boolean {
  return made.has(schedule);
}

/** Whether a schedule was made here for a problem with this profile: its grid and its open intervals are the problem's. */
export function isMadeFor({ profile }: ExecutionProblem, schedule: Schedule): boolean {
  return made.has(schedule) && made.get(schedule) === profile;
}
