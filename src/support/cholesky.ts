/**
 * Cholesky's factorization of a full symmetric matrix, by rows in one array.
 *
 * @module
 */

/**
 * Factors A = LLᵀ in place of its lower triangle, row by row.
 *
 * @param A - n × n numbers by rows; the upper triangle is not read
 * @returns −1, or the first row whose pivot is not above its own rounding, where the factorization has stopped: the row's other
 *   entries are then those of L, and its diagonal is the pivot
 */
export function factorize(A: Float64Array, n: number): number {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      A[row + j] = (A[row + j] - innerProduct(A, row, other, j)) / A[other + j];
    }
    const whole = A[row + i];
    const pivot = whole - innerProduct(A, row, row, i);
    if (!(pivot > 4 * Number.EPSILON * Math.abs(whole))) {
      A[row + i] = pivot;
      return i;
    }
    A[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

/** Four sums side by side, which the processor adds at once. */
function innerProduct(A: Float64Array, one: number, other: number, length: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < length; k += 4) {
    a += A[one + k] * A[other + k];
    b += A[one + k + 1] * A[other + k + 1];
    c += A[one + k + 2] * A[other + k + 2];
    d += A[one + k + 3] * A[other + k + 3];
  }
  for (; k < length; k++) a += A[one + k] * A[other + k];
  return a + b + (c + d);
}

/** Solves LLᵀx = b in place of b. */
export function solveFactored(L: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let value = b[i];
    for (let k = 0; k < i; k++) value -= L[i * n + k] * b[k];
    b[i] = value / L[i * n + i];
  }
  return solveUpper(L, n, b);
}

/** Solves Lᵀx = b in place of b. */
export function solveUpper(L: Float64Array, n: number, b: Float64Array, size: number = n): Float64Array {
  for (let i = size - 1; i >= 0; i--) {
    b[i] /= L[i * n + i];
    for (let k = 0; k < i; k++) b[k] -= L[i * n + k] * b[i];
  }
  return b;
}
