/**
 * The certificate's quadratic form under impact that fades, where one kernel serves all trades. What a common price leaves of marginal
 * costs g can save, over changes d of the open trades that sum to 0,
 *
 *     max_d gᵀd − ½ dᵀHd  ≤  ½ (g + r)ᵀd + |r|²/2μ,      r = g − Hd
 *
 * for any d, with μ at most the least second derivative over such changes: whoever solves for d, it is a bound. Products with H are
 * by fast Fourier transforms, whose rounding is added.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { type SumsMatrix, type SumsProduct, sumsProduct, sumsSolver } from "../support/sharedTotal";
import { indefiniteDirection, neighborColumn } from "../support/toeplitz";

/** Bounds what marginal costs can save. */
export interface SavingsByLag {
  /** @param marginals - of the open trades, up to a number that all share (currency/share) */
  readonly saving: (marginals: Float64Array) => number;
  /** How far marginal costs of the schedule may be off by rounding (currency/share). */
  readonly rounding: number;
}

/** A full matrix is faster up to here. */
const mostQuickFull = 60;

/** Undefined where a full matrix is faster, or must decide whether a round trip pays. */
export function savingsByLag(
  problem: ExecutionProblem,
  open: readonly number[],
  { trades }: Pick<Schedule, "trades">,
): SavingsByLag | undefined {
  const { intervals: N } = problem;
  const { kernelByLag } = impactLaw(problem);
  if (kernelByLag === undefined || N <= mostQuickFull || open.length < 2 || mayLeave(problem))
    return undefined;
  const matrix = matrixOf(problem, kernelByLag);
  const μ = leastCurvature(problem, matrix);
  if (μ === undefined) return undefined;
  const product = sumsProduct(matrix);
  const isOpen = new Float64Array(N);
  for (const k of open) isOpen[k] = 1;
  const solve = sumsSolver(matrix, product, isOpen);
  const rounding = product.rounding * norm(trades);
  const saving = (marginals: Float64Array): number => {
    const g = new Float64Array(N);
    open.forEach((k, i) => {
      g[k] = marginals[i];
    });
    centerOpen(g, open);
    return savingBound(product, { open, μ, rounding }, g, solve(g, 0, 1e-8).x);
  };
  return { saving, rounding };
}

/**
 * The bound from any change d of the open trades.
 *
 * @param known - the open trades, μ, and how far g may be off
 */
export function savingBound(
  product: SumsProduct,
  { open, μ, rounding }: { readonly open: readonly number[]; readonly μ: number; readonly rounding: number },
  g: Float64Array,
  d: Float64Array,
): number {
  centerOpen(d, open);
  const Hd = new Float64Array(d.length);
  product.times(d, Hd);
  const r = new Float64Array(d.length);
  for (const k of open) r[k] = g[k] - Hd[k];
  centerOpen(r, open);
  const off = rounding + product.rounding * norm(d);
  let gain = off * norm(d);
  for (const k of open) gain += 0.5 * (g[k] + r[k]) * d[k];
  return Math.max(0, gain) + (norm(r) + off) ** 2 / (2 * μ);
}

/** Second derivatives of E + λV by trades: T + diag(d) of the cost, and the squares of sums of risk. */
export function matrixOf(problem: ExecutionProblem, kernel: Float64Array): SumsMatrix {
  const { riskAversion: λ, timing } = problem;
  const { lengths: τ, volatilities: σ } = marketOf(problem);
  const law = impactLaw(problem);
  return {
    column: kernel,
    diagonal: τ.map((_, k) => law.curvature(k, 0) + (2 * law.ownImpact - 1) * kernel[0]),
    weights: τ.map((length, k) => 2 * λ * σ[k] * σ[k] * length),
    own: 1 - exposedPart(timing),
  };
}

/**
 * A number that the second derivative of E + λV along no change that sums to 0 is below, in parts of the sum of its squares; undefined
 * where none above 0 is found for the cost alone, so that a round trip may pay. A convex decay is a sum of triangles (m − j)₊, of which
 * the narrowest, m = 1, has G(0) − 2G(τ) + G(2τ); of other kernels Durbin's recursion says whether so much can be taken off.
 */
export function leastCurvature(problem: ExecutionProblem, matrix: SumsMatrix): number | undefined {
  const { column: G, diagonal } = matrix;
  const { fadesConvexly } = impactLaw(problem);
  const own = diagonal.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const risk = riskCurvature(matrix);
  if (fadesConvexly) {
    const least = own + G[0] - 2 * G[1] + G[2];
    if (least > 1e-13 * G[0]) return least + risk;
    // No round trip makes money under such a law, and with risk none costs nothing.
    if (own >= 0 && risk > 0) return risk;
  }
  for (let part = 0.1; part > 1e-13; part *= 0.1) {
    if (isDefinite(G, own - part * G[0])) return part * G[0] + risk;
  }
  return undefined;
}

/**
 * Holdings y between trades d = y_{k−1} − y_k have Σ y² ≥ ¼ Σ d², and each bears at least the least risk, unless prices are those of the
 * middle: then alternating ones bear none.
 */
function riskCurvature({ weights, own }: SumsMatrix): number {
  if (own === 0.5) return 0;
  const held = own === 1 ? weights.subarray(0, -1) : weights.subarray(1);
  return 0.25 * held.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

/** Whether T plus a multiple of 1 is positive definite over shares that move between neighbors. */
function isDefinite(G: Float64Array, own: number): boolean {
  return indefiniteDirection(neighborColumn(G, own)) === undefined;
}

/** Takes their mean away from the open entries of x, whose others are 0. */
function centerOpen(x: Float64Array, open: readonly number[]): void {
  let sum = 0;
  for (const k of open) sum += x[k];
  for (const k of open) x[k] -= sum / open.length;
}

function norm(x: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * x[k];
  return Math.sqrt(sum);
}
