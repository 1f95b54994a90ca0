/**
 * How single trades answer to prices under a law whose temporary impact is a function of each trade by itself:
 * φ_k(n) = f_k(n) + ½(e_k − l_k) n², with e_k what permanent impact adds to the second derivative, and l_k what the trade lends to
 * the holdings, so that these are convex.
 *
 * @module
 */
import { type ChoiceLaw, choiceLaw } from "../impact/choices";
import { ownCurvatures } from "../impact/freeTrades";
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { choiceCount, withRestEntry } from "../model/remainder";

/** The costs of single trades, with their bounds. */
export interface TradeCosts {
  readonly law: ChoiceLaw;
  /** e_k (currency/share²). */
  readonly own: Float64Array;
  /** l_k, 0 or above, and no more than leaves φ_k convex (currency/share²). */
  readonly lent: Float64Array;
  /** ε_k (currency/share). */
  readonly ε: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export function tradeCosts(problem: ExecutionProblem, { lower, upper }: BoundArrays): TradeCosts {
  return {
    law: choiceLaw(problem),
    own: ownCurvatures(problem),
    lent: new Float64Array(choiceCount(problem)),
    // The rest is one more trade, without a spread.
    ε: withRestEntry(problem, marketOf(problem).halfSpreads, 0),
    lower,
    upper,
  };
}

/** φ_k′(n) without the spread (currency/share). */
export function slopeAt({ law, own, lent }: TradeCosts, k: number, n: number): number {
  return law.temporaryMarginal(k, n) + (own[k] - lent[k]) * n;
}

/** Whether φ_k is convex between its bounds; what it lends leaves it so. */
export function isConvexTrade({ law, own, lower, upper }: TradeCosts, k: number): boolean {
  if (own[k] >= 0 || lower[k] === upper[k]) return true;
  const [from, to] = law.convexTrades(k, own[k]);
  if (from > 0) return lower[k] >= from || upper[k] <= -from;
  return Math.max(-lower[k], upper[k]) <= to;
}

/** The trade that is cheapest at a price: the least of φ_k(m) − price·m between its bounds. */
export function cheapestTrade(costs: TradeCosts, k: number, price: number): number {
  const { law, own, lent, ε, lower, upper } = costs;
  const beside = own[k] - lent[k];
  const within = (m: number): number => Math.min(Math.max(m, lower[k]), upper[k]);
  const [along, against] = [price - ε[k], -price - ε[k]];
  const smooth =
    along > 0 ? law.tradeAt(k, along, beside) : against > 0 ? -law.tradeAt(k, against, beside) : 0;
  if (isConvexTrade(costs, k)) return within(smooth);
  // Where it is not convex, the least lies at an end, at 0, or at the smooth answer.
  let best = within(smooth);
  for (const m of [within(0), lower[k], upper[k]]) {
    if (gapBetween(costs, k, best, m, price) > 0) best = m;
  }
  return best;
}

/** φ_k(n) − φ_k(m) − price (n − m): how much dearer n is than m at a price (currency). */
export function gapBetween(costs: TradeCosts, k: number, n: number, m: number, price: number): number {
  if (n === m) return 0;
  const { law, own, lent, ε } = costs;
  const d = n - m;
  if (!Number.isFinite(d)) return Number.POSITIVE_INFINITY;
  if (Math.abs(d) < 1e-3 * Math.abs(n)) {
    // Simpson's rule on the marginal cost: exact to rounding here, where the difference of two costs is not.
    const less = price - ε[k] * Math.sign(n);
    const middle = 4 * (slopeAt(costs, k, 0.5 * (n + m)) - less);
    return (d / 6) * (slopeAt(costs, k, n) - less + middle + (slopeAt(costs, k, m) - less));
  }
  return law.value(k, n) - law.value(k, m) + (0.5 * (own[k] - lent[k]) * (n + m) - price) * d;
}
