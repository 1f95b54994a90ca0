/**
 * The smallest of quadratic programs: three unknowns and a handful of bounds.
 *
 * @module
 */

/** One bound: normal · x ≥ level. */
export interface Bound {
  readonly normal: readonly number[];
  readonly level: number;
}

/** The answer, and which bounds hold it back. */
export interface QuadraticAnswer {
  readonly step: readonly number[];
  readonly active: readonly number[];
}

/**
 * Minimizes g·d + ½ dᵀBd subject to normal·d ≥ level, for a positive definite B: every set of bounds that could hold as
 * equalities is tried, smallest first, until one satisfies the Karush–Kuhn–Tucker conditions. For a strictly convex
 * problem that one is the answer.
 *
 * @param B - by rows
 * @returns `undefined` where no set fits, which rounding alone can bring about
 */
export function solveSmallQuadratic(
  g: readonly number[],
  B: readonly number[],
  bounds: readonly Bound[],
): QuadraticAnswer | undefined {
  const n = g.length;
  for (const active of subsets(bounds.length)) {
    if (active.length > n) break;
    const size = n + active.length;
    const matrix: number[][] = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
    for (let i = 0; i < n; i++) {
      const row = matrix[i];
      for (let j = 0; j < n; j++) row[j] = B[i * n + j];
      active.forEach((bound, k) => {
        const value = bounds[bound].normal[i];
        row[n + k] = -value;
        matrix[n + k][i] = value;
      });
      row[size] = -g[i];
    }
    active.forEach((bound, k) => {
      matrix[n + k][size] = bounds[bound].level;
    });
    const solution = eliminate(matrix);
    if (solution === undefined) continue;
    const step = solution.slice(0, n);
    const pushes = solution.slice(n).every((multiplier) => multiplier >= 0);
    const fits = bounds.every(({ normal, level }, i) => active.includes(i) || dot(normal, step) >= level);
    if (pushes && fits) return { step, active };
  }
  return undefined;
}

/**
 * Solves a small dense system by elimination with pivoting.
 *
 * @param matrix - the augmented matrix, by rows; it is overwritten
 * @returns `undefined` where the matrix is singular
 */
export function eliminate(matrix: number[][]): number[] | undefined {
  const size = matrix.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(matrix, row, column)) > Math.abs(at(matrix, pivot, column))) pivot = row;
    }
    const head = at(matrix, pivot, column);
    if (!(Math.abs(head) > 0)) return undefined;
    [matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = at(matrix, row, column) / head;
      if (factor === 0) continue;
      const [target, source] = [matrix[row], matrix[column]];
      for (let j = column; j <= size; j++) target[j] = target[j] - factor * source[j];
    }
  }
  return matrix.map((row, i) => row[size] / row[i]);
}

function at(matrix: readonly (readonly number[])[], row: number, column: number): number {
  return matrix[row][column];
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const subsetsOf = new Map<number, readonly (readonly number[])[]>();

/** All subsets of 0 … n − 1, smaller ones first. A fit asks for the same ones some fifty times. */
function subsets(n: number): readonly (readonly number[])[] {
  const known = subsetsOf.get(n);
  if (known !== undefined) return known;
  const all = Array.from({ length: 2 ** n }, (_, mask) =>
    Array.from({ length: n }, (_unused, i) => i).filter((i) => (mask >> i) & 1),
  );
  const sorted = all.sort((a, b) => a.length - b.length);
  subsetsOf.set(n, sorted);
  return sorted;
}
