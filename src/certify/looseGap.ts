/**
 * Bounds on the gap that need first derivatives and a curvature alone, and so hold for any convex law of impact. They are true
 * and loose: `gap.ts` knows better where the objective is quadratic.
 *
 * @module
 */
import { type Chain, spreadCost } from "./chain";

/** A range of prices that fits no common one: how far marginal costs are apart, and the smallest curvature over holdings. */
export interface Spread {
  /** (currency/share). */
  readonly apart: number;
  /** (currency/share²). */
  readonly curvature: number;
}

/** The smaller of the Frank–Wolfe and the curvature bound (currency). */
export function looseGap(chain: Chain, spread: Spread): number {
  return Math.min(frankWolfeGap(chain), curvatureGap(chain.n.length, spread));
}

/**
 * With the price in the middle, no trade's marginal cost misses it by more than half of `apart`: along any change d of the N − 1
 * holdings the objective falls by at most ½ apart Σ|d_{k−1} − d_k| ≤ apart √(N−1) |d|, and it is convex.
 */
export function curvatureGap(N: number, { apart, curvature }: Spread): number {
  return apart === 0 ? 0 : (N - 1) * apart * (apart / (2 * curvature));
}

/**
 * The Frank–Wolfe bound: a convex objective falls by no more than its linear part could anywhere within the bounds,
 * Σ (M_k n_k + ε_k|n_k|) − min_m Σ (M_k m_k + ε_k|m_k|), Σ m = Σ n. The least is found by filling the cheapest stretches first.
 * Infinity where a bound is.
 */
export function frankWolfeGap(chain: Chain): number {
  const { n, M, up, down, lower, upper } = chain;
  const stretches: { readonly price: number; readonly length: number }[] = [];
  let [needed, cost] = [0, 0];
  for (let k = 0; k < n.length; k++) {
    if (!Number.isFinite(lower[k]) || !Number.isFinite(upper[k])) return Number.POSITIVE_INFINITY;
    // Start from the least trade, and buy stretches up to 0 and beyond it.
    needed += n[k] - lower[k];
    cost += M[k] * (n[k] - lower[k]) + spreadCost(chain, k, n[k]) - spreadCost(chain, k, lower[k]);
    const below = Math.max(0, Math.min(upper[k], 0) - lower[k]);
    const above = upper[k] - lower[k] - below;
    if (below > 0) stretches.push({ price: M[k] + down[k], length: below });
    if (above > 0) stretches.push({ price: M[k] + up[k], length: above });
  }
  stretches.sort((a, b) => a.price - b.price);
  for (const { price, length } of stretches) {
    const taken = Math.min(length, needed);
    cost -= price * taken;
    needed -= taken;
    if (needed <= 0) break;
  }
  return Math.max(0, cost);
}
