/**
 * The optimum by the dense normal equations, as seed A solves them.
 *
 * @module
 */
import { Matrix, solve } from "ml-matrix";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { quadraticObjective, requireQuadratic } from "../model/quadratic";
import { requireFinish } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { InputError } from "../support/errors";
import { requireOptimum } from "./elimination";
import { requireProper } from "./wellPosed";

/** A dense solve takes N³/3 operations: beyond this it is a lesson, not a method. */
const mostIntervals = 500;

/**
 * The schedule of `optimalSchedule` by a third route: the matrix of second derivatives of E + λV over
 * x_1 … x_{N−1}, written out in full and handed to a general linear solver (LU, by ml-matrix).
 *
 * @param problem - a problem from `defineProblem` with at most 500 intervals
 * @returns the optimal schedule, called `"Optimal (dense)"`
 * @throws InputError when `problem` is not from `defineProblem` or its impact is not linear or has more than 500 intervals
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
  problem = checkProblem(problem);
  requireFinish(problem, "denseSchedule");
  requireQuadratic(problem, "denseSchedule");
  const { intervals: N, shares: X } = problem;
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
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε, open, ...form } = quadraticObjective(problem);
  const { holdingCurvatures: b, holdingPrices: q } = form;
  // x_k and x_{k−1} are one unknown where interval k is closed, and 0 from the last open interval on.
  const unknowns = unknownOfHolding(open);
  const size = Math.max(...unknowns) + 1;
  const hessian = Matrix.zeros(size, size);
  const constant = Matrix.zeros(size, 1);
  const add = (i: number, j: number, value: number): void => {
    if (i >= 0 && j >= 0) hessian.set(i, j, hessian.get(i, j) + value);
    else if (i >= 0 && j === order) constant.set(i, 0, constant.get(i, 0) - value * X);
  };
  const load = (i: number, value: number): void => {
    if (i >= 0) constant.set(i, 0, constant.get(i, 0) - value);
  };
  for (let k = 0; k < N; k++) {
    const [before, after] = [unknowns[k], unknowns[k + 1]];
    if (open[k] === 1) {
      // a n² + (p + ε) n with n = x_before − x_after.
      add(before, before, 2 * a[k]);
      add(after, after, 2 * a[k]);
      add(before, after, -2 * a[k]);
      add(after, before, -2 * a[k]);
      load(before, p[k] + ε[k]);
      load(after, -(p[k] + ε[k]));
    }
    if (k === N - 1) break;
    add(after, after, 2 * b[k]);
    load(after, q[k]);
  }
  const solved = size === 0 ? [] : solve(hessian, constant).to1DArray();
  const remaining = Array.from(unknowns, (i) => (i === order ? X : i === nothing ? 0 : solved[i]));
  const trades = remaining.slice(1).map((x, k) => remaining[k] - x);
  requireProper(problem, remaining, trades);
  return makeSchedule(problem, name, remaining, trades);
}

/** Stand for x = X and x = 0, which are no unknowns. */
const order = -1;
const nothing = -2;

/** The unknown that each of x_0 … x_N is, or `order`, or `nothing`. */
function unknownOfHolding(open: Uint8Array): Int32Array {
  const N = open.length;
  const unknowns = new Int32Array(N + 1).fill(order);
  let next = 0;
  for (let k = 1; k <= N; k++) unknowns[k] = open[k - 1] === 1 ? next++ : unknowns[k - 1];
  const last = unknowns[N];
  for (let k = N; k >= 0 && unknowns[k] === last; k--) unknowns[k] = nothing;
  return unknowns;
}
