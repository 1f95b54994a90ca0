/**
 * Symmetric Toeplitz matrices, T_ij = t_|i−j|, of which only the first column is kept.
 *
 * @module
 */
import { circulantEigenvalues, circulantProduct } from "./circulant";
import { powerOfTwo } from "./fourier";
import { zeros } from "./numbers";

/** Products with T, O(N log N): as the corner of a circulant matrix twice its size. */
export interface ToeplitzProduct {
  /** Overwrites a vector by its product. */
  readonly times: (x: Float64Array) => void;
  /**
   * How far a product may be off, as the root of the sum of squares, in parts of that of the vector: transforms round relative to the
   * whole, not to each number.
   */
  readonly rounding: number;
}

/** @param column - t_0 … t_{N−1} */
export function toeplitzProduct(column: Float64Array): ToeplitzProduct {
  const N = column.length;
  const size = powerOfTwo(2 * N - 2);
  const circle = zeros(size);
  circle.set(column);
  for (let k = 1; k < N; k++) circle[size - k] = column[k];
  const eigenvalues = circulantEigenvalues(circle);
  let largest = 0;
  for (const value of eigenvalues) largest = Math.max(largest, Math.abs(value));
  // Each of 2 log₂ M halvings rounds by less than 4ε of the norm (Higham, Accuracy and Stability of Numerical Algorithms, § 24.1).
  const rounding = 8 * Math.log2(size) * Number.EPSILON * largest;
  return { times: circulantProduct(eigenvalues), rounding };
}

/**
 * T + d·1 over amounts that move between neighbors: the first column of ΔTΔᵀ + d·ΔΔᵀ, with Δ the differences of neighbors, which is
 * a Toeplitz matrix again, of N − 1 columns.
 *
 * @param column - t_0 … t_{N−1}, N at least 2
 */
export function neighborColumn(column: Float64Array, d: number): Float64Array {
  const moved = new Float64Array(column.length - 1);
  for (let k = 0; k < moved.length; k++) moved[k] = 2 * column[k] - column[Math.abs(k - 1)] - column[k + 1];
  moved[0] += 2 * d;
  if (moved.length > 1) moved[1] -= d;
  return moved;
}

/**
 * What one number more foretells of the next, by Durbin's recursion: O(N²) operations, O(N) memory. With b_0 = 1 and b_1 … b_m the
 * best forecast of b_0 from m others, bᵀTb is the m-th pivot of Cholesky's factorization.
 *
 * @returns undefined where all pivots lie above their rounding, and T is positive definite; or b_0 … b_m of the first that does not
 */
export function indefiniteDirection(column: Float64Array): Float64Array | undefined {
  const N = column.length;
  const b = new Float64Array(N);
  b[0] = 1;
  let pivot = column[0];
  const least = 4 * Number.EPSILON * Math.abs(column[0]);
  for (let m = 1; pivot > least; m++) {
    if (m === N) return undefined;
    let sum = 0;
    for (let j = 0; j < m; j++) sum += b[j] * column[m - j];
    const reflection = -sum / pivot;
    // b and its mirror image, both at once.
    for (let i = 0, j = m; i <= j; i++, j--) {
      const [one, other] = [b[i], b[j]];
      b[i] = one + reflection * other;
      b[j] = other + reflection * one;
    }
    pivot *= 1 - reflection * reflection;
    if (!(pivot > least)) return b.subarray(0, m + 1);
  }
  return b.subarray(0, 1);
}
