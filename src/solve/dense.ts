/**
 * The optimum by the dense normal equations, as seed A solves them.
 *
 * @module
 */
import { Matrix, solve } from "ml-matrix";
import { tradeCurvature } from "../cost/report";
import { checkProblem, type ExecutionProblem, sideSign, stepLength } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { InputError } from "../support/errors";
import { requireOptimum } from "./urgency";
import { refuseImproper } from "./wellPosed";

/** A dense solve takes N³/3 operations: beyond this it is a lesson, not a method. */
const mostIntervals = 500;

/**
 * The schedule of `optimalSchedule` by a third route: the matrix of second derivatives of E + λV over
 * x_1 … x_{N−1}, written out in full and handed to a general linear solver (LU, by ml-matrix).
 *
 * @param problem - a problem from `defineProblem` with at most 500 intervals
 * @returns the optimal schedule, called `"Optimal (dense)"`
 * @throws InputError when `problem` is not from `defineProblem` or has more than 500 intervals
 * @throws NoOptimumError as `optimalSchedule` does
 * @throws RangeError as `optimalSchedule` does
 *
 * Source: seed A section 1.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 900, horizon: 3, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * denseSchedule(problem).remaining.map((x) => Math.round(x)); // → [900, 600, 300, 0]
 * ```
 */
export function denseSchedule(problem: ExecutionProblem): Schedule {
  checkProblem(problem);
  const { intervals: N, shares: X, volatility: σ, riskAversion: λ } = problem;
  if (N > mostIntervals) {
    throw new InputError(
      "problem.intervals",
      N,
      `at most ${mostIntervals} for the dense route`,
      "Use optimalSchedule or tridiagonalSchedule, which take any number.",
    );
  }
  const name = "Optimal (dense)";
  if (N === 1) return makeSchedule(problem, name, [X, 0], [X]);

  requireOptimum(problem);
  const a = tradeCurvature(problem);
  const τ = stepLength(problem);
  const hessian = Matrix.zeros(N - 1, N - 1);
  for (let k = 0; k < N - 1; k++) {
    hessian.set(k, k, 4 * a + 2 * (λ * σ * σ * τ));
    if (k > 0) {
      hessian.set(k, k - 1, -2 * a);
      hessian.set(k - 1, k, -2 * a);
    }
  }
  const constant = Matrix.zeros(N - 1, 1);
  constant.fill(sideSign(problem) * problem.drift * τ);
  constant.set(0, 0, constant.get(0, 0) + 2 * a * X);

  const remaining = [X, ...solve(hessian, constant).to1DArray(), 0];
  const trades = remaining.slice(1).map((x, k) => remaining[k] - x);
  refuseImproper(problem, remaining, trades);
  return makeSchedule(problem, name, remaining, trades);
}
