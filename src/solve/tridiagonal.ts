/**
 * The optimum by solving the first-order conditions, a tridiagonal system, in N steps.
 *
 * @module
 */
import { tradeCurvature } from "../cost";
import { checkProblem, type ExecutionProblem, intervalLength, sideSign } from "../problem";
import { makeSchedule, type Schedule } from "../schedule";
import { refuseImproper } from "./refusal";
import { requireOptimum } from "./urgency";

/**
 * The schedule of `optimalSchedule` by another route: the first-order conditions
 *
 *     −x_{k−1} + (2 + g) x_k − x_{k+1} = s α τ / 2a,    g = λ σ² τ / a,    k = 1 … N − 1
 *
 * eliminated from the far end. The pivots are 1 + e_k with e_k = g + e_{k+1}/(1 + e_{k+1}): carrying their excess
 * over 1 instead of the pivots themselves needs no subtraction, and keeps four digits more at N = 1,000,000.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the optimal schedule, called `"Optimal (tridiagonal)"`
 * @throws InputError when `problem` is not from `defineProblem`
 * @throws NoOptimumError as `optimalSchedule` does
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
  const { intervals: N, shares: X, volatility: σ, riskAversion: λ } = problem;
  const name = "Optimal (tridiagonal)";
  if (N === 1) return makeSchedule(problem, name, [X, 0], [X]);

  requireOptimum(problem);
  const a = tradeCurvature(problem);
  const τ = intervalLength(problem);
  // The cap stands for "all at once" and keeps the quotients below finite.
  const g = Math.min((λ * σ * σ * τ) / a, 1e300);
  const load = (sideSign(problem) * problem.drift * τ) / (2 * a);

  // x_k = (x_{k−1} + loads[k]) / (1 + excess[k])
  const excess = new Float64Array(N);
  const loads = new Float64Array(N);
  let e = 1 + g;
  let β = load;
  for (let k = N - 1; k >= 1; k--) {
    excess[k] = e;
    loads[k] = β;
    β = load + β / (1 + e);
    e = g + e / (1 + e);
  }

  const remaining = new Array<number>(N + 1).fill(0);
  const trades = new Array<number>(N).fill(0);
  remaining[0] = X;
  let x = X;
  for (let k = 1; k < N; k++) {
    const pivot = 1 + (excess[k] as number);
    const n = (x * (excess[k] as number) - (loads[k] as number)) / pivot;
    x = (x + (loads[k] as number)) / pivot;
    // Arithmetic on the smallest doubles of all is slow, and nobody holds 1e-300 shares.
    if (Math.abs(x) < 1e-300) x = 0;
    trades[k - 1] = n;
    remaining[k] = x;
  }
  trades[N - 1] = x;
  refuseImproper(problem, trades);
  return makeSchedule(problem, name, remaining, trades);
}
