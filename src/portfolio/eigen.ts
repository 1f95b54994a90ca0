/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL with implicit shifts.
 * All loops run along rows, which lie side by side in memory.
 *
 * Source: Wilkinson and Reinsch (1971), *Handbook for Automatic Computation II*, `tred2` and `tql2`.
 *
 * @module
 */
import { innerProduct } from "../support/cholesky";
import { transpose } from "./multiply";

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
  // Side by side for each coordinate: a whole sweep of turns runs along a row.
  const columns = transpose(vectors, m, m);
  const turns = { c: new Float64Array(m), s: new Float64Array(m) };
  for (let i = 0; i < m; i++) deflate(diagonal, beside, { columns, turns }, i);
  return { values: diagonal.map((value) => value * unit), vectors: transpose(columns, m, m) };
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
    const u = i * m;
    for (let r = 0; r < i; r++) {
      const row = r * m;
      const s = innerProduct(Q, row, A, u, i) / squares[i];
      for (let j = 0; j < i; j++) Q[row + j] -= s * A[u + j];
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
    p[j] = innerProduct(A, j * m, u, 0, i) / h;
    along += p[j] * u[j];
  }
  const half = along / (2 * h);
  for (let j = 0; j < i; j++) p[j] -= half * u[j];
  for (let j = 0; j < i; j++) {
    const row = j * m;
    const [f, e] = [u[j], p[j]];
    for (let k = 0; k < i; k++) A[row + k] -= f * p[k] + e * u[k];
  }
  return h;
}

/** Eigenvectors as columns, and room for the turns of a sweep. */
interface Turned {
  readonly columns: Float64Array;
  readonly turns: { readonly c: Float64Array; readonly s: Float64Array };
}

/** No matrix of doubles has been seen to need a tenth of it. */
const mostSweeps = 300;

/** Turns until nothing stands beside entry l of the diagonal; `e[i]` stands between d[i] and d[i + 1]. */
function deflate(d: Float64Array, e: Float64Array, turned: Turned, l: number): void {
  const m = d.length;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let end = l;
    while (end < m - 1 && Math.abs(e[end]) > Number.EPSILON * (Math.abs(d[end]) + Math.abs(d[end + 1])))
      end++;
    if (end === l) return;
    const first = turn(d, e, turned.turns, l, end);
    rotate(turned, m, first, end);
  }
}

/** One sweep of QL with an implicit shift, from `end` up to l; gives where it ended. */
function turn(d: Float64Array, e: Float64Array, turns: Turned["turns"], l: number, end: number): number {
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
      return i + 1;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    turns.c[i] = c;
    turns.s[i] = s;
  }
  d[l] -= p;
  e[l] = g;
  e[end] = 0;
  return l;
}

/** Applies a sweep's turns of columns i and i + 1, from `end` up to l, to four rows at a time: each waits for its last turn. */
function rotate({ columns: V, turns }: Turned, m: number, l: number, end: number): void {
  const { c, s } = turns;
  let row = 0;
  for (; row + 3 < m; row += 4) {
    const [p, q, r, t] = [row * m, (row + 1) * m, (row + 2) * m, (row + 3) * m];
    let [a, b, g, h] = [V[p + end], V[q + end], V[r + end], V[t + end]];
    for (let i = end - 1; i >= l; i--) {
      const cosine = c[i];
      const sine = s[i];
      const [va, vb, vg, vh] = [V[p + i], V[q + i], V[r + i], V[t + i]];
      V[p + i + 1] = sine * va + cosine * a;
      V[q + i + 1] = sine * vb + cosine * b;
      V[r + i + 1] = sine * vg + cosine * g;
      V[t + i + 1] = sine * vh + cosine * h;
      a = cosine * va - sine * a;
      b = cosine * vb - sine * b;
      g = cosine * vg - sine * g;
      h = cosine * vh - sine * h;
    }
    V[p + l] = a;
    V[q + l] = b;
    V[r + l] = g;
    V[t + l] = h;
  }
  for (; row < m; row++) {
    const p = row * m;
    let a = V[p + end];
    for (let i = end - 1; i >= l; i--) {
      const v = V[p + i];
      V[p + i + 1] = s[i] * v + c[i] * a;
      a = c[i] * v - s[i] * a;
    }
    V[p + l] = a;
  }
}
