/**
 * Schedules to compare with: what a desk does without an optimiser.
 *
 * @module
 */
import { checkProblem, type ExecutionProblem } from "./problem";
import { makeSchedule, type Schedule } from "./schedule";

/**
 * Equal slices over the horizon, known as TWAP after the time-weighted average price that it follows. It is the
 * cheapest schedule in expectation, and the optimum of a trader without risk aversion.
 *
 * @param problem - a problem from `defineProblem`
 * @returns N trades of X/N
 * @throws InputError when `problem` is not from `defineProblem`
 *
 * Source: AC eq. 9.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1 });
 * equalSchedule(problem).trades; // → [250, 250, 250, 250]
 * equalSchedule(problem).remaining; // → [1000, 750, 500, 250, 0]
 * ```
 */
export function equalSchedule(problem: ExecutionProblem): Schedule {
  checkProblem(problem);
  const { shares: X, intervals: N } = problem;
  const remaining = Array.from({ length: N + 1 }, (_, k) => (X * (N - k)) / N);
  const trades = Array.from({ length: N }, () => X / N);
  return makeSchedule(problem, "TWAP", remaining, trades);
}
