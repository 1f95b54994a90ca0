/**
 * The optimum by solving the first-order conditions, a tridiagonal system, in N steps.
 *
 * @module
 */
import { tradeCurvature } from "../cost/report";
import { checkProblem, type ExecutionProblem, sideSign, stepLength } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { halfRootOfG, requireOptimum } from "./urgency";
import { refuseImproper } from "./wellPosed";

/**
 * The schedule of `optimalSchedule` by another route: the first-order conditions
 *
 *     −x_{k−1} + (2 + g) x_k − x_{k+1} = s α τ / 2a,    g = λ σ² τ / a,    k = 1 … N − 1
 *
 * eliminated from the far end. The pivots are 1 + e_k with e_k = g + e_{k+1}/(1 + e_{k+1}): carrying their excess
 * over 1 instead of the pivots themselves needs no subtraction, and keeps four digits more at N = 1,000,000.
 * Holdings below 1e-300 of the order are 0.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the optimal schedule, called `"Optimal (tridiagonal)"`
 * @throws InputError when `problem` is not from `defineProblem`
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
  checkProblem(problem);
  const { intervals: N, shares: X } = problem;
  const name = "Optimal (tridiagonal)";
  if (N === 1) return makeSchedule(problem, name, [X, 0], [X]);

  const space = eliminationSpace(N);
  const x = new Float64Array(N + 1);
  fillTridiagonal(problem, space, x);
  const { excess, kept, shift } = space;
  const remaining = new Array<number>(N + 1);
  const trades = new Array<number>(N);
  for (let k = 0; k <= N; k++) remaining[k] = x[k];
  // n_k is not formed as x_{k−1} − x_k, which has no digits left where hardly anything is traded.
  for (let k = 1; k < N; k++) {
    trades[k - 1] = x[k - 1] * (excess[k] * kept[k]) - shift[k];
  }
  trades[N - 1] = x[N - 1];
  refuseImproper(problem, remaining, trades);
  return makeSchedule(problem, name, remaining, trades);
}

/** What the elimination leaves for k = 1 … N − 1: x_k = kept_k x_{k−1} + shift_k, with kept_k = 1/(1 + excess_k). */
export interface Elimination {
  readonly excess: Float64Array;
  readonly kept: Float64Array;
  readonly shift: Float64Array;
}

/** Space for the elimination of up to N intervals, to be used as often as wanted. */
export function eliminationSpace(N: number): Elimination {
  return { excess: new Float64Array(N), kept: new Float64Array(N), shift: new Float64Array(N) };
}

/**
 * Writes x_0 … x_N of `tridiagonalSchedule` into a buffer of N + 1 places, without a schedule around them. Trusts that
 * the problem is checked and that N ≥ 2, and does not look for a reversal.
 */
export function fillTridiagonal(problem: ExecutionProblem, space: Elimination, out: Float64Array): void {
  const { intervals: N, shares: X, volatility: σ, riskAversion: λ } = problem;
  requireOptimum(problem);
  const a = tradeCurvature(problem);
  const τ = stepLength(problem);
  const plain = (λ * σ * σ * τ) / a;
  // A product that left the range of doubles on the way is made of its root, which does not. The cap stands for "all at
  // once" and keeps the quotients below finite.
  const isPlain = λ === 0 || σ === 0 || (Number.isFinite(plain) && plain !== 0);
  const g = Math.min(isPlain ? plain : Math.sign(λ) * (2 * halfRootOfG(problem, a)) ** 2, 1e300);
  const load = (sideSign(problem) * problem.drift * τ) / (2 * a);

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
