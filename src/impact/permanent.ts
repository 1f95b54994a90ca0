/**
 * What linear permanent impact costs, for every law that has it: trade k moves the price by γ_k n_k for good.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, ownPart } from "../model/market";
import { choiceCount } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { Sum, zeros } from "../support/numbers";

/** γ Σ n_k (x_k + c n_k) with γ_k in each interval. */
export function permanentCost(
  problem: ExecutionProblem,
  { trades, remaining }: Pick<Schedule, "trades" | "remaining">,
): number {
  const c = ownPart(problem);
  const { permanentImpacts: γ } = marketOf(problem);
  // The shares that pay for trade k's move, x_k + c n_k: those held after it, before it, or the mean of both.
  const before = c === 0 ? 1 : 0;
  const after = c === 1 ? 0 : 1;
  const sum = new Sum();
  for (let k = 0; k < trades.length; k++) {
    sum.add(γ[k] * (trades[k] * (0.5 * (remaining[k + before] + remaining[k + after]))));
  }
  return sum.value;
}

/**
 * Its derivatives by trades but for what each has to itself, (2c − 1)γ_k n_k, and for γ_1 X, which all share:
 * Σ_{j<k} (γ_{j+1} − γ_j) x_j, with γ_{N+1} = 0 for the rest where one may be left, because Σ_{j<k} γ_j n_j + γ_k x_k = γ_1 X + Σ_{j<k} (γ_{j+1} − γ_j) x_j − γ_k n_k.
 */
export function carriedMarginals(
  problem: ExecutionProblem,
  { remaining }: Pick<Schedule, "remaining">,
): Float64Array {
  const { permanentImpacts: γ } = marketOf(problem);
  const marginals = zeros(choiceCount(problem));
  const carried = new Sum();
  for (let k = 1; k < marginals.length; k++) {
    carried.add(((γ[k] ?? 0) - γ[k - 1]) * remaining[k]);
    marginals[k] = carried.value;
  }
  return marginals;
}

/** Its second derivatives by holdings, γ_{k+1} − γ_k; −γ_N by the rest where one may be left. */
export function permanentCurvatures(problem: ExecutionProblem): Float64Array {
  const { permanentImpacts: γ } = marketOf(problem);
  const holdings = zeros(choiceCount(problem) - 1);
  for (let k = 0; k < holdings.length; k++) holdings[k] = (γ[k + 1] ?? 0) - γ[k];
  return holdings;
}
