/**
 * Systems of many columns with triangular factors, which are stored row by row in one buffer.
 *
 * @module
 */
import { factorize } from "../support/cholesky";

/** L⁻¹ B in place, for B with `columns` columns. */
export function solveLower(L: Float64Array, m: number, B: Float64Array, columns: number): void {
  for (let i = 0; i < m; i++) {
    subtractRows(B, i, 0, i, columns, (k) => L[i * m + k]);
    scaleRow(B, i * columns, columns, 1 / L[i * m + i]);
  }
}

/** L⁻ᵀ B in place, for B with `columns` columns. */
export function solveUpper(L: Float64Array, m: number, B: Float64Array, columns: number): void {
  for (let i = m - 1; i >= 0; i--) {
    subtractRows(B, i, i + 1, m, columns, (k) => L[k * m + i]);
    scaleRow(B, i * columns, columns, 1 / L[i * m + i]);
  }
}

function scaleRow(B: Float64Array, at: number, columns: number, factor: number): void {
  for (let j = at; j < at + columns; j++) B[j] *= factor;
}

/** Takes multiples of rows `first` to before `last` off row i, four at a time, so that row i is read and written less often. */
function subtractRows(
  B: Float64Array,
  i: number,
  first: number,
  last: number,
  columns: number,
  weight: (k: number) => number,
): void {
  const at = i * columns;
  let k = first;
  for (; k + 3 < last; k += 4) {
    const [a, b, c, d] = [weight(k), weight(k + 1), weight(k + 2), weight(k + 3)];
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const [p, q] = [k * columns, (k + 1) * columns];
    const [r, s] = [(k + 2) * columns, (k + 3) * columns];
    for (let j = 0; j < columns; j++)
      B[at + j] -= a * B[p + j] + b * B[q + j] + (c * B[r + j] + d * B[s + j]);
  }
  for (; k < last; k++) {
    const a = weight(k);
    if (a === 0) continue;
    const p = k * columns;
    for (let j = 0; j < columns; j++) B[at + j] -= a * B[p + j];
  }
}

/** Whether a symmetric matrix is positive definite. */
export function isDefinite(A: Float64Array, m: number): boolean {
  return factorize(A.slice(), m, 0) === -1;
}
