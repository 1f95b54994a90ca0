/**
 * The certificate under a law whose temporary impact is a function of each trade by itself, from the law's marginal side.
 *
 * One share more in interval k adds φ_k′(n_k) − R_k to E + λV, with φ_k of `answers.ts` and R_k what later holdings save. At an
 * optimum one price g fits all: φ_k′(n_k) = g + R_k wherever a trade is free. What else the objective holds is convex in the
 * holdings and lies above its tangent, so that for any schedule within the bounds and any g
 *
 *     E + λV of this schedule − least E + λV  ≤  Σ_k φ_k(n_k) − φ_k(m_k) − (g + R_k)(n_k − m_k)
 *
 * with m_k the trade that is cheapest at the price g + R_k. No term is negative, and φ_k need not be convex. The best g makes
 * Σ m_k the order. Far from the optimum the tangent is low: the bound is then taken again from points nearer to it. Where shares may
 * be left, they are one more trade, and holdings may need curvature of the trades to be convex: see `lending.ts`.
 *
 * @module
 */
import { type BoundArrays, impliedBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { withRest } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { isConvexTrade, tradeCosts } from "./answers";
import { uniformCurvature } from "./definite";
import { convexReach } from "./lending";
import { levelingTrade } from "./leveling";
import { costSquares, objectiveSquares } from "./marginals";
import { leastGap, ownGap, pointAt } from "./separableGap";

/** What a certificate says of a feasible schedule. */
export interface SeparableJudgment {
  readonly verdict: "optimal" | "not-optimal" | "unproven" | "no-optimum";
  readonly optimalityResidual: number;
  readonly tolerance: number;
  readonly gapBound: number;
  readonly isGapLoose: boolean;
  readonly curvature: number;
}

/** Where E + λV is not convex, a finite gap proves a schedule as good as that, and no more. */
function openVerdict(gap: number): "unproven" | "no-optimum" {
  return Number.isFinite(gap) ? "unproven" : "no-optimum";
}

/**
 * @param enough - a gap that is small enough to stop (currency)
 */
export function judgeSeparable(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays,
  enough: number,
): SeparableJudgment {
  const convex = convexReach(problem, impliedBounds(problem.shares, bounds));
  const curvature = leastCurvature(problem, schedule);
  if (convex === undefined) {
    const unknown = { optimalityResidual: Number.NaN, gapBound: Number.POSITIVE_INFINITY };
    return {
      verdict: "unproven",
      ...unknown,
      tolerance: 1e-10 * problem.shares,
      isGapLoose: true,
      curvature,
    };
  }
  const { reach, lent } = convex;
  const costs = { ...tradeCosts(problem, reach), lent };
  const isConvex = costs.lower.every((_, k) => isConvexTrade(costs, k));
  const at = pointAt(problem, schedule);
  const tolerance = 1e-10 * problem.shares;
  const rounding = 1e-13 * at.largestTerm;
  const optimalityResidual = levelingTrade(costs, at, { tolerance, rounding });
  const isLevel = isConvex && optimalityResidual <= tolerance;
  const gap = isLevel
    ? { bound: ownGap(costs, at, rounding * problem.shares), rest: 0 }
    : leastGap(problem, costs, schedule, Math.max(enough, rounding * problem.shares));
  const isProven = isConvex ? isLevel : gap.bound <= rounding * problem.shares;
  return {
    verdict: isProven || gap.bound <= enough ? "optimal" : isConvex ? "not-optimal" : openVerdict(gap.bound),
    optimalityResidual,
    tolerance,
    gapBound: gap.bound,
    isGapLoose: !isConvex || gap.rest > 1e-3 * gap.bound,
    curvature,
  };
}

/** A lower bound on the smallest eigenvalue of the second derivatives by holdings, at this schedule (currency/share²). */
function leastCurvature(problem: ExecutionProblem, schedule: Schedule): number {
  const costs = tradeCosts(problem, { lower: new Float64Array(0), upper: new Float64Array(0) });
  const { trades } = withRest(problem, schedule);
  if (trades.length === 1) return Number.POSITIVE_INFINITY;
  let [A, B] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = 0; k < trades.length; k++) {
    A = Math.min(A, costs.law.curvature(k, trades[k]) + costs.own[k]);
  }
  const { holdings } = objectiveSquares(problem, costSquares(problem));
  for (const own of holdings) B = Math.min(B, own);
  return uniformCurvature(trades.length, A, B);
}
