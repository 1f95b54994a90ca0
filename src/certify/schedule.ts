/**
 * A certificate of optimality, recomputed from the problem's data alone. This file imports no solver and no cost
 * formula: what it shares with them is the problem, and nothing else.
 *
 * @module
 */
import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { isList } from "../support/checks";
import { InputError } from "../support/errors";
import { beyondRange, differenceOfProducts, requireFinite, Sum } from "../support/numbers";

/** What `certify` finds, and what it was held to. */
export interface Certificate {
  /**
   * - `"optimal"`: the schedule trades the order within its bounds and satisfies the conditions of the only minimum
   *   of E + λV;
   * - `"not-optimal"`: it does so too, but a better schedule exists;
   * - `"infeasible"`: it does not trade the order, leaves its bounds, or contradicts itself;
   * - `"no-optimum"`: E or E + λV is not convex, and no schedule is the optimum.
   */
  readonly verdict: "optimal" | "not-optimal" | "infeasible" | "no-optimum";
  /**
   * How far the schedule is from trading the order within its bounds: x_0 − X, x_N, Σn − X, x_{k−1} − x_k − n_k and
   * what a trade lies beyond its bound, the largest (shares); NaN where an entry is no number or one is missing.
   */
  readonly feasibilityResidual: number;
  /**
   * How far marginal costs are apart, as the trade that would level them: 0 at an optimum (shares); NaN for the verdicts
   * `"infeasible"` and `"no-optimum"`.
   */
  readonly optimalityResidual: number;
  /** What the residual that decided was held to (shares). */
  readonly tolerance: number;
  /** An upper bound on what any other schedule could save: the objective is proven to lie within it (currency). NaN for the verdict `"infeasible"`, Infinity for `"no-optimum"`. */
  readonly gapBound: number;
  /** The smallest eigenvalue of the matrix of second derivatives of E + λV over x_1 … x_{N−1} (currency/share²). Infinity for N = 1, where there are none. */
  readonly curvature: number;
}

/**
 * Checks whether a schedule, from any source, is the optimum of E + λV.
 *
 * Selling one share more in interval k adds the marginal cost
 *
 *     G_k = 2a n_k − Σ_{j=k}^{N−1} (2λσ²τ x_j − s α τ)  ± ε  (+ where n_k > 0, − where n_k < 0, in between where n_k = 0)
 *
 * to the objective. A feasible schedule of a convex problem is optimal exactly if one price fits all G_k: nothing
 * is then gained by trading more in one interval and less in another. A trade at its upper bound may be worth more
 * than that price, one at its lower bound less.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule; only the arrays `remaining` and `trades` are read, and whatever they hold is judged
 * @param bounds - bounds on the trades, as for `boundedSchedule`; without them, trades may be any number (shares)
 * @returns residuals, the tolerance they were held to, a bound on the gap, and the verdict
 * @throws InputError when `problem` is not from `defineProblem`, the schedule has not the two arrays, or a bound is none
 * @throws RangeError when doubles cannot hold what decides the verdict
 *
 * Source: the Karush–Kuhn–Tucker conditions of AC eq. 15.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3, riskAversion: 1e-2,
 * });
 * certify(problem, optimalSchedule(problem)).verdict; // → optimal
 * certify(problem, equalSchedule(problem)).verdict; // → not-optimal
 * ```
 */
export function certify(problem: ExecutionProblem, schedule: Schedule, bounds?: TradeBounds): Certificate {
  checkProblem(problem);
  if (!isList(schedule?.remaining) || !isList(schedule?.trades)) {
    throw new InputError("schedule", schedule, "a schedule with the arrays remaining and trades");
  }
  const { least, most } = bounds === undefined ? unbounded : checkBounds(problem, bounds);
  const { shares: X, intervals: N, horizon: T, volatility: σ, riskAversion: λ, halfSpread: ε } = problem;
  const τ = T / N;
  // a = η/τ ∓ ½γ, over a common denominator so that its sign is that of the exact number.
  const γ = problem.timing === "start" ? problem.permanentImpact : -problem.permanentImpact;
  const a = differenceOfProducts(2 * problem.temporaryImpact, N, γ, T) / (2 * T);
  const risk = 2 * (λ * σ * σ * τ);
  const trend = (problem.side === "sell" ? 1 : -1) * problem.drift * τ;
  const curvature = N === 1 ? Number.POSITIVE_INFINITY : 8 * a * Math.sin(Math.PI / (2 * N)) ** 2 + risk;
  requireFinite("What decides on the optimum, η/τ ∓ γ/2, λσ²τ or ατ,", [
    2 * a,
    risk,
    trend,
    N === 1 ? 0 : curvature,
  ]);
  // A sum of positive terms is not 0: they were lost below the least double.
  if (N > 1 && a === 0 && !(γ > 0 && γ * T > 1e-290))
    throw beyondRange("The curvature of the expected cost, η/τ ∓ γ/2,");
  // The same of a curvature that lost both of its terms.
  if (a > 0 && curvature === 0 && λ >= 0) throw beyondRange("The curvature of E + λV");
  const result = (
    verdict: Certificate["verdict"],
    feasibilityResidual: number,
    optimalityResidual: number,
    tolerance: number,
    gapBound: number,
  ): Certificate =>
    Object.freeze({ verdict, feasibilityResidual, optimalityResidual, tolerance, gapBound, curvature });

  const { worst, largest } = infeasibility(problem, schedule);
  // Where a strong drift makes holdings many times the order, they carry a rounding of 1e-16 of themselves for each
  // operation behind them; but never is a millionth of the order let pass.
  const feasibilityTolerance = Math.min(Math.max(1e-10 * X, 1e-13 * largest), 1e-6 * X);
  const feasibilityResidual = Number.isNaN(worst) ? worst : Math.max(worst, outside(schedule, least, most));
  if (!(feasibilityResidual <= feasibilityTolerance)) {
    return result("infeasible", feasibilityResidual, Number.NaN, feasibilityTolerance, Number.NaN);
  }
  if (N > 1 && !(a > 0 && curvature > 0)) {
    return result(
      "no-optimum",
      feasibilityResidual,
      Number.NaN,
      feasibilityTolerance,
      Number.POSITIVE_INFINITY,
    );
  }

  const { remaining, trades } = schedule;
  const rounding = 1e-12 * X;
  const carried = new Sum();
  let [highestLeast, lowestMost] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let largestTerm = 0;
  for (let k = N; k >= 1; k--) {
    const n = trades[k - 1];
    if (k < N) carried.add(risk * remaining[k] - trend);
    const smooth = 2 * a * n - carried.value;
    largestTerm = Math.max(
      largestTerm,
      Math.abs(2 * a * n),
      Math.abs(carried.value),
      Math.abs(trend) * (N - k),
    );
    // Counted from a trade with the order, so that a large spread costs no digits where every trade is one.
    if (!(n <= (least[k - 1] ?? Number.NEGATIVE_INFINITY) + rounding)) {
      highestLeast = Math.max(highestLeast, n > rounding ? smooth : smooth - 2 * ε);
    }
    if (!(n >= (most[k - 1] ?? Number.POSITIVE_INFINITY) - rounding)) {
      lowestMost = Math.min(lowestMost, n < -rounding ? smooth - 2 * ε : smooth);
    }
  }
  const apart = N === 1 ? 0 : Math.max(0, highestLeast - lowestMost);
  const optimalityResidual = apart / (2 * a);
  // The second part allows for the rounding of terms that are large where a drift or an urgency is.
  const tolerance = Math.max(1e-10 * X, (1e-13 * largestTerm) / (2 * a));
  // With the price in the middle, no trade's marginal cost misses it by more than half of `apart`: along any change d
  // of the N − 1 holdings the objective falls by at most ½ apart Σ|d_{k−1} − d_k| ≤ apart √(N−1) |d|, and it is convex.
  const gapBound = apart === 0 ? 0 : (N - 1) * apart * (apart / (2 * curvature));
  requireFinite("What decides on the optimum", [optimalityResidual, tolerance, gapBound]);
  const verdict = optimalityResidual <= tolerance ? "optimal" : "not-optimal";
  return result(verdict, feasibilityResidual, optimalityResidual, tolerance, gapBound);
}

/**
 * The largest violation of the identities that make a schedule one of this order, NaN where a number is missing, and the
 * largest of |x_k| (both in shares).
 */
function infeasibility(
  problem: ExecutionProblem,
  { remaining, trades }: Schedule,
): { readonly worst: number; readonly largest: number } {
  const { shares: X, intervals: N } = problem;
  const none = { worst: Number.NaN, largest: 0 };
  if (remaining.length !== N + 1 || trades.length !== N) return none;
  // A text or a BigInt is no number, though some operators take them for one. By index, so that a hole is seen.
  const [first, last] = [remaining[0], remaining[N]];
  if (!Number.isFinite(first) || !Number.isFinite(last)) return none;
  const traded = new Sum();
  let worst = Math.max(Math.abs((first as number) - X), Math.abs(last as number));
  let largest = 0;
  let before = first as number;
  for (let k = 1; k <= N; k++) {
    const x = remaining[k];
    const n = trades[k - 1];
    if (!Number.isFinite(x) || !Number.isFinite(n)) return none;
    traded.add(n as number);
    worst = Math.max(worst, Math.abs(before - (x as number) - (n as number)));
    largest = Math.max(largest, Math.abs(x as number));
    before = x as number;
  }
  return { worst: Math.max(worst, Math.abs(traded.value - X)), largest };
}

/** Stands for bounds where there are none. */
const unbounded = { least: new Float64Array(0), most: new Float64Array(0) };

/** How far a trade lies beyond its bound, the farthest (shares). */
function outside({ trades }: Schedule, least: Float64Array, most: Float64Array): number {
  let worst = 0;
  for (let k = 0; k < least.length; k++) {
    const n = trades[k];
    worst = Math.max(worst, least[k] - n, n - most[k]);
  }
  return worst;
}
