/**
 * A schedule: how many shares remain after each interval, and therefore how many each interval trades. Papers
 * call it a *trajectory*; the two words mean the same.
 *
 * @module
 */
import { InputError } from "./errors";
import { checkProblem, type ExecutionProblem, intervalLength } from "./problem";
import { anyFinite, checkName, checkNumbers } from "./support/checks";
import { Sum } from "./support/numbers";

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

/**
 * A schedule by its trades, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param trades - n_1 … n_N, negative where the schedule trades against the order; they must sum to the order (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N finite numbers, or their sum is off the order by more than 1e-9 of it
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromTrades(problem, [50, 30, 20]).remaining; // → [100, 50, 20, 0]
 * ```
 */
export function scheduleFromTrades(
  problem: ExecutionProblem,
  trades: readonly number[],
  name = "Given",
): Schedule {
  checkProblem(problem);
  const given = checkNumbers("trades", trades, problem.intervals, anyFinite, "shares");
  const total = new Sum();
  for (const n of given) total.add(n);
  const { shares } = problem;
  if (!(Math.abs(total.value - shares) <= 1e-9 * shares)) {
    throw new InputError(
      "the sum of trades",
      total.value,
      `the order's ${shares} shares`,
      `It is off by ${total.value - shares} shares.`,
    );
  }
  const left = new Sum();
  left.add(shares);
  const remaining = [shares];
  for (const n of given) {
    left.add(-n);
    remaining.push(left.value);
  }
  remaining[problem.intervals] = 0;
  return makeSchedule(problem, checkName("name", name), remaining, [...given]);
}

/**
 * A schedule by what remains after each interval, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param remaining - x_0 … x_N, beginning with the order and ending with 0 (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N + 1 finite numbers, or the ends are off by more than 1e-9 of the order
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromRemaining(problem, [100, 50, 20, 0]).trades; // → [50, 30, 20]
 * ```
 */
export function scheduleFromRemaining(
  problem: ExecutionProblem,
  remaining: readonly number[],
  name = "Given",
): Schedule {
  checkProblem(problem);
  const { shares, intervals } = problem;
  const given = checkNumbers("remaining", remaining, intervals + 1, anyFinite, "shares");
  for (const [k, end] of [
    [0, shares],
    [intervals, 0],
  ] as const) {
    if (!(Math.abs((given[k] as number) - end) <= 1e-9 * shares)) {
      throw new InputError(
        `remaining[${k}]`,
        given[k],
        k === 0 ? `the order's ${shares} shares` : "0 shares",
      );
    }
  }
  const x = [shares, ...given.slice(1, -1), 0];
  const trades = x.slice(1).map((after, k) => (x[k] as number) - after);
  return makeSchedule(problem, checkName("name", name), x, trades);
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
