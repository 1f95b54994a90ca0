/**
 * The minimum by simultaneous diagonalization. Where all A_j + v_jC are multiples a_j of one matrix P, the eigenvectors of
 * Cv = ΛPv turn the m names into m chains that do not touch each other,
 *
 *     Σ_j (a_j − v_jΛ) n_j² + (β_jΛ + b_j) y_j² + linear terms,
 *
 * each solved by elimination: O(m³ + N m²) in place of O(N m³). With d_j = e_j + β_jΛ + b_j the recursion, in which
 * nothing cancels for λ ≥ 0,
 *
 *     e_1 = A_1,    e_{j+1} = A_{j+1} d_j / (d_j + A_{j+1}),
 *
 * gives the least cost e_j y² − 2f_j y + … of all that comes before holding y.
 *
 * Source: AC, Appendix A.3, for A diagonal; here for any P that is positive definite.
 *
 * @module
 */
import { factorize } from "../support/cholesky";
import { solveLower, solveUpper } from "./cholesky";
import { symmetricEigen } from "./eigen";
import type { Fall, Minimizer, Pair, PortfolioForm, Proximity } from "./form";
import { closeTrades } from "./form";
import { multiply, type Packed, pack, transpose } from "./multiply";

/** Names turned into independent directions: trades are rows of `back` with the directions' trades as weights. */
interface Directions {
  /** Number of directions r. */
  readonly r: number;
  /** Λ. */
  readonly risks: Float64Array;
  /** m × r: from prices of names to prices of directions. */
  readonly there: Packed;
  /** r × m: from trades of directions to trades of names. */
  readonly back: Packed;
  readonly backRows: Float64Array;
  /** Vᵀ P X and Vᵀ C X. */
  readonly impactOfX: Float64Array;
  readonly riskOfX: Float64Array;
}

/** What the elimination keeps: of each holding and direction 1/(d + A), A/(d + A) and d. */
interface Factors {
  readonly inverse: Float64Array;
  readonly kept: Float64Array;
  readonly d: Float64Array;
}

/** A basis of the holdings that are allowed, as the m × r matrix Z; undefined for all. */
export type Basis = { readonly Z: Float64Array; readonly r: number } | undefined;

/** The route; undefined where P is not positive definite, and a fall where a chain has no minimum. */
export function chainMinimizer(
  form: PortfolioForm,
  { P, a, b }: Pair,
  { proximity, basis }: { readonly proximity?: Proximity | undefined; readonly basis?: Basis } = {},
): Minimizer | Fall | undefined {
  const { market } = form;
  const { m } = market;
  const near = P.slice();
  if (proximity !== undefined)
    for (let i = 0; i < m; i++) near[i * m + i] += 0.5 * proximity.ρ * proximity.D[i];
  const directions = diagonalize(form, near, basis);
  if (directions === undefined) return undefined;
  const factors = eliminateChains(form, a, b, directions.risks);
  if ("step" in factors) return fallOf(form, directions, factors);
  const { steps: M } = form;
  const drift = multiply(market.drifts, directions.there, 1);
  const rows = { F: new Float64Array((M - 1) * directions.r), p: new Float64Array(M * directions.r), drift };
  return {
    solve: (prices, trades) => solveChains(form, a, { directions, factors, rows }, prices, trades),
  };
}

function diagonalize({ market }: PortfolioForm, P: Float64Array, basis: Basis): Directions | undefined {
  const { m, covariance: C, positions } = market;
  const r = basis?.r ?? m;
  const L = basis === undefined ? P.slice() : congruent(P, m, basis);
  const R = basis === undefined ? C.slice() : congruent(C, m, basis);
  if (factorize(L, r, 0) !== -1) return undefined;
  solveLower(L, r, R, r);
  const turned = transpose(R, r, r);
  solveLower(L, r, turned, r);
  const { values, vectors } = symmetricEigen(turned, r);
  const V = transpose(vectors, r, r);
  solveUpper(L, r, V, r);
  const U = basis === undefined ? V : multiply(basis.Z, pack(V, r, r), m);
  const backRows = transpose(U, m, r);
  const there = pack(U, m, r);
  return {
    ...{ r, risks: values, there, back: pack(backRows, r, m), backRows },
    impactOfX: multiply(multiply(positions, pack(P, m, m), 1), there, 1),
    riskOfX: multiply(multiply(positions, pack(C, m, m), 1), there, 1),
  };
}

/** Zᵀ A Z. */
export function congruent(A: Float64Array, m: number, { Z, r }: NonNullable<Basis>): Float64Array {
  const AZ = multiply(A, pack(Z, m, r), m);
  return multiply(transpose(Z, m, r), pack(AZ, m, r), r);
}

function eliminateChains(
  { steps, v, β }: PortfolioForm,
  a: Float64Array,
  b: Float64Array | undefined,
  Λ: Float64Array,
):
  | Factors
  | {
      readonly step: number;
      readonly direction: number;
      readonly pivot: number;
      readonly kept: Float64Array;
    } {
  const r = Λ.length;
  const size = (steps - 1) * r;
  const [inverse, kept, d] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < r; i++) {
    let e = a[0] - v[0] * Λ[i];
    for (let j = 0; j < steps - 1; j++) {
      const at = j * r + i;
      const A = a[j + 1] - v[j + 1] * Λ[i];
      d[at] = e + β[j] * Λ[i] + (b === undefined ? 0 : b[j]);
      const pivot = d[at] + A;
      if (!(pivot > 0)) return { step: j, direction: i, pivot, kept };
      inverse[at] = 1 / pivot;
      kept[at] = A * inverse[at];
      e = kept[at] * d[at];
    }
  }
  return { inverse, kept, d };
}

/** Buffers for F of each holding and then the trade after it, and for prices of directions. */
interface Rows {
  readonly F: Float64Array;
  readonly p: Float64Array;
  readonly drift: Float64Array;
}

function solveChains(
  form: PortfolioForm,
  a: Float64Array,
  solver: { readonly directions: Directions; readonly factors: Factors; readonly rows: Rows },
  prices: Float64Array | undefined,
  trades: Float64Array,
): void {
  const { steps: M, market, φ, v } = form;
  const { r, there, back, impactOfX, riskOfX } = solver.directions;
  const { inverse, kept, d } = solver.factors;
  const { F, p, drift } = solver.rows;
  if (prices !== undefined) multiply(prices, there, M, p);
  for (let i = 0; i < r; i++) F[i] = a[0] * impactOfX[i] - v[0] * riskOfX[i] + 0.5 * (p[i] + φ[0] * drift[i]);
  for (let j = 1, at = r; j < M - 1; j++) {
    const half = 0.5 * φ[j];
    for (let i = 0; i < r; i++, at++) {
      const before = at - r;
      F[at] = kept[before] * F[before] + 0.5 * p[at] * d[before] * inverse[before] + half * drift[i];
    }
  }
  const y = new Float64Array(r);
  for (let j = M - 2; j >= 0; j--) {
    for (let i = 0, at = j * r; i < r; i++, at++) {
      const n = inverse[at] * (F[at] - 0.5 * p[at + r] - d[at] * y[i]);
      y[i] += n;
      F[at] = n;
    }
  }
  multiply(F, back, M - 1, trades.subarray(market.m));
  closeTrades(form, trades);
}

/** Holdings that swing back from the failed one as the elimination says. */
function fallOf(
  { steps, market }: PortfolioForm,
  { r, backRows }: Directions,
  { step, direction, pivot, kept }: { step: number; direction: number; pivot: number; kept: Float64Array },
): Fall {
  const { m } = market;
  const holdings = new Float64Array(steps * m);
  let y = 1;
  for (let j = step; j >= 0; j--) {
    if (j < step) y *= kept[j * r + direction];
    for (let i = 0; i < m; i++) holdings[j * m + i] = y * backRows[direction * m + i];
  }
  return { holdings, change: pivot };
}
