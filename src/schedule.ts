/**
 * A schedule: how many shares remain after each interval, and therefore how many each interval trades. Papers
 * call it a *trajectory*; the two words mean the same.
 *
 * @module
 */
import { InputError } from "./errors";
import { type ExecutionProblem, intervalLength } from "./problem";

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
 * accurate way. Not for schedules from outside: those are to be checked first.
 */
export function makeSchedule(
  problem: ExecutionProblem,
  name: string,
  remaining: readonly number[],
  trades: readonly number[],
): Schedule {
  const τ = intervalLength(problem);
  return Object.freeze({
    name,
    remaining: Object.freeze(remaining),
    trades: Object.freeze(trades),
    rates: Object.freeze(trades.map((n) => n / τ)),
    times: Object.freeze(remaining.map((_, k) => (problem.horizon * k) / problem.intervals)),
  });
}

/** Refuses a schedule that was made for another order or another grid. */
export function checkSchedule(problem: ExecutionProblem, schedule: Schedule): void {
  if (!Array.isArray(schedule?.remaining) || !Array.isArray(schedule?.trades)) {
    throw new InputError("schedule", schedule, "a schedule with the arrays remaining and trades");
  }
  const { intervals, shares } = problem;
  if (schedule.trades.length !== intervals || schedule.remaining.length !== intervals + 1) {
    throw new InputError(
      "schedule",
      schedule.trades,
      `a schedule of ${intervals} intervals, as the problem has`,
      "Make the schedule from this problem.",
    );
  }
  if (Math.abs((schedule.remaining[0] ?? 0) - shares) > 1e-9 * shares) {
    throw new InputError(
      "schedule.remaining[0]",
      schedule.remaining[0],
      `the problem's ${shares} shares`,
      "Make the schedule from this problem.",
    );
  }
}
