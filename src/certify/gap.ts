/**
 * How far a schedule is from the least E + λV, as a proof: a lower bound on the objective of every schedule within the bounds,
 * from prices.
 *
 * The spread and the bounds of trade k are a convex function p_k(m) = ε_k|m|, infinite outside of the bounds. Whatever the
 * price c_k of that function, p_k(m) ≥ c_k m − p_k*(c_k), with p_k*(c) = max_m (c m − p_k(m)). With lines in place of all p_k
 * what is left to minimize is a parabola over the holdings, whose minimum a factorization of its matrix K gives. So, for any c,
 *
 *     E + λV of this schedule − least E + λV  ≤  Σ (p_k(n_k) + p_k*(c_k) − c_k n_k)  +  ½ ρᵀ K⁻¹ ρ
 *     ρ_k = (M_{k+1} + c_{k+1}) − (M_k + c_k)
 *
 * with M_k the marginal costs at the schedule. No term is negative, so nothing cancels, however small the gap; and for the
 * best c both sides are equal. The prices are sought by guessing which trades of the optimum lie at a bound or at 0: a wrong
 * guess makes the bound loose, never wrong.
 *
 * @module
 */

import { zeros } from "../support/numbers";
import { type Chain, isKinked, spreadCost } from "./chain";
import { freeGuess, type Guess, guessFrom, improve, solveGuess } from "./guess";

/** A bound on the gap, and whether it is the gap itself but for rounding. */
export interface Gap {
  readonly bound: number;
  readonly isTight: boolean;
}

/** Guesses before only the gravest contradictions are changed, and before the best bound so far is taken. */
const boldGuesses = 25;
const mostGuesses = 200;

/**
 * The gap of a feasible schedule whose matrix K is positive definite.
 *
 * @param enough - a bound that is small enough to stop (currency)
 */
export function dualGap(chain: Chain, enough: number): Gap {
  let guess = guessFrom(chain);
  let best = boundFrom(chain, ownPrices(chain, guess));
  // Without spread and bounds there is nothing to guess: one price fits all.
  if (best <= enough || isFree(chain)) return { bound: best, isTight: true };
  let isSecond = false;
  for (let i = 0; i < mostGuesses; i++) {
    const solution = solveGuess(chain, guess);
    if (solution === undefined) {
      // Every trade was held, and they did not add up: again from the other end, in small steps.
      if (isSecond) break;
      [guess, isSecond] = [freeGuess(chain), true];
      continue;
    }
    best = Math.min(best, boundFrom(chain, solution.prices));
    const next = improve(chain, guess, solution, isSecond || i >= boldGuesses);
    if (next === undefined) return { bound: best, isTight: true };
    if (best <= enough) return { bound: best, isTight: true };
    guess = next;
  }
  return { bound: best, isTight: false };
}

function isFree(chain: Chain): boolean {
  const { up, lower, upper } = chain;
  for (let k = 0; k < up.length; k++) {
    if (isKinked(chain, k)) return false;
    if (lower[k] !== Number.NEGATIVE_INFINITY || upper[k] !== Number.POSITIVE_INFINITY) return false;
  }
  return true;
}

/** Prices that fit the schedule's own trades: with these alone the bound is near the gap where the schedule is near the optimum. */
export function ownPrices({ n, M, up, down }: Chain, { held }: Guess): Float64Array {
  const prices = zeros(n.length);
  let [sum, count] = [0, 0];
  for (let k = 0; k < n.length; k++) {
    if (held[k] === 1) continue;
    prices[k] = n[k] < 0 ? down[k] : up[k];
    sum += M[k] + prices[k];
    count++;
  }
  const common = count > 0 ? sum / count : M[0];
  for (let k = 0; k < n.length; k++) if (held[k] === 1) prices[k] = common - M[k];
  return prices;
}

/** The bound for prices c, which are first moved to where p_k* is finite. */
export function boundFrom(chain: Chain, prices: Float64Array): number {
  const { n, M, up, down, lower, upper, A, B } = chain;
  const N = n.length;
  let bound = 0;
  let [before, D, y, pivot] = [0, 0, 0, 0];
  for (let k = 0; k < N; k++) {
    const low = lower[k] === Number.NEGATIVE_INFINITY ? down[k] : Number.NEGATIVE_INFINITY;
    const high = upper[k] === Number.POSITIVE_INFINITY ? up[k] : Number.POSITIVE_INFINITY;
    const c = Math.min(Math.max(prices[k], low), high);
    bound += slackAt(chain, k, c);
    const marginal = M[k] + c;
    if (k > 0) {
      // Forward substitution: y_k = ρ_k + A_k y_{k−1}/pivot_{k−1}, and ½ Σ y_k²/pivot_k is ½ ρᵀ K⁻¹ ρ.
      const ρ = marginal - before;
      const share = k === 1 ? 0 : A[k - 1] / pivot;
      D = B[k - 1] + (k === 1 ? A[0] : share * D);
      y = ρ + share * y;
      pivot = D + A[k];
      bound += (y / pivot) * (0.5 * y);
    }
    before = marginal;
  }
  return bound;
}

/** p(n) + p*(c) − c n: what a line of slope c through p's conjugate leaves out at n; 0 where it touches there. */
export function slackAt(chain: Chain, k: number, c: number): number {
  const { n, lower, upper } = chain;
  const at = (m: number): number => spreadCost(chain, k, n[k]) - spreadCost(chain, k, m) - c * (n[k] - m);
  let worst = 0;
  if (Number.isFinite(lower[k])) worst = Math.max(worst, at(lower[k]));
  if (Number.isFinite(upper[k])) worst = Math.max(worst, at(upper[k]));
  if (lower[k] < 0 && upper[k] > 0) worst = Math.max(worst, at(0));
  return worst;
}
