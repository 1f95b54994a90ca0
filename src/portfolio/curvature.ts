/**
 * How convex E + λV is, for a certificate: the part μ of the temporary impact's own curvature, Σ n_kᵀD_kn_k with D_k the diagonal
 * of H_k/τ_k, that E + λV is proven to have along every round trip. Nothing is shared with solvers.
 *
 * @module
 */

import { partOf } from "./marginals";
import { type PortfolioMarket, portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";

/** Parts that are tried, the largest first. */
const tried = [
  0.999, 0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8,
];

/** μ, 0 or above; undefined where E or E + λV is not convex, or no double can tell. */
export function provenCurvature(portfolio: Portfolio): number | undefined {
  const market = portfolioMarket(portfolio);
  const λ = portfolio.riskAversion;
  const open = market.open.reduce((count, isOpen) => count + isOpen, 0);
  if (open <= 1) return 1;
  // V is convex: for λ below 0, E is where E + λV is.
  if (λ < 0) return tried.find((part) => chainHolds(portfolio, market, λ, part));
  // Where the permanent impact does not vary, E is a sum over trades: each being convex is enough.
  const isSum = market.skewPart === undefined && isLevel(market);
  const byTrades = isSum ? tried.find((part) => tradesHold(portfolio, market, part)) : undefined;
  return byTrades ?? tried.find((part) => chainHolds(portfolio, market, 0, part));
}

function isLevel({ permanentFactors, open }: PortfolioMarket): boolean {
  const first = permanentFactors[open.indexOf(1)];
  return permanentFactors.every((factor, k) => open[k] === 0 || factor === first);
}

/** Whether H + (c − ½)τS − μD is positive definite in every interval: at both ends of the range of its weight is enough. */
function tradesHold(portfolio: Portfolio, market: PortfolioMarket, part: number): boolean {
  const { m, temporary: H, symmetricPart: S } = market;
  const { own } = partOf(portfolio);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < market.N; k++) {
    if (market.open[k] === 0) continue;
    const weight =
      ((own - 0.5) * market.permanentFactors[k] * market.lengths[k]) / market.temporaryFactors[k];
    [low, high] = [Math.min(low, weight), Math.max(high, weight)];
  }
  const at = (weight: number): boolean =>
    isPositive(
      H.map((value, i) => value + weight * S[i] - (i % (m + 1) === 0 ? part * value : 0)),
      m,
    );
  return at(low) && (low === high || at(high));
}

/** Whether the second derivatives over holdings, less the part, are positive definite: pivots block by block. */
function chainHolds(portfolio: Portfolio, market: PortfolioMarket, λ: number, part: number): boolean {
  const { m, N, open, lengths: τ, covariance: C, covarianceFactors } = market;
  const { exposed: u } = partOf(portfolio);
  // Of the holding that runs through the current interval: its square, and the product with the one before.
  let square: Float64Array | undefined;
  let isFirst = true;
  let last = N - 1;
  while (open[last] === 0) last--;
  for (let k = 0; k < N; k++) {
    const w = λ * τ[k] * covarianceFactors[k];
    if (open[k] === 0) {
      if (square !== undefined) for (let at = 0; at < C.length; at++) square[at] += w * C[at];
      continue;
    }
    const { before, after, between } = tradeBlocks(portfolio, market, k, part);
    for (let at = 0; at < C.length; at++) {
      before[at] += u * u * w * C[at];
      after[at] += (1 - u) * (1 - u) * w * C[at];
      between[at] += u * (1 - u) * w * C[at];
    }
    let next = after;
    if (!isFirst) {
      const pivot = (square as Float64Array).map((value, at) => value + before[at]);
      const reduced = reduce(pivot, between, m);
      if (reduced === undefined) return false;
      next = after.map((value, at) => value - reduced[at]);
    }
    if (k === last) return true;
    [square, isFirst] = [next, false];
  }
  return true;
}

/**
 * What trade k adds to half of the second derivatives by the holdings before and after it, and by both (rows: after): of
 * (y − z)ᵀ(H/τ − (μ/τ)D)(y − z) + z ᵀΓ(y − z) + c(y − z)ᵀΓ(y − z), z after y.
 */
function tradeBlocks(
  portfolio: Portfolio,
  market: PortfolioMarket,
  k: number,
  part: number,
): Readonly<Record<"before" | "after" | "between", Float64Array>> {
  const { m, temporary: H, permanent: Γ, symmetricPart: S } = market;
  const { own } = partOf(portfolio);
  const speed = market.temporaryFactors[k] / market.lengths[k];
  const factor = market.permanentFactors[k];
  const before = H.map(
    (value, at) => speed * value * (at % (m + 1) === 0 ? 1 - part : 1) + own * factor * S[at],
  );
  const after = before.map((value, at) => value - factor * S[at]);
  const between = before.map((value, at) => 0.5 * factor * Γ[at] - value);
  return { before, after, between };
}

/** B A⁻¹ Bᵀ; undefined where A is not positive definite. */
function reduce(A: Float64Array, B: Float64Array, m: number): Float64Array | undefined {
  const L = A;
  if (!isPositive(L, m)) return undefined;
  const W = B.slice();
  for (let i = 0; i < m; i++) {
    const row = W.subarray(i * m, (i + 1) * m);
    for (let j = 0; j < m; j++) {
      let rest = row[j];
      for (let l = 0; l < j; l++) rest -= L[j * m + l] * row[l];
      row[j] = rest / L[j * m + j];
    }
  }
  const product = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < m; l++) sum += W[i * m + l] * W[j * m + l];
      product[i * m + j] = sum;
    }
  }
  return product;
}

/** Whether a symmetric matrix is positive definite; its lower half becomes its triangular factor. */
function isPositive(A: Float64Array, m: number): boolean {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = A[i * m + j];
      for (let l = 0; l < j; l++) rest -= A[i * m + l] * A[j * m + l];
      if (i > j) A[i * m + j] = rest / A[j * m + j];
      else if (rest > 0) A[i * m + i] = Math.sqrt(rest);
      else return false;
    }
  }
  return true;
}
