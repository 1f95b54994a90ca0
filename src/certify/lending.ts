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
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { mayLeave } from "../model/remainder";
import { tradeCosts } from "./answers";
import { isPositiveDefinite } from "./definite";
import { costSquares, objectiveSquares, type Squares } from "./marginals";

/** Parts of m_k that are lent: never all of it, so that trades keep some. */
const parts = [0.5, 0.999];

/**
 * l_k, all 0 where holdings are convex by themselves; undefined where E + λV is not shown to be convex within these bounds.
 *
 * @param reach - bounds narrowed by what the others leave
 */
export function lentCurvatures(problem: ExecutionProblem, reach: BoundArrays): Float64Array | undefined {
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
