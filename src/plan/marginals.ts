/**
 * What one more share in an interval adds to expected cost and to variance, separately: the two sides of every trade-off
 * that a schedule makes.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import type { Schedule } from "../model/schedule";

/**
 * Derivatives by n_1 … n_N, with the holdings that follow, and by the rest where shares may be left; each up to a number that
 * all share.
 */
export interface MarginalParts {
  /** ∂E/∂n_k without the spread (currency/share). */
  readonly cost: Float64Array;
  /** ∂V/∂n_k (currency²/share). */
  readonly variance: Float64Array;
}

/** The derivatives at a schedule that trades its order. */
export function marginalParts(problem: ExecutionProblem, schedule: Schedule): MarginalParts {
  const { intervals: N, timing } = problem;
  const { remaining: x } = schedule;
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  const cost = Float64Array.from(impactLaw(problem).smoothMarginals(schedule));
  const variance = new Float64Array(cost.length);
  // What is left is one more trade, after the last move of the price.
  if (problem.remainderPrice !== undefined) cost[N] += problem.remainderPrice;
  const u = exposedPart(timing);
  const s = sideSign(problem);
  // A share traded in interval k is not held in those after it, nor, but for the part u, in its own.
  let [laterVariance, laterDrift] = [0, 0];
  for (let k = N - 1; k >= 0; k--) {
    const h = (1 - u) * x[k + 1] + u * x[k];
    const ownVariance = 2 * σ[k] * σ[k] * τ[k] * h;
    const ownDrift = s * α[k] * τ[k];
    variance[k] = -(laterVariance + (1 - u) * ownVariance);
    cost[k] += laterDrift + (1 - u) * ownDrift;
    laterVariance += ownVariance;
    laterDrift += ownDrift;
  }
  return { cost, variance };
}
