/**
 * Triangular factors of symmetric matrices that are stored row by row in one buffer.
 *
 * @module
 */

/**
 * Writes L with L Lᵀ = A over the lower half of A.
 *
 * @param least - what a pivot must exceed
 * @returns the row whose pivot does not, or −1
 */
export function factor(A: Float64Array, m: number, least = 0): number {
  for (let i = 0; i < m; i++) {
    const row = i * m;
    for (let j = 0; j < i; j++) {
      const other = j * m;
      let sum = A[row + j];
      for (let k = 0; k < j; k++) sum -= A[row + k] * A[other + k];
      A[row + j] = sum / A[other + j];
    }
    let pivot = A[row + i];
    for (let k = 0; k < i; k++) pivot -= A[row + k] * A[row + k];
    if (!(pivot > least)) return i;
    A[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

/** L⁻¹ B in place, for B with `columns` columns. */
export function solveLower(L: Float64Array, m: number, B: Float64Array, columns: number): void {
  for (let i = 0; i < m; i++) {
    const at = i * columns;
    for (let k = 0; k < i; k++) {
      const l = L[i * m + k];
      if (l === 0) continue;
      const from = k * columns;
      for (let j = 0; j < columns; j++) B[at + j] -= l * B[from + j];
    }
    const inverse = 1 / L[i * m + i];
    for (let j = 0; j < columns; j++) B[at + j] *= inverse;
  }
}

/** L⁻ᵀ B in place, for B with `columns` columns. */
export function solveUpper(L: Float64Array, m: number, B: Float64Array, columns: number): void {
  for (let i = m - 1; i >= 0; i--) {
    const at = i * columns;
    const inverse = 1 / L[i * m + i];
    for (let j = 0; j < columns; j++) B[at + j] *= inverse;
    for (let k = 0; k < i; k++) {
      const l = L[i * m + k];
      if (l === 0) continue;
      const to = k * columns;
      for (let j = 0; j < columns; j++) B[to + j] -= l * B[at + j];
    }
  }
}

/** Whether a symmetric matrix is positive definite. */
export function isDefinite(A: Float64Array, m: number): boolean {
  return factor(A.slice(), m) === -1;
}
