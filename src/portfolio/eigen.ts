/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL with implicit shifts.
 * All loops run along rows, which lie side by side in memory.
 *
 * Source: Wilkinson and Reinsch (1971), *Handbook for Automatic Computation II*, `tred2` and `tql2`.
 *
 * @module
 */

/** A = Σ values_i v_i v_iᵀ. */
export interface Eigen {
  /** In no order. */
  readonly values: Float64Array;
  /** v_i as row i. */
  readonly vectors: Float64Array;
}

/** The eigenvalues and orthonormal eigenvectors of a symmetric matrix, which is left as it was. */
export function symmetricEigen(matrix: Float64Array, m: number): Eigen {
  let largest = 0;
  for (let i = 0; i < matrix.length; i++) largest = Math.max(largest, Math.abs(matrix[i]));
  // In units of the largest entry, no square leaves the range of doubles.
  const unit = largest === 0 ? 1 : largest;
  const { diagonal, beside, vectors } = tridiagonalize(
    matrix.map((value) => value / unit),
    m,
  );
  beside.copyWithin(0, 1);
  for (let i = 0; i < m; i++) deflate(diagonal, beside, vectors, i);
  return { values: diagonal.map((value) => value * unit), vectors };
}

/** Three diagonals, and the rows that a rotation of them is to be applied to. */
function tridiagonalize(
  A: Float64Array,
  m: number,
): { readonly diagonal: Float64Array; readonly beside: Float64Array; readonly vectors: Float64Array } {
  const beside = new Float64Array(m);
  const squares = new Float64Array(m);
  const p = new Float64Array(m);
  for (let i = m - 1; i > 1; i--) squares[i] = reflect(A, m, i, beside, p);
  if (m > 1) beside[1] = A[m];
  const diagonal = Float64Array.from({ length: m }, (_, i) => A[i * m + i]);
  // The reflections together, from the shortest on: each concerns the leading block alone.
  const Q = new Float64Array(m * m);
  for (let i = 0; i < m; i++) Q[i * m + i] = 1;
  for (let i = 2; i < m; i++) {
    if (squares[i] === 0) continue;
    const u = A.subarray(i * m, i * m + i);
    for (let r = 0; r < i; r++) {
      const row = Q.subarray(r * m, r * m + i);
      let s = 0;
      for (let j = 0; j < i; j++) s += row[j] * u[j];
      s /= squares[i];
      for (let j = 0; j < i; j++) row[j] -= s * u[j];
    }
  }
  return { diagonal, beside, vectors: Q };
}

/**
 * Reflects row i to a single number beside the diagonal, and the block above it with it: I − u uᵀ/h. Leaves u in row i, and
 * gives h; 0 where nothing was to be done.
 */
function reflect(A: Float64Array, m: number, i: number, beside: Float64Array, p: Float64Array): number {
  const u = A.subarray(i * m, i * m + i);
  let size = 0;
  for (let j = 0; j < i - 1; j++) size += Math.abs(u[j]);
  beside[i] = u[i - 1];
  if (size === 0) return 0;
  size += Math.abs(u[i - 1]);
  let h = 0;
  for (let j = 0; j < i; j++) {
    u[j] /= size;
    h += u[j] * u[j];
  }
  const last = u[i - 1];
  const g = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  beside[i] = size * g;
  h -= last * g;
  u[i - 1] = last - g;
  let along = 0;
  for (let j = 0; j < i; j++) {
    const row = A.subarray(j * m, j * m + i);
    let sum = 0;
    for (let k = 0; k < i; k++) sum += row[k] * u[k];
    p[j] = sum / h;
    along += p[j] * u[j];
  }
  const half = along / (2 * h);
  for (let j = 0; j < i; j++) p[j] -= half * u[j];
  for (let j = 0; j < i; j++) {
    const row = A.subarray(j * m, j * m + i);
    const [f, e] = [u[j], p[j]];
    for (let k = 0; k < i; k++) row[k] -= f * p[k] + e * u[k];
  }
  return h;
}

/** No matrix of doubles has been seen to need a tenth of it. */
const mostSweeps = 300;

/** Turns until nothing stands beside entry l of the diagonal; `e[i]` stands between d[i] and d[i + 1]. */
function deflate(d: Float64Array, e: Float64Array, vectors: Float64Array, l: number): void {
  const m = d.length;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let end = l;
    while (end < m - 1 && Math.abs(e[end]) > Number.EPSILON * (Math.abs(d[end]) + Math.abs(d[end + 1])))
      end++;
    if (end === l) return;
    turn(d, e, vectors, l, end);
  }
}

/** One sweep of QL with an implicit shift, from `end` up to l. */
function turn(d: Float64Array, e: Float64Array, vectors: Float64Array, l: number, end: number): void {
  const gap = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.sqrt(gap * gap + 1);
  let g = d[end] - d[l] + e[l] / (gap + (gap < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = end - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[end] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    rotate(vectors, d.length, i, c, s);
  }
  d[l] -= p;
  e[l] = g;
  e[end] = 0;
}

function rotate(vectors: Float64Array, m: number, i: number, c: number, s: number): void {
  const low = vectors.subarray(i * m, (i + 1) * m);
  const high = vectors.subarray((i + 1) * m, (i + 2) * m);
  for (let k = 0; k < m; k++) {
    const f = high[k];
    high[k] = s * low[k] + c * f;
    low[k] = c * low[k] - s * f;
  }
}
