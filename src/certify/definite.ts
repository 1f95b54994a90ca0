/**
 * Whether the matrix of second derivatives over the holdings is positive definite, and its smallest eigenvalue.
 *
 * With n_k = x_{k−1} − x_k the squares Σ ½A_k n_k² + Σ ½B_k x_k² make a tridiagonal matrix with A_k + A_{k+1} + B_k on its
 * diagonal and −A_{k+1} beside it. Eliminating from the front, a pivot is D_k + A_{k+1} with
 *
 *     D_k = B_k + A_k D_{k−1}/(D_{k−1} + A_k),   D_1 = B_1 + A_1
 *
 * which loses no digit where all terms are positive.
 *
 * @module
 */
import type { Squares } from "./marginals";

/** Whether all pivots are above their own rounding. */
export function isPositiveDefinite({ trades: A, holdings: B }: Squares): boolean {
  let D = Number.POSITIVE_INFINITY;
  for (let k = 0; k < B.length; k++) {
    D = B[k] + parallel(A[k], D);
    const size = Math.abs(D - B[k]) + Math.abs(B[k]) + Math.abs(A[k + 1]);
    if (!(D + A[k + 1] > 4 * Number.EPSILON * size)) return false;
  }
  return true;
}

/** AD/(A + D): two springs in a row; A for an infinite D. */
function parallel(A: number, D: number): number {
  if (D === Number.POSITIVE_INFINITY) return A;
  return A * (D / (A + D));
}

/**
 * The smallest eigenvalue (currency/share²). Laguerre's steps climb to it from below, most often in four or five; where pivots are
 * lost on the way, their signs decide by bisection.
 */
export function smallestEigenvalue(squares: Squares): number {
  const { trades: A, holdings: B } = squares;
  if (B.length === 0) return Number.POSITIVE_INFINITY;
  // Gershgorin: no eigenvalue lies outside of these, and the smallest is at most the smallest diagonal entry.
  let low = Number.POSITIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let size = 0;
  for (let k = 0; k < B.length; k++) {
    const diagonal = A[k] + A[k + 1] + B[k];
    const beside = (k > 0 ? Math.abs(A[k]) : 0) + (k < B.length - 1 ? Math.abs(A[k + 1]) : 0);
    low = Math.min(low, diagonal - beside);
    high = Math.min(high, diagonal);
    size = Math.max(size, Math.abs(diagonal), beside);
  }
  // The steps square what they sum, and would leave the range of doubles.
  const climbs = size > 1e-100 && size < 1e100 ? mostClimbs : 0;
  for (let i = 0, place = low; i < climbs; i++) {
    const step = laguerreStep(squares, place);
    if (Number.isNaN(step)) {
      if (i > 0) high = Math.min(high, place);
      break;
    }
    low = place;
    place += step;
    if (step <= 1e-13 * Math.abs(place)) return place;
  }
  return bisect(squares, low, high);
}

/** A pair of eigenvalues that lie close together is reached more slowly than by bisection. */
const mostClimbs = 20;

/**
 * How far Laguerre's method goes from a place x below all M eigenvalues μ_i, which is never beyond the smallest; NaN where a pivot
 * is not above 0. With the pivots p_k of the matrix less x, whose product is its determinant, and g_k = −p_k′/p_k,
 *
 *     Σ 1/(μ_i − x) = Σ g_k,   Σ 1/(μ_i − x)² = Σ g_k′
 */
function laguerreStep({ trades: A, holdings: B }: Squares, x: number): number {
  const M = B.length;
  // The pivot p_k is D_k + A_{k+1}, as above.
  let D = B[0] - x + A[0];
  let p = D + A[1];
  let g = 1 / p;
  let slope = g * g;
  let [sum, squares] = [g, slope];
  let isPositive = p > 0;
  for (let k = 1; k < M; k++) {
    const share = A[k] / p;
    D = B[k] - x + share * D;
    p = D + A[k + 1];
    isPositive &&= p > 0;
    const part = A[k] * share;
    const inverse = 1 / p;
    slope = part * inverse * (g * g + slope);
    g = (1 + part * g) * inverse;
    slope += g * g;
    sum += g;
    squares += slope;
  }
  const spread = (M - 1) * (M * squares - sum * sum);
  return isPositive ? M / (sum + Math.sqrt(Math.max(0, spread))) : Number.NaN;
}

/** The smallest eigenvalue between two places, by the signs of the pivots. */
function bisect({ trades, holdings: B }: Squares, low: number, high: number): number {
  const shifted = new Float64Array(B.length);
  for (let i = 0; i < 120 && high - low > 1e-12 * Math.abs(high); i++) {
    const middle = low + 0.5 * (high - low);
    for (let k = 0; k < B.length; k++) shifted[k] = B[k] - middle;
    if (isPositiveDefinite({ trades, holdings: shifted })) low = middle;
    else high = middle;
  }
  return low;
}

/** 2·2a(1 − cos(jπ/N)) + 2b, at its smallest over j = 1 … N − 1. */
export function uniformCurvature(N: number, A: number, B: number): number {
  const angle = Math.PI / (2 * N);
  return 4 * A * (A < 0 ? Math.cos(angle) : Math.sin(angle)) ** 2 + B;
}
