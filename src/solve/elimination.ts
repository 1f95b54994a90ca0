/**
 * The unbounded optimum of any quadratic objective by elimination from the far end: the value of holding x before trade k
 * is a parabola, A_k x² + B_k x + const, and
 *
 *     A'_k = b_k + A_{k+1},   B'_k = q_k + B_{k+1}       (what holding x_k costs from there on)
 *     x_k  = kept_k x_{k−1} + shift_k,                   kept_k = a_k/(a_k + A'_k),   shift_k = −(B'_k − p_k)/(2(a_k + A'_k))
 *     A_k  = kept_k A'_k,   B_k = kept_k B'_k + (1 − kept_k) p_k
 *
 * with A_N = a_N, B_N = p_N. The sums a_k + A'_k are the pivots of the tridiagonal matrix of second derivatives over
 * x_1 … x_{N−1}: it is positive definite exactly where all are above 0. In a closed interval nothing is traded and the
 * parabola stays what it is.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, ownPart, uniformMarket } from "../model/market";
import { type QuadraticObjective, quadraticObjective } from "../model/quadratic";
import { mayLeave } from "../model/remainder";
import { beyondRange, requireFinite, smallest, unfilledArray, zeros } from "../support/numbers";
import { roundTrip } from "./roundTrip";
import { urgency } from "./urgency";
import { moneyMachine, remainderNotConvex, riskSeeking } from "./wellPosed";

/** What the elimination leaves for trades 1 … N: x_k = kept_k x_{k−1} + shift_k. */
export interface Elimination {
  readonly kept: Float64Array;
  /** 1 − kept_k, without cancellation. */
  readonly sold: Float64Array;
  readonly shift: Float64Array;
  /** Where the matrix is not positive definite: the interval of the first pivot found that is not above 0, counted from 0. */
  readonly failed: number;
}

/**
 * Eliminates an objective in which every trade is with the order, so that ε_k is a price like p_k. Stops at the first
 * pivot that is not above its own rounding.
 */
export function eliminate(form: QuadraticObjective): Elimination {
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε, open } = form;
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const N = a.length;
  // A price that all trades share decides nothing, and would cost the others digits.
  const shared = smallest(ε);
  const kept = zeros(N);
  const sold = zeros(N);
  const shift = zeros(N);
  let k = N - 1;
  // Where the day ends closed, the last interval that is open must end it.
  while (open[k] === 0) {
    kept[k] = 1;
    k--;
  }
  sold[k] = 1;
  let A = a[k];
  let B = p[k] + (ε[k] - shared);
  for (k--; k >= 0; k--) {
    const ahead = b[k] + A;
    const slope = q[k] + B;
    if (open[k] === 0) {
      kept[k] = 1;
      [A, B] = [ahead, slope];
      continue;
    }
    const pivot = a[k] + ahead;
    if (!(pivot > 4 * Number.EPSILON * (Math.abs(a[k]) + Math.abs(b[k]) + Math.abs(A)))) {
      return { kept, sold, shift, failed: k };
    }
    const price = p[k] + (ε[k] - shared);
    kept[k] = a[k] / pivot;
    sold[k] = ahead / pivot;
    shift[k] = -(slope - price) / (2 * pivot);
    A = kept[k] * ahead;
    B = kept[k] * slope + sold[k] * price;
  }
  return { kept, sold, shift, failed: -1 };
}

/** Holdings and trades of an elimination. */
export function unfold(
  { kept, sold, shift }: Elimination,
  X: number,
): { readonly remaining: number[]; readonly trades: number[] } {
  const N = kept.length;
  const remaining = unfilledArray(N + 1);
  const trades = unfilledArray(N);
  remaining[0] = X;
  // Arithmetic on the smallest doubles of all is slow, and nobody holds 1e-300 of an order.
  const least = 1e-300 * X;
  for (let k = 0; k < N; k++) {
    const before = remaining[k];
    const after = before * kept[k] + shift[k];
    remaining[k + 1] = Math.abs(after) < least ? 0 : after;
    // Not a difference of holdings, which has no digits left where hardly anything is traded.
    trades[k] = before * sold[k] - shift[k];
  }
  return { remaining, trades };
}

/**
 * Throws NoOptimumError where E or E + λV is not convex, RangeError where doubles cannot tell. A single trade leaves nothing
 * to choose.
 */
export function requireOptimum(problem: ExecutionProblem): void {
  const { intervals: N, riskAversion } = problem;
  const finished = mayLeave(problem) ? { ...problem, remainderPrice: undefined } : problem;
  if (N > 1) requireFinishedOptimum(finished);
  if (finished === problem) return;
  const form = withoutDrift(quadraticObjective(problem, riskAversion));
  const elimination = eliminate(form);
  if (elimination.failed === -1) return;
  const { direction, change } = roundTrip(form, elimination.kept, elimination.failed);
  throw remainderNotConvex(problem, direction, change);
}

/** The same for an order that finishes in two intervals or more. */
function requireFinishedOptimum(problem: ExecutionProblem): void {
  if (uniformMarket(problem) !== undefined) {
    urgency(problem);
    return;
  }
  if (problem.riskAversion >= 0 && isConvexByTerms(problem)) return;
  const cost = withoutDrift(quadraticObjective(problem, 0));
  requireFinite("What decides on the optimum, η/τ ∓ γ/2,", cost.tradeCurvatures);
  const elimination = eliminate(cost);
  if (elimination.failed !== -1) {
    const { direction, change } = roundTrip(cost, elimination.kept, elimination.failed);
    throw moneyMachine(problem, direction, change);
  }
  if (problem.riskAversion >= 0) return;
  if (eliminate(withoutDrift(quadraticObjective(problem))).failed !== -1) {
    throw riskSeeking(problem, riskAversionLimit(problem));
  }
}

/**
 * Whether every term of E is convex by itself, clear of rounding: what trades cost, η/τ ∓ γ/2, and permanent impact that does not
 * fall over the day.
 */
function isConvexByTerms(problem: ExecutionProblem): boolean {
  const { lengths: τ, temporaryImpacts: η, permanentImpacts: γ } = marketOf(problem);
  const sign = 1 - 2 * ownPart(problem);
  for (let k = 0; k < τ.length; k++) {
    if (!(2 * η[k] > (1 + 1e-9) * sign * γ[k] * τ[k] && Number.isFinite(η[k] / τ[k]))) return false;
    if (k > 0 && γ[k] < γ[k - 1]) return false;
  }
  return true;
}

/** The squares of an objective alone, which decide whether it is convex. */
function withoutDrift(form: QuadraticObjective): QuadraticObjective {
  const { halfSpreads, holdingPrices } = form;
  return {
    ...form,
    halfSpreads: zeros(halfSpreads.length),
    holdingPrices: zeros(holdingPrices.length),
  };
}

/** The negative λ at which E + λV stops being convex, by bisection over its exponent. */
function riskAversionLimit(problem: ExecutionProblem): number {
  const isConvex = (λ: number): boolean =>
    eliminate(withoutDrift(quadraticObjective(problem, λ))).failed === -1;
  let [convex, other] = [0, problem.riskAversion];
  for (let i = 0; i < 200 && other !== convex; i++) {
    const middle = convex === 0 ? other / 1024 : convex + (other - convex) / 2;
    if (middle === convex || middle === other) break;
    if (isConvex(middle)) convex = middle;
    else other = middle;
  }
  if (convex === 0) throw beyondRange("The convexity limit of the risk aversion");
  return other;
}
