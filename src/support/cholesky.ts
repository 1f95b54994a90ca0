/**
 * Cholesky's factorization of a full symmetric matrix, by rows in one array.
 *
 * @module
 */

/**
 * Factors A = LLᵀ in place of its lower triangle, row by row.
 *
 * @param A - n × n numbers by rows; the upper triangle is not read
 * @param least - what a pivot must exceed (default: its own rounding)
 * @returns −1, or the first row whose pivot does not, where the factorization has stopped: the row's other
 *   entries are then those of L, and its diagonal is the pivot
 */
export function factorize(A: Float64Array, n: number, least?: number): number {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      A[row + j] = (A[row + j] - innerProduct(A, row, A, other, j)) / A[other + j];
    }
    const whole = A[row + i];
    const pivot = whole - innerProduct(A, row, A, row, i);
    if (!(pivot > (least ?? 4 * Number.EPSILON * Math.abs(whole)))) {
      A[row + i] = pivot;
      return i;
    }
    A[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

/** Σ A[a + i] B[b + i]: four sums at once, since one would wait for each of its own additions. */
export function innerProduct(A: Float64Array, a: number, B: Float64Array, b: number, count: number): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  const end = a + count - (count % 4);
  for (; a < end; a += 4, b += 4) {
    one += A[a] * B[b];
    two += A[a + 1] * B[b + 1];
    three += A[a + 2] * B[b + 2];
    four += A[a + 3] * B[b + 3];
  }
  for (let i = 0; i < count % 4; i++) one += A[a + i] * B[b + i];
  return one + two + (three + four);
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
