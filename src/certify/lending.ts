/**
 * Whether E + λV is convex where temporary impact is a function of each trade by itself. What it holds beside that, risk and lasting
 * moves of the price, is a chain of squares, Σ ½B_k x_k². It is convex by itself where permanent impact does not fall faster over the
 * day than risk makes up for, and nothing may be left: what is left pays for no move of its own, and B_N = −γ_N + 2λσ_N²τ_N may be
 * below 0. Trades then lend curvature: with m_k the least second derivative of a trade's own cost over its reach,
 *
 *     E + λV = Σ (f_k + e_k − ½l_k n_k²)  +  Σ ½l_k n_k² + Σ ½B_k x_k²,      0 ≤ l_k ≤ m_k
 *
 * is a sum of convex functions where the second chain is positive definite.
 *
 * m_k is taken over trades that may be the optimum's: where everything may be left, no trade is so large that leaving its last share would be
 * cheaper whatever the others do.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { total } from "../support/numbers";
import { isConvexTrade, tradeCosts } from "./answers";
import { isPositiveDefinite } from "./definite";
import { costSquares, objectiveSquares, type Squares } from "./marginals";

/** Parts of m_k that are lent: never all of it, so that trades keep some. */
const parts = [0.5, 0.999];

/** Bounds that all optima keep, and what trades lend within them. */
export interface ConvexReach {
  readonly reach: BoundArrays;
  readonly lent: Float64Array;
}

/**
 * Bounds that all optima keep and within which E + λV is shown to be convex; undefined where there are none.
 *
 * @param reach - bounds narrowed by what the others leave
 */
export function convexReach(problem: ExecutionProblem, reach: BoundArrays): ConvexReach | undefined {
  const lent = lentCurvatures(problem, reach);
  if (lent !== undefined) return { reach, lent };
  const narrowed = reachOfOptima(problem, reach);
  if (narrowed === undefined) return undefined;
  const more = lentCurvatures(problem, narrowed);
  return more === undefined ? undefined : { reach: narrowed, lent: more };
}

/**
 * The largest trades that an optimum may have, where everything may be left: leaving the last share of trade k saves its marginal cost
 * f_k′ + e_k n_k, and adds at most, with all holdings between 0 and X,
 *
 *     P_k = p − ε_k + X Σ_{j≥k} max(0, γ_{j+1} − γ_j)  +  Σ_{l>k} (2λσ_l²τ_l X − sα_lτ_l)  +  (1 − u) (2λσ_k²τ_k X − sα_kτ_k)
 *
 * Undefined where a trade may go against the order, or where its marginal cost falls again within its bounds.
 */
function reachOfOptima(problem: ExecutionProblem, reach: BoundArrays): BoundArrays | undefined {
  const { intervals: N, shares: X, riskAversion: λ, remainderPrice, timing } = problem;
  const costs = tradeCosts(problem, reach);
  const { law, own, ε, lower, upper } = costs;
  if (remainderPrice === undefined || lower.some((bound) => bound < 0)) return undefined;
  // With all trades at their lower bounds as much is left as may be, or something else keeps them from it.
  if (upper[N] < (1 - 1e-12) * (X - total(lower))) return undefined;
  if (own.some((_, k) => !isConvexTrade(costs, k))) return undefined;
  const { holdings } = costSquares(problem);
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  const kept = 1 - exposedPart(timing);
  const s = sideSign(problem);
  const most = upper.slice();
  let added = remainderPrice;
  for (let k = N - 1; k >= 0; k--) {
    const held = 2 * (λ * σ[k] * σ[k] * τ[k]) * X - s * α[k] * τ[k];
    added += Math.max(0, holdings[k]) * X;
    const price = added - ε[k] + kept * held;
    const largest = price > 0 ? law.tradeAt(k, price, own[k]) : 0;
    most[k] = Math.max(lower[k], Math.min(upper[k], largest));
    added += held;
  }
  return { lower, upper: most };
}

/**
 * l_k, all 0 where holdings are convex by themselves; undefined where E + λV is not shown to be convex within these bounds.
 *
 * @param reach - bounds narrowed by what the others leave
 */
function lentCurvatures(problem: ExecutionProblem, reach: BoundArrays): Float64Array | undefined {
  const { trades, holdings } = costSquares(problem);
  const none = new Float64Array(trades.length);
  // Risk alone is convex.
  if (holdings.every((B) => B >= 0)) return none;
  const beside = objectiveSquares(problem, { trades: none, holdings });
  if (problem.timing !== "mid") {
    if (beside.holdings.every((B) => B >= 0)) return none;
  } else if (isPositiveDefinite(beside)) return none;
  if (!mayLeave(problem)) return undefined;
  const most = leastCurvatures(problem, reach);
  for (const part of parts) {
    const lent = most.map((least) => part * least);
    const squares = { ...beside, trades: beside.trades.map((own, k) => own + lent[k]) };
    if (isPositiveDefinite(amongChoices(squares, reach))) return lent;
  }
  return undefined;
}

/** m_k: the second derivative goes one way with the size of a trade, so that it is least at one end of what can be traded. */
function leastCurvatures(problem: ExecutionProblem, reach: BoundArrays): Float64Array {
  const { law, own, lower, upper } = tradeCosts(problem, reach);
  return own.map((beside, k) => {
    const largest = Math.max(-lower[k], upper[k]);
    const smallest = Math.max(0, lower[k], -upper[k]);
    return Math.max(0, Math.min(law.curvature(k, smallest), law.curvature(k, largest)) + beside);
  });
}

/** The squares over trades that have a choice: holdings between them are one. */
function amongChoices({ trades, holdings }: Squares, { lower, upper }: BoundArrays): Squares {
  const places = Array.from(lower.keys()).filter((k) => lower[k] < upper[k]);
  const between = places.slice(1).map((next, i) => {
    let sum = 0;
    for (let k = places[i]; k < next; k++) sum += holdings[k];
    return sum;
  });
  return { trades: Float64Array.from(places, (k) => trades[k]), holdings: Float64Array.from(between) };
}
