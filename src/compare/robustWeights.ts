/**
 * Weights of models, by Newton's method on what they prove.
 *
 * @module
 */
import { factorize, solveFactored } from "../support/cholesky";
import { total } from "../support/numbers";

/**
 * The weights at which a parabola is largest: R·(v − w) − ½ (v − w)ᵀM(v − w) over v ≥ 0, Σ v = 1. All supports are tried: there are few
 * models.
 */
export function bestWeights(w: Float64Array, R: readonly number[], M: Float64Array): Float64Array {
  const k = w.length;
  let best = w;
  let highest = Number.NEGATIVE_INFINITY;
  const parabola = (v: Float64Array): number => {
    const d = v.map((value, j) => value - w[j]);
    let sum = 0;
    for (let i = 0; i < k; i++) {
      sum += R[i] * d[i];
      for (let j = 0; j < k; j++) sum -= 0.5 * d[i] * M[i * k + j] * d[j];
    }
    return sum;
  };
  for (let mask = 1; mask < 2 ** k; mask++) {
    const support = Array.from({ length: k }, (_, j) => j).filter((j) => (mask >> j) & 1);
    const v = onSupport(w, R, M, support);
    if (v === undefined) continue;
    const value = parabola(v);
    if (value > highest) [highest, best] = [value, v];
  }
  return best;
}

/** The weights on one support, where they are 0 or above. */
function onSupport(
  w: Float64Array,
  R: readonly number[],
  M: Float64Array,
  support: readonly number[],
): Float64Array | undefined {
  // The curvature is 0 along w itself, so the first weight of the support is left to the sum.
  const k = w.length;
  const [first, ...others] = support;
  const s = others.length;
  const at = (i: number, j: number): number => M[i * k + j];
  const v = new Float64Array(k);
  // R + Mw at weights that are 0 off the support and lie on its first one.
  const slope = (i: number): number => {
    let sum = R[i] - at(i, first);
    for (let j = 0; j < k; j++) sum += at(i, j) * w[j];
    return sum;
  };
  const L = new Float64Array(s * s);
  for (let i = 0; i < s; i++) {
    for (let j = 0; j <= i; j++) {
      const [one, other] = [others[i], others[j]];
      L[i * s + j] = at(one, other) - at(one, first) - at(first, other) + at(first, first);
    }
  }
  // Two models that are one leave the split between them open.
  if (factorize(L, s) !== -1) return undefined;
  const moved = solveFactored(
    L,
    s,
    Float64Array.from(others, (i) => slope(i) - slope(first)),
  );
  v[first] = 1 - total(moved);
  others.forEach((i, place) => {
    v[i] = moved[place];
  });
  return v.every((weight) => weight >= 0) ? v : undefined;
}
