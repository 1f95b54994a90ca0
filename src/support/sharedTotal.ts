/**
 * Linear systems for numbers with a given total, whose matrix is Toeplitz but for a diagonal and squares of cumulative sums:
 *
 *     H = T + diag(d) + Σ_l w_l m_l m_lᵀ,      m_lj = 1 for j < l,  v for j = l,  0 for j > l
 *
 * by conjugate gradients, O(N log N) a step. Moved between neighbors, by the differences Δ, numbers keep their total, and ΔHΔᵀ is
 * Toeplitz where d and w do not vary: there the squares of sums are a few entries beside the diagonal. So what preconditions is
 * Δᵀ C⁻¹ Δ, with a circulant matrix C in place of ΔHΔᵀ.
 *
 * Source: G. Strang, Studies in Applied Mathematics 74 (1986); T. Chan, SIAM Journal on Scientific and Statistical Computing 9 (1988).
 *
 * @module
 */
import { circulantEigenvalues, circulantProduct } from "./circulant";
import { powerOfTwo } from "./fourier";
import { zeros } from "./numbers";
import { neighborColumn, toeplitzProduct } from "./toeplitz";

/** H. Arrays of N ≥ 2 numbers. */
export interface SumsMatrix {
  /** t_0 … t_{N−1}. */
  readonly column: Float64Array;
  /** d. */
  readonly diagonal: Float64Array;
  /** w ≥ 0. */
  readonly weights: Float64Array;
  /** v. */
  readonly own: number;
}

/** H, ready for use. */
export interface SumsProduct {
  /** y = (T + diag(d)) x, up to a number that all its entries share where x has a total other than 0. */
  readonly withoutSums: (x: Float64Array, y: Float64Array) => void;
  /** y = Hx, up to such a number. */
  readonly times: (x: Float64Array, y: Float64Array) => void;
  /** How far a product may be off, by its transforms: in parts of the root of the sum of x's squares. */
  readonly rounding: number;
}

/**
 * Solves (Hx)_k = r_k + level, Σ x_k = `whole`, over the numbers that are free; the others are 0. What is left of the residual is
 * `accuracy` times what it was, in the norm of the preconditioner, unless rounding or the number of steps ends it before.
 */
export type SumsSolver = (
  residual: Float64Array,
  whole: number,
  accuracy: number,
) => { readonly x: Float64Array; readonly level: number };

const mostSteps = 1000;

/** @param free - 1 for at least two numbers that are free, 0 for the others */
export function sumsSolver(
  matrix: SumsMatrix,
  { times }: Pick<SumsProduct, "times">,
  free: Float64Array,
): SumsSolver {
  const N = free.length;
  const count = sumOf(free);
  const precondition = projected(preconditioner(matrix, free), free, count);
  const [r, p, z, Hp] = [zeros(N), zeros(N), zeros(N), zeros(N)];
  /** Takes the mean of the free numbers of r away, of which this is the sum; the others become 0. */
  const center = (sum: number): number => {
    const mean = sum / count;
    for (let k = 0; k < N; k++) r[k] = free[k] * (r[k] - mean);
    return mean;
  };
  return (residual, whole, accuracy) => {
    const x = zeros(N);
    r.set(residual);
    if (whole !== 0) {
      for (let k = 0; k < N; k++) x[k] = (free[k] * whole) / count;
      times(x, Hp);
      for (let k = 0; k < N; k++) r[k] -= Hp[k];
    }
    let level = -center(inner(free, r));
    let size = precondition(r, p);
    const enough = accuracy * accuracy * size;
    for (let step = 0; step < mostSteps && size > enough; step++) {
      times(p, Hp);
      const length = size / inner(p, Hp);
      if (!(length > 0 && Number.isFinite(length))) break;
      let sum = 0;
      for (let k = 0; k < N; k++) {
        x[k] += length * p[k];
        r[k] -= length * Hp[k];
        sum += free[k] * r[k];
      }
      level -= center(sum);
      const next = precondition(r, z);
      const turn = next / size;
      for (let k = 0; k < N; k++) p[k] = z[k] + turn * p[k];
      size = next;
    }
    return { x, level };
  };
}

function inner(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k] * y[k];
  return sum;
}

function sumOf(x: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += x[k];
  return sum;
}

/** Products with H. */
export function sumsProduct({ column, diagonal, weights, own }: SumsMatrix): SumsProduct {
  const N = column.length;
  // What all entries share moves no number, and would only be rounded.
  const last = column[N - 1];
  const faded = zeros(N);
  for (let k = 0; k < N; k++) faded[k] = column[k] - last;
  const toeplitz = toeplitzProduct(faded);
  const hasWeights = weights.some((weight) => weight !== 0);
  const sums = zeros(N);
  const withoutSums = (x: Float64Array, y: Float64Array): void => {
    y.set(x);
    // Where nothing is traded yet, a transform would find out nothing.
    if (x.some((value) => value !== 0)) toeplitz.times(y);
    for (let k = 0; k < N; k++) y[k] += diagonal[k] * x[k];
  };
  const times = (x: Float64Array, y: Float64Array): void => {
    withoutSums(x, y);
    if (!hasWeights) return;
    let before = 0;
    for (let k = 0; k < N; k++) {
      sums[k] = weights[k] * (before + own * x[k]);
      before += x[k];
    }
    let later = 0;
    for (let k = N - 1; k >= 0; k--) {
      y[k] += later + own * sums[k];
      later += sums[k];
    }
  };
  return { withoutSums, times, rounding: toeplitz.rounding };
}

/** Gives z = Pr, which is 0 for numbers that are not free, and returns rᵀz. */
type Preconditioner = (r: Float64Array, z: Float64Array) => number;

/** P = Δᵀ C⁻¹ Δ. */
function preconditioner(matrix: SumsMatrix, free: Float64Array): Preconditioner {
  const N = free.length;
  const inverse = circulantProduct(inverseEigenvalues(meanColumn(matrix, free)));
  const moved = zeros(N - 1);
  return (r, z) => {
    for (let k = 0; k < N - 1; k++) moved[k] = free[k + 1] * r[k + 1] - free[k] * r[k];
    inverse(moved);
    let product = 0;
    let before = 0;
    for (let k = 0; k < N; k++) {
      const after = k < N - 1 ? moved[k] : 0;
      z[k] = free[k] * (before - after);
      product += r[k] * z[k];
      before = after;
    }
    return product;
  };
}

/** The first column of ΔHΔᵀ, with the means over free numbers of what varies. */
function meanColumn({ column: t, diagonal, weights, own }: SumsMatrix, free: Float64Array): Float64Array {
  const [d, w] = [inner(diagonal, free) / sumOf(free), inner(weights, free) / sumOf(free)];
  const column = neighborColumn(t, 0);
  column[0] += 2 * d + w * ((1 - own) ** 2 + own * own);
  if (column.length > 1) column[1] += w * own * (1 - own) - d;
  return column;
}

/** Those of C⁻¹. */
function inverseEigenvalues(column: Float64Array): Float64Array {
  const n = column.length;
  const size = powerOfTwo(n);
  // Strang's circulant matrix takes the middle of the Toeplitz matrix. Where what it leaves out matters it need not be positive
  // definite; with every diagonal weighted by its length, as T. Chan does, it is wherever the Toeplitz matrix is.
  let eigenvalues = circulantEigenvalues(circle(column, size, (k) => (k <= size / 2 ? 1 : 0)));
  let [least, most] = range(eigenvalues);
  if (!(least > 1e-10 * most)) {
    eigenvalues = circulantEigenvalues(circle(column, size, (k) => 1 - k / n));
    [least, most] = range(eigenvalues);
  }
  for (let k = 0; k < eigenvalues.length; k++) eigenvalues[k] = 1 / Math.max(eigenvalues[k], 1e-12 * most);
  return eigenvalues;
}

/** Bends a Toeplitz matrix to a circle, its k-th diagonals weighted. */
function circle(column: Float64Array, size: number, weight: (k: number) => number): Float64Array {
  const bent = zeros(size);
  bent[0] = column[0];
  for (let k = 1; k < column.length; k++) {
    const value = weight(k) * column[k];
    bent[k] += value;
    bent[size - k] += value;
  }
  return bent;
}

function range(values: Float64Array): [least: number, most: number] {
  let [least, most] = [values[0], values[0]];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** The same with a total of 0, where not all numbers are free. */
function projected(precondition: Preconditioner, free: Float64Array, count: number): Preconditioner {
  const N = free.length;
  if (count === N) return precondition;
  const ones = zeros(N);
  const whole = precondition(free, ones);
  return (r, z) => {
    precondition(r, z);
    const less = sumOf(z) / whole;
    for (let k = 0; k < N; k++) z[k] -= less * ones[k];
    return inner(r, z);
  };
}
