/**
 * Schedules from outside: from numbers of any origin, checked against the order, the grid and each other.
 *
 * @module
 */
import { anyFinite, checkName, checkNumbers } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, total } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { checkProblem } from "./problem";
import { mayLeave } from "./remainder";
import { holdingsAfter, makeSchedule, type Schedule } from "./schedule";
import { checkClosed } from "./scheduleCheck";

/**
 * A schedule by its trades, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param trades - n_1 … n_N, negative where the schedule trades against the order; they must sum to the order, or to less where
 *   the problem has a `remainderPrice` (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N finite numbers, or their sum is off the order by more than 1e-9 of it
 * @throws RangeError when a holding or a trading rate leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromTrades(problem, [50, 30, 20]).remaining; // → [100, 50, 20, 0]
 * ```
 */
export function scheduleFromTrades(problem: ExecutionProblem, trades: Series, name = "Given"): Schedule {
  problem = checkProblem(problem);
  const given = checkNumbers("trades", trades, problem.intervals, anyFinite, "shares");
  checkClosed(problem, "trades", given);
  const sum = total(given);
  const { shares } = problem;
  const isUnfinished = mayLeave(problem) && sum >= 0 && sum < shares * (1 - 1e-9);
  if (!(Math.abs(sum - shares) <= 1e-9 * shares || isUnfinished)) {
    throw new InputError(
      "the sum of trades",
      sum,
      mayLeave(problem) ? `between 0 and the order's ${shares} shares` : `the order's ${shares} shares`,
      Number.isFinite(sum) ? hintOf(problem, sum) : "",
    );
  }
  const remaining = holdingsAfter(shares, given);
  if (!isUnfinished) remaining[problem.intervals] = 0;
  return makeSchedule(problem, checkName("name", name), remaining, [...given]);
}

function hintOf(problem: ExecutionProblem, sum: number): string {
  const off = `It is off by ${sum - problem.shares} shares.`;
  if (mayLeave(problem) || !(sum >= 0 && sum < problem.shares)) return off;
  return `${off} A problem with a remainderPrice may leave shares.`;
}

/**
 * A schedule by what remains after each interval, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param remaining - x_0 … x_N, beginning with the order and ending with 0, or with what is left where the problem has a
 *   `remainderPrice` (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N + 1 finite numbers, the ends are off by more than 1e-9 of the order, or two
 *   neighbors are so far apart that the trade between them is not a finite number
 * @throws RangeError when a trading rate leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromRemaining(problem, [100, 50, 20, 0]).trades; // → [50, 30, 20]
 * ```
 */
export function scheduleFromRemaining(
  problem: ExecutionProblem,
  remaining: Series,
  name = "Given",
): Schedule {
  problem = checkProblem(problem);
  const { shares, intervals } = problem;
  const given = checkNumbers("remaining", remaining, intervals + 1, anyFinite, "shares");
  for (const [k, end] of [
    [0, shares],
    [intervals, 0],
  ] as const) {
    if (Math.abs(given[k] - end) <= 1e-9 * shares) continue;
    if (k > 0 && mayLeave(problem) && given[k] > 0 && given[k] <= shares) continue;
    throw new InputError(
      `remaining[${k}]`,
      given[k],
      k === 0
        ? `the order's ${shares} shares`
        : mayLeave(problem)
          ? `between 0 and the order's ${shares} shares`
          : "0 shares",
    );
  }
  const last = given[intervals] > 1e-9 * shares ? given[intervals] : 0;
  const x = [shares, ...given.slice(1, -1), last];
  const trades = x.slice(1).map((after, k) => x[k] - after);
  const far = trades.findIndex((n) => !Number.isFinite(n));
  if (far !== -1) {
    throw new InputError(
      `remaining[${far + 1}]`,
      x[far + 1],
      `so near to remaining[${far}] that the trade between them is a finite number (shares)`,
    );
  }
  checkClosed(problem, "the trades between remaining", trades);
  return makeSchedule(problem, checkName("name", name), x, trades);
}
