/**
 * Equations of which some may depend on others.
 *
 * @module
 */

/** A symmetric factor that leaves out rows whose pivot vanishes: they depend on the others. */
export interface SemiFactor {
  readonly L: Float64Array;
  readonly size: number;
}

/** What of a row's own number is left where it depends on the others. */
const vanishing = 1e-11;

/** Writes the factor over the lower half of a positive semidefinite matrix. */
export function semiFactor(A: Float64Array, size: number): SemiFactor {
  for (let i = 0; i < size; i++) {
    const original = A[i * size + i];
    for (let j = 0; j < i; j++) {
      let rest = A[i * size + j];
      for (let l = 0; l < j; l++) rest -= A[i * size + l] * A[j * size + l];
      const pivot = A[j * size + j];
      A[i * size + j] = pivot === 0 ? 0 : rest / pivot;
    }
    let pivot = original;
    for (let l = 0; l < i; l++) pivot -= A[i * size + l] * A[i * size + l];
    A[i * size + i] = pivot > vanishing * original ? Math.sqrt(pivot) : 0;
  }
  return { L: A, size };
}

/** A solution in place, 0 for the rows that were left out. */
export function semiSolve({ L, size }: SemiFactor, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let rest = b[i];
    for (let l = 0; l < i; l++) rest -= L[i * size + l] * b[l];
    const pivot = L[i * size + i];
    b[i] = pivot === 0 ? 0 : rest / pivot;
  }
  for (let i = size - 1; i >= 0; i--) {
    const pivot = L[i * size + i];
    b[i] = pivot === 0 ? 0 : b[i] / pivot;
    for (let l = 0; l < i; l++) b[l] -= L[i * size + l] * b[i];
  }
}

/** Whether no row was left out. */
export function isWhole({ L, size }: SemiFactor): boolean {
  for (let g = 0; g < size; g++) if (L[g * size + g] === 0) return false;
  return true;
}
