/**
 * The program behind every schedule under a law whose temporary impact is a function of each trade by itself:
 *
 *     min  Σ (f_k(n_k) + e_k n_k²)  +  Σ (b_k x_k² + q_k x_k)        x_0 = X,  x_k = x_{k−1} − n_k,  x_N = 0,  least_k ≤ n_k ≤ most_k
 *
 * with f_k spread and temporary impact by the law, and e_k, b_k, q_k from `quadraticPart`. Where shares may be left, they are one more
 * trade, with f = p·n.
 *
 * @module
 */
import { type ChoiceLaw, choiceLaw } from "../impact/choices";
import { ownCurvatures } from "../impact/freeTrades";
import { type BoundArrays, impliedBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { type QuadraticObjective, quadraticPart } from "../model/quadratic";
import { Sum, smallest } from "../support/numbers";

/** The program of a problem. */
export interface SeparableProgram {
  readonly problem: ExecutionProblem;
  readonly law: ChoiceLaw;
  readonly form: QuadraticObjective;
  /** 2e_k (currency/share²). */
  readonly beside: Float64Array;
  /** The part of it that is the trade's own: for timing `"mid"` the rest belongs to risk, which is convex as a whole. */
  readonly own: Float64Array;
  /** The smallest half spread, which prices are counted from (currency/share). */
  readonly shared: number;
  /** least_k and most_k (shares). */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The same narrowed by what the other intervals' bounds leave (shares). */
  readonly reach: BoundArrays;
}

export function separableProgram(problem: ExecutionProblem, bounds: BoundArrays): SeparableProgram {
  const form = quadraticPart(problem);
  const beside = form.tradeCurvatures.map((e) => 2 * e);
  return {
    problem,
    law: choiceLaw(problem),
    form,
    beside,
    own: ownCurvatures(problem),
    shared: smallest(form.halfSpreads),
    ...bounds,
    reach: impliedBounds(problem.shares, bounds),
  };
}

/** f_k′(n) + 2e_k n, without the spread (currency/share). */
export function smoothMarginal({ law, beside, form }: SeparableProgram, k: number, n: number): number {
  return law.temporaryMarginal(k, n) + beside[k] * n + form.tradePrices[k];
}

/** Whether a trade's cost is convex within its reach. */
export function isConvexTrade({ law, own, reach }: SeparableProgram, k: number): boolean {
  const [low, high] = [reach.lower[k], reach.upper[k]];
  if (own[k] >= 0 || low === high) return true;
  const [from, to] = law.convexTrades(k, own[k]);
  if (from === 0) return Math.max(-low, high) <= to;
  return low >= from || high <= -from;
}

/** The objective without its constant (currency). */
export function programValue(
  { law, form, beside }: SeparableProgram,
  trades: ArrayLike<number>,
  remaining: ArrayLike<number>,
): number {
  const { tradePrices: p, holdingCurvatures: b, holdingPrices: q } = form;
  const sum = new Sum();
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    sum.add(law.value(k, n));
    sum.add(0.5 * beside[k] * n * n + p[k] * n);
    if (k === b.length) break;
    const x = remaining[k + 1];
    sum.add(b[k] * x * x);
    sum.add(q[k] * x);
  }
  return sum.value;
}
