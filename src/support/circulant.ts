/**
 * Products with symmetric circulant matrices, of sizes that are powers of 2.
 *
 * Such a matrix has real eigenvalues λ_0 … λ_{M−1}, λ_k = λ_{M−k}, and Fourier's vectors as its eigenvectors. The M real numbers of a
 * vector go as h = M/2 complex ones through a transform that leaves them in bit-reversed order, meet the eigenvalues there, and come
 * back through its inverse, which takes them in that order: nothing is ever sorted.
 *
 * @module
 */
import { backward, forward, partner, planOf } from "./fourier";
import { zeros } from "./numbers";

/**
 * λ_0 … λ_{M/2} of the symmetric circulant matrix with this first column.
 *
 * @param column - M numbers, M a power of 2 from 4 on, with c_k = c_{M−k}
 */
export function circulantEigenvalues(column: Float64Array): Float64Array {
  const { half: h, passes, order, cosines, sines } = planOf(column.length);
  const [re, im] = [zeros(h), zeros(h)];
  for (let i = 0; i < h; i++) {
    re[i] = column[2 * i];
    im[i] = column[2 * i + 1];
  }
  forward(re, im, passes);
  const eigenvalues = zeros(h + 1);
  eigenvalues[0] = re[0] + im[0];
  eigenvalues[h] = re[0] - im[0];
  for (let p = 1; p < h; p++) {
    const q = partner(p);
    // ω^k times the transform of the odd places, its real part: Σ of the even ones and this is λ_k.
    const oddRe = im[p] + im[q];
    const oddIm = re[q] - re[p];
    eigenvalues[order[p]] = 0.5 * (re[p] + re[q] + cosines[p] * oddRe - sines[p] * oddIm);
  }
  return eigenvalues;
}

/**
 * Multiplies vectors by the symmetric circulant matrix with these eigenvalues.
 *
 * @param eigenvalues - λ_0 … λ_{M/2}
 * @returns a function of a vector's first numbers, the others of the M being 0, that overwrites them by the product's
 */
export function circulantProduct(eigenvalues: Float64Array): (x: Float64Array) => void {
  const h = eigenvalues.length - 1;
  const { passes, order, cosines, sines } = planOf(2 * h);
  const [re, im] = [zeros(h), zeros(h)];
  // ½(λ_k + λ_{h−k}) and ½(λ_k − λ_{h−k}) ω^k; the inverse transform divides by h.
  const [sums, differencesRe, differencesIm] = [zeros(h), zeros(h), zeros(h)];
  for (let p = 0; p < h; p++) {
    const one = eigenvalues[order[p]] / (2 * h);
    const other = eigenvalues[h - order[p]] / (2 * h);
    sums[p] = one + other;
    differencesRe[p] = (one - other) * cosines[p];
    differencesIm[p] = (one - other) * sines[p];
  }
  return (x) => {
    const pairs = x.length >> 1;
    for (let i = 0; i < pairs; i++) {
      re[i] = x[2 * i];
      im[i] = x[2 * i + 1];
    }
    re.fill(0, pairs);
    im.fill(0, pairs);
    if (x.length % 2 === 1) re[pairs] = x[x.length - 1];
    forward(re, im, passes);
    meet(re, im, { sums, differencesRe, differencesIm });
    backward(re, im, passes);
    for (let i = 0; i < pairs; i++) {
      x[2 * i] = re[i];
      x[2 * i + 1] = im[i];
    }
    if (x.length % 2 === 1) x[x.length - 1] = re[pairs];
  };
}

/** ½(λ_k + λ_{h−k})/h, and ½(λ_k − λ_{h−k}) ω^k/h, where a transform of h numbers has its k-th. */
interface Factors {
  readonly sums: Float64Array;
  readonly differencesRe: Float64Array;
  readonly differencesIm: Float64Array;
}

/** Multiplies the transform of M real numbers by the eigenvalues, packed as it is. */
function meet(re: Float64Array, im: Float64Array, { sums, differencesRe, differencesIm }: Factors): void {
  const h = re.length;
  const [even, odd] = [re[0], im[0]];
  re[0] = sums[0] * even + differencesRe[0] * odd;
  im[0] = sums[0] * odd + differencesRe[0] * even;
  re[1] *= sums[1];
  im[1] *= sums[1];
  for (let from = 2; from < h; from *= 2) {
    for (let p = from, q = 2 * from - 1; p < q; p++, q--) {
      const s = sums[p];
      const dRe = differencesRe[p];
      const dIm = differencesIm[p];
      // Twice the transforms of the numbers at even and at odd places.
      const eRe = re[p] + re[q];
      const eIm = im[p] - im[q];
      const oRe = im[p] + im[q];
      const oIm = re[q] - re[p];
      const evenRe = 0.5 * (s * eRe + dRe * oRe - dIm * oIm);
      const evenIm = 0.5 * (s * eIm + dRe * oIm + dIm * oRe);
      const oddRe = 0.5 * (s * oRe + dRe * eRe + dIm * eIm);
      const oddIm = 0.5 * (s * oIm + dRe * eIm - dIm * eRe);
      re[p] = evenRe - oddIm;
      im[p] = evenIm + oddRe;
      re[q] = evenRe + oddIm;
      im[q] = oddRe - evenIm;
    }
  }
}
