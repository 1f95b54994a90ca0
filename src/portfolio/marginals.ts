/**
 * Marginal costs of E + λV for a certificate, derived here anew from the portfolio's data: nothing is shared with solvers, cost
 * report and simulation.
 *
 * @module
 */

import { type PortfolioMarket, portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";
import type { Path } from "./schedule";

/** What a schedule costs and what one share more of each trade adds to it. */
export interface Marginals {
  /** ∂(E + λV)/∂n without the spread, N rows of m, up to a number for each name (currency/share). */
  readonly slopes: Float64Array;
  /** What the schedule decides of E + λV: temporary cost, spread and risk (currency). */
  readonly size: number;
}

/** 0, ½ or 1. */
export function partOf(portfolio: Portfolio): { readonly own: number; readonly exposed: number } {
  const exposed = portfolio.timing === "start" ? 0 : portfolio.timing === "mid" ? 0.5 : 1;
  const { ownImpact } = portfolio;
  const own = ownImpact === undefined ? exposed : ownImpact === "none" ? 0 : ownImpact === "half" ? 0.5 : 1;
  return { own, exposed };
}

/** A x for a matrix of m rows in one buffer, or Aᵀ x. */
function apply(A: Float64Array, x: Float64Array, out: Float64Array, isTurned = false): Float64Array {
  const m = x.length;
  out.fill(0);
  for (let i = 0; i < m; i++) {
    const row = A.subarray(i * m, (i + 1) * m);
    if (isTurned) {
      const weight = x[i];
      if (weight !== 0) for (let j = 0; j < m; j++) out[j] += weight * row[j];
      continue;
    }
    let sum = 0;
    for (let j = 0; j < m; j++) sum += row[j] * x[j];
    out[i] = sum;
  }
  return out;
}

/**
 * One share more of a name in interval k, and one less at the end, meets a price that earlier trades have moved, moves the price
 * of what is left, concedes more to speed, and lowers the position exposed to all later moves:
 *
 *     Σ_{j<k} Γ_j n_j + Γ_kᵀ x_k + c(Γ_k + Γ_kᵀ) n_k + 2H_k n_k/τ_k − (1 − u) r_k − Σ_{j>k} r_j,    r_j = 2λτ_jC_jh_j − α_jτ_j
 */
export function portfolioMarginals(portfolio: Portfolio, { x, n }: Path): Marginals {
  const market = portfolioMarket(portfolio);
  const { m, N, permanent: Γ } = market;
  const { own } = partOf(portfolio);
  const slopes = new Float64Array(N * m);
  const [moved, one, other] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  let size = 0;
  for (let k = 0; k < N; k++) {
    const trade = n.subarray(k * m, (k + 1) * m);
    const left = x.subarray((k + 1) * m, (k + 2) * m);
    const factor = market.permanentFactors[k];
    const row = slopes.subarray(k * m, (k + 1) * m);
    row.set(moved);
    apply(Γ, trade, one);
    for (let i = 0; i < m; i++) moved[i] += factor * one[i];
    for (let i = 0; i < m; i++) row[i] += factor * own * one[i];
    for (let i = 0; i < m; i++) other[i] = left[i] + own * trade[i];
    apply(Γ, other, one, true);
    for (let i = 0; i < m; i++) row[i] += factor * one[i];
    apply(market.temporary, trade, one);
    const speed = market.temporaryFactors[k] / market.lengths[k];
    for (let i = 0; i < m; i++) {
      row[i] += 2 * speed * one[i];
      size +=
        speed * one[i] * trade[i] + market.spreadFactors[k] * market.halfSpreads[i] * Math.abs(trade[i]);
    }
  }
  return { slopes, size: size + addRisk(portfolio, market, x, slopes) };
}

/** Adds what risk and drift do to the marginal costs, and gives |λ|V. */
function addRisk(
  portfolio: Portfolio,
  market: PortfolioMarket,
  x: Float64Array,
  slopes: Float64Array,
): number {
  const { m, N, covariance: C, lengths: τ } = market;
  const { exposed: u } = partOf(portfolio);
  const λ = portfolio.riskAversion;
  const [later, h, risk] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  let size = 0;
  for (let k = N - 1; k >= 0; k--) {
    for (let i = 0; i < m; i++) h[i] = (1 - u) * x[(k + 1) * m + i] + u * x[k * m + i];
    apply(C, h, risk);
    const w = λ * τ[k] * market.covarianceFactors[k];
    for (let i = 0; i < m; i++) {
      size += Math.abs(w) * h[i] * risk[i];
      const r = 2 * w * risk[i] - τ[k] * market.driftFactors[k] * market.drifts[i];
      slopes[k * m + i] -= (1 - u) * r + later[i];
      later[i] += r;
    }
  }
  return size;
}
