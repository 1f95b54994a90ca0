/**
 * The minimum by elimination of blocks, for every form that is convex: half of its second derivatives over the holdings is
 * block tridiagonal, T_j on the diagonal and O_j beside it,
 *
 *     T_j = A_j + A_{j+1} + B_j        O_j = −A_j + ½κ_jK,
 *
 * and Cholesky's factor of it has two blocks in each row: O(N m³).
 *
 * @module
 */

import { factorize } from "../support/cholesky";
import { type Basis, congruent } from "./chains";
import { solveLower, solveUpper } from "./cholesky";
import { symmetricEigen } from "./eigen";
import { closeTrades, type Fall, type Minimizer, type PortfolioForm, type Proximity } from "./form";
import { multiply, type Packed, pack, transpose } from "./multiply";

/** The matrices of a form over the holdings that are allowed. */
interface Blocks {
  readonly r: number;
  readonly H: Float64Array;
  readonly S: Float64Array;
  readonly C: Float64Array;
  readonly K: Float64Array | undefined;
  readonly D: Float64Array | undefined;
}

/** The route, or the direction in which the form does not rise. */
export function blockMinimizer(
  form: PortfolioForm,
  { proximity, basis }: { readonly proximity?: Proximity | undefined; readonly basis?: Basis } = {},
): Minimizer | Fall {
  const blocks = blocksOf(form, proximity, basis);
  const { r } = blocks;
  const factors: Float64Array[] = [];
  const besides: Float64Array[] = [];
  for (let j = 0; j < form.steps - 1; j++) {
    const L = diagonalBlock(form, blocks, j, proximity);
    const W = j === 0 ? undefined : transpose(besideBlock(form, blocks, j, proximity), r, r);
    if (W !== undefined) {
      solveLower(factors[j - 1], r, W, r);
      subtractSquare(L, W, r);
      besides[j] = W;
    }
    const kept = L.slice();
    if (factorize(L, r, 0) !== -1) return fallOf(form, basis, { factors, besides, failed: kept });
    factors[j] = L;
  }
  const start = startOf(form, proximity, basis);
  const { m } = form.market;
  const there = basis === undefined ? undefined : pack(basis.Z, m, r);
  const back = basis === undefined ? undefined : pack(transpose(basis.Z, m, r), r, m);
  return {
    solve: (prices, trades) => solveBlocks(form, { r, there, back, factors, besides, start }, prices, trades),
  };
}

function blocksOf({ market }: PortfolioForm, proximity: Proximity | undefined, basis: Basis): Blocks {
  const { m, temporary, symmetricPart, covariance, skewPart } = market;
  const reduced = (A: Float64Array): Float64Array => (basis === undefined ? A : congruent(A, m, basis));
  return {
    r: basis?.r ?? m,
    H: reduced(temporary),
    S: reduced(symmetricPart),
    C: reduced(covariance),
    K: skewPart === undefined ? undefined : reduced(skewPart),
    D: proximity === undefined ? undefined : reduced(diagonalMatrix(proximity.D)),
  };
}

function diagonalMatrix(D: Float64Array): Float64Array {
  const m = D.length;
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) matrix[i * m + i] = D[i];
  return matrix;
}

/** T_j, of holding j + 1. */
function diagonalBlock(
  { h, g, v, β, δ }: PortfolioForm,
  { H, S, C, D }: Blocks,
  j: number,
  proximity: Proximity | undefined,
): Float64Array {
  const [weightH, weightS, weightC] = [h[j] + h[j + 1], g[j] + g[j + 1] + δ[j], β[j] - v[j] - v[j + 1]];
  const weightD = proximity === undefined ? 0 : 0.5 * proximity.ρ * weightH;
  const T = new Float64Array(H.length);
  for (let at = 0; at < T.length; at++) {
    T[at] = weightH * H[at] + weightS * S[at] + weightC * C[at] + (D === undefined ? 0 : weightD * D[at]);
  }
  return T;
}

/** O_j, between trade j's two holdings. */
function besideBlock(
  { h, g, v, κ }: PortfolioForm,
  { H, S, C, K, D }: Blocks,
  j: number,
  proximity: Proximity | undefined,
): Float64Array {
  const weightD = proximity === undefined ? 0 : 0.5 * proximity.ρ * h[j];
  const O = new Float64Array(H.length);
  for (let at = 0; at < O.length; at++) {
    O[at] = v[j] * C[at] - h[j] * H[at] - g[j] * S[at];
    if (K !== undefined) O[at] += 0.5 * κ[j] * K[at];
    if (D !== undefined) O[at] -= weightD * D[at];
  }
  return O;
}

/** L − WᵀW in the lower half. */
function subtractSquare(L: Float64Array, W: Float64Array, r: number): void {
  for (let k = 0; k < r; k++) {
    const row = W.subarray(k * r, (k + 1) * r);
    for (let i = 0; i < r; i++) {
      const w = row[i];
      if (w === 0) continue;
      const at = i * r;
      for (let j = 0; j <= i; j++) L[at + j] -= w * row[j];
    }
  }
}

/** −O_1 X: what the positions add to the first holding's equation. */
function startOf(form: PortfolioForm, proximity: Proximity | undefined, basis: Basis): Float64Array {
  const { m, positions } = form.market;
  const whole = blocksOf(form, proximity, undefined);
  const row = besideBlock(form, whole, 0, proximity);
  // X as a row times Oᵀ.
  const start = multiply(positions, pack(transpose(row, m, m), m, m), 1).map((value) => -value);
  return basis === undefined ? start : multiply(start, pack(basis.Z, m, basis.r), 1);
}

/** What elimination leaves, and the way between names and what is allowed of them. */
interface Solver {
  readonly r: number;
  readonly there: Packed | undefined;
  readonly back: Packed | undefined;
  readonly factors: readonly Float64Array[];
  readonly besides: readonly Float64Array[];
  readonly start: Float64Array;
}

function solveBlocks(
  form: PortfolioForm,
  { r, there, back, factors, besides, start }: Solver,
  prices: Float64Array | undefined,
  trades: Float64Array,
): void {
  const { steps: M, market, φ } = form;
  const { m, drifts } = market;
  const linear = new Float64Array((M - 1) * m);
  for (let j = 0, at = 0; j < M - 1; j++) {
    for (let i = 0; i < m; i++, at++) {
      linear[at] = 0.5 * φ[j] * drifts[i];
      if (prices !== undefined) linear[at] += 0.5 * (prices[at] - prices[at + m]);
    }
  }
  const t = there === undefined ? linear : multiply(linear, there, M - 1);
  for (let i = 0; i < r; i++) t[i] += start[i];
  for (let j = 0; j < M - 1; j++) {
    const now = t.subarray(j * r, (j + 1) * r);
    if (j > 0) subtractProduct(now, besides[j], t.subarray((j - 1) * r, j * r), true);
    solveLower(factors[j], r, now, 1);
  }
  for (let j = M - 2; j >= 0; j--) {
    const now = t.subarray(j * r, (j + 1) * r);
    if (j < M - 2) subtractProduct(now, besides[j + 1], t.subarray((j + 1) * r, (j + 2) * r), false);
    solveUpper(factors[j], r, now, 1);
  }
  for (let j = 0; j < M - 1; j++) {
    for (let i = 0; i < r; i++) t[j * r + i] -= j < M - 2 ? t[(j + 1) * r + i] : 0;
  }
  const later = trades.subarray(m);
  if (back === undefined) later.set(t);
  else multiply(t, back, M - 1, later);
  closeTrades(form, trades);
}

/** now − W other, or − Wᵀ other. */
function subtractProduct(now: Float64Array, W: Float64Array, other: Float64Array, isTurned: boolean): void {
  const r = now.length;
  for (let i = 0; i < r; i++) {
    const row = W.subarray(i * r, (i + 1) * r);
    if (isTurned) {
      const weight = other[i];
      for (let j = 0; j < r; j++) now[j] -= weight * row[j];
    } else {
      let sum = 0;
      for (let j = 0; j < r; j++) sum += row[j] * other[j];
      now[i] -= sum;
    }
  }
}

/** The direction in which the block that failed falls, and the holdings before it that follow. */
function fallOf(
  { steps, market }: PortfolioForm,
  basis: Basis,
  {
    factors,
    besides,
    failed,
  }: { factors: readonly Float64Array[]; besides: readonly Float64Array[]; failed: Float64Array },
): Fall {
  const { m } = market;
  const r = basis?.r ?? m;
  for (let i = 0; i < r; i++) for (let j = i + 1; j < r; j++) failed[i * r + j] = failed[j * r + i];
  const { values, vectors } = symmetricEigen(failed, r);
  const worst = values.reduce((least, value, i) => (value < values[least] ? i : least), 0);
  let y: Float64Array = vectors.slice(worst * r, (worst + 1) * r);
  const holdings = new Float64Array(steps * m);
  for (let j = factors.length; j >= 0; j--) {
    if (j < factors.length) {
      const next = new Float64Array(r);
      subtractProduct(next, besides[j + 1], y, false);
      solveUpper(factors[j], r, next, 1);
      y = next;
    }
    const row = basis === undefined ? y : multiply(y, pack(transpose(basis.Z, m, r), r, m), 1);
    holdings.set(row, j * m);
  }
  return { holdings, change: values[worst] };
}
