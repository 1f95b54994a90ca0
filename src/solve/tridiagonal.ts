/**
 * The optimum by solving the first-order conditions, a tridiagonal system, in N steps.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { checkProblem, sideSign } from "../model/problem";
import { impactCurvature, quadraticObjective, requireQuadratic } from "../model/quadratic";
import { requireFinish } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { unfilledArray } from "../support/numbers";
import { eliminate, requireOptimum, unfold } from "./elimination";
import { halfRootOfG, tradeCurvature, urgency } from "./urgency";
import { requireProper } from "./wellPosed";

/**
 * The schedule of `optimalSchedule` by another route: the first-order conditions
 *
 *     −x_{k−1} + (2 + g) x_k − x_{k+1} = s α τ / 2a,    g = λ σ² τ / a,    k = 1 … N − 1
 *
 * eliminated from the far end. The pivots are 1 + e_k with e_k = g + e_{k+1}/(1 + e_{k+1}): carrying their excess
 * over 1 instead of the pivots themselves needs no subtraction, and keeps four digits more at N = 1,000,000.
 * Holdings below 1e-300 of the order are 0. Where the profile varies, the coefficients do, and pivots are carried as they are.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the optimal schedule, called `"Optimal (tridiagonal)"`
 * @throws InputError when `problem` is not from `defineProblem` or its impact is not linear
 * @throws NoOptimumError as `optimalSchedule` does
 * @throws RangeError as `optimalSchedule` does
 *
 * Source: AC eq. 16; seed A section 1, which announces this system and solves it densely.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 900, horizon: 3, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * tridiagonalSchedule(problem).remaining; // → [900, 600, 300, 0]
 * ```
 */
export function tridiagonalSchedule(problem: ExecutionProblem): Schedule {
  problem = checkProblem(problem);
  requireFinish(problem, "tridiagonalSchedule");
  requireQuadratic(problem, "tridiagonalSchedule");
  const { intervals: N, shares: X } = problem;
  const name = "Optimal (tridiagonal)";
  if (N === 1) return makeSchedule(problem, name, [X, 0], [X]);

  const isRegular = uniformMarket(problem) !== undefined && urgency(problem).branch !== "alternating";
  if (!isRegular) {
    requireOptimum(problem);
    const { remaining, trades } = unfold(eliminate(quadraticObjective(problem)), X);
    requireProper(problem, remaining, trades);
    return makeSchedule(problem, name, remaining, trades);
  }
  const space = eliminationSpace(N);
  const x = new Float64Array(N + 1);
  fillTridiagonal(problem, space, x);
  const { excess, kept, shift } = space;
  const remaining = unfilledArray(N + 1);
  const trades = unfilledArray(N);
  for (let k = 0; k <= N; k++) remaining[k] = x[k];
  // n_k is not formed as x_{k−1} − x_k, which has no digits left where hardly anything is traded.
  for (let k = 1; k < N; k++) {
    trades[k - 1] = x[k - 1] * (excess[k] * kept[k]) - shift[k];
  }
  trades[N - 1] = x[N - 1];
  requireProper(problem, remaining, trades);
  return makeSchedule(problem, name, remaining, trades);
}

/** g = λσ²τ/a of a uniform problem; at most 1e300, which stands for "all at once" and keeps quotients finite. */
function stiffness(problem: ExecutionProblem): number {
  const { riskAversion: λ } = problem;
  const { volatility: σ, length: τ } = uniformMarket(problem) ?? { volatility: 0, length: 0 };
  const plain = (λ * σ * σ * τ) / tradeCurvature(problem);
  const isPlain = λ === 0 || σ === 0 || (Number.isFinite(plain) && plain !== 0);
  if (isPlain) return Math.min(plain, 1e300);
  // A product that left the range of doubles on the way is made of its root, which does not.
  const ρ = halfRootOfG(problem, impactCurvature(problem));
  const square = problem.timing === "mid" ? ρ ** 2 / (1 - Math.sign(λ) * ρ ** 2) : ρ ** 2;
  return Math.min(Math.sign(λ) * 4 * square, 1e300);
}

/** What the elimination leaves for k = 1 … N − 1: x_k = kept_k x_{k−1} + shift_k, with kept_k = 1/(1 + excess_k). */
interface Elimination {
  readonly excess: Float64Array;
  readonly kept: Float64Array;
  readonly shift: Float64Array;
}

/** Space for the elimination of N intervals. */
function eliminationSpace(N: number): Elimination {
  return { excess: new Float64Array(N), kept: new Float64Array(N), shift: new Float64Array(N) };
}

/** Writes x_0 … x_N. */
function fillTridiagonal(problem: ExecutionProblem, space: Elimination, out: Float64Array): void {
  const { intervals: N, shares: X } = problem;
  requireOptimum(problem);
  const { drift: α, length: τ } = uniformMarket(problem) ?? { drift: 0, length: 0 };
  const g = stiffness(problem);
  const load = (sideSign(problem) * α * τ) / (2 * tradeCurvature(problem));

  const { excess, kept, shift } = space;
  let e = 1 + g;
  let β = load;
  for (let k = N - 1; k >= 1; k--) {
    // One division a step: each waits for the one before, and nothing else takes as long.
    const share = 1 / (1 + e);
    const moved = β * share;
    excess[k] = e;
    kept[k] = share;
    shift[k] = moved;
    β = load + moved;
    e = g + e * share;
  }

  out[0] = X;
  const least = 1e-300 * X;
  let x = X;
  for (let k = 1; k < N; k++) {
    x = x * kept[k] + shift[k];
    // Arithmetic on the smallest doubles of all is slow, and nobody holds 1e-300 of an order.
    if (Math.abs(x) < least) x = 0;
    out[k] = x;
  }
  out[N] = 0;
}
