/**
 * Which trades a schedule without bounds may choose from.
 *
 * @module
 */
import { type BoundArrays, freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, ownPart } from "../model/market";
import { impactLaw } from "./law";

/** (2c − 1)γ_k: what permanent impact adds to the second derivative by a trade, below 0 where a trade escapes its own move. */
export function ownCurvatures(problem: ExecutionProblem): Float64Array {
  const own = 2 * ownPart(problem) - 1;
  return marketOf(problem).permanentImpacts.map((γ) => own * γ);
}

/**
 * Any trades at all; but only those from 0 to the order where the cost of a trade is not convex, because there round trips that
 * are large enough (small enough, for an exponent above 1) would seem to make money.
 */
export function freeTrades(problem: ExecutionProblem): BoundArrays {
  const bounds = freeBounds(problem);
  const { convexTrades } = impactLaw(problem);
  const isConvex = ownCurvatures(problem).every((beside, k) => {
    const [from, to] = convexTrades(k, beside);
    return from === 0 && to === Number.POSITIVE_INFINITY;
  });
  if (isConvex) return bounds;
  return { lower: bounds.lower.map(() => 0), upper: bounds.upper };
}
