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

/** The smallest eigenvalue, by bisection on the sign of the last pivot to come (currency/share²). */
export function smallestEigenvalue({ trades: A, holdings: B }: Squares): number {
  if (B.length === 0) return Number.POSITIVE_INFINITY;
  // Gershgorin: no eigenvalue lies outside of these, and the smallest is at most the smallest diagonal entry.
  let low = Number.POSITIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let k = 0; k < B.length; k++) {
    const diagonal = A[k] + A[k + 1] + B[k];
    const beside = (k > 0 ? Math.abs(A[k]) : 0) + (k < B.length - 1 ? Math.abs(A[k + 1]) : 0);
    low = Math.min(low, diagonal - beside);
    high = Math.min(high, diagonal);
  }
  const shifted = new Float64Array(B.length);
  for (let i = 0; i < 120 && high - low > 1e-12 * Math.abs(high); i++) {
    const middle = low + 0.5 * (high - low);
    for (let k = 0; k < B.length; k++) shifted[k] = B[k] - middle;
    if (isPositiveDefinite({ trades: A, holdings: shifted })) low = middle;
    else high = middle;
  }
  return low;
}

/** 2·2a(1 − cos(jπ/N)) + 2b, at its smallest over j = 1 … N − 1. */
export function uniformCurvature(N: number, A: number, B: number): number {
  const angle = Math.PI / (2 * N);
  return 4 * A * (A < 0 ? Math.cos(angle) : Math.sin(angle)) ** 2 + B;
}
