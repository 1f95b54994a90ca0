/**
 * Which trades a schedule without bounds may choose from.
 *
 * @module
 */
import { type BoundArrays, freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, ownPart } from "../model/market";
import { mayLeave, withRestEntry } from "../model/remainder";
import { choiceLaw } from "./choices";

/**
 * (2c − 1)γ_k: what permanent impact adds to the second derivative by a trade, below 0 where a trade escapes its own move; 0 for
 * the rest where one may be left.
 */
export function ownCurvatures(problem: ExecutionProblem): Float64Array {
  const own = 2 * ownPart(problem) - 1;
  const byTrade = marketOf(problem).permanentImpacts.map((γ) => own * γ);
  return withRestEntry(problem, byTrade, 0);
}

/**
 * Any trades at all; but only those from 0 to the order where the cost of a trade is not convex, because there round trips that
 * are large enough (small enough, for an exponent above 1) would seem to make money, and where shares may be left that bear
 * permanent impact, which only trades of limited size can make convex.
 */
export function freeTrades(problem: ExecutionProblem): BoundArrays {
  const bounds = freeBounds(problem);
  const { convexTrades } = choiceLaw(problem);
  const isConvex = ownCurvatures(problem).every((beside, k) => {
    const [from, to] = convexTrades(k, beside);
    return from === 0 && to === Number.POSITIVE_INFINITY;
  });
  const restBears = mayLeave(problem) && marketOf(problem).permanentImpacts[problem.intervals - 1] > 0;
  if (isConvex && !restBears) return bounds;
  return { lower: bounds.lower.map(() => 0), upper: bounds.upper };
}
