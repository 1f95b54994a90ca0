/**
 * The quadratic form of E + λV under impact that fades, on an even grid: one column in place of a full matrix.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { zeros } from "../support/numbers";
import { type SumsMatrix, type SumsProduct, sumsProduct, sumsSolver } from "../support/sharedTotal";
import type { TransientForm, TransientSystem } from "./transientForm";

/** What the first solution leaves of the residual, and what others do of what is left. */
const [firstAccuracy, laterAccuracy] = [1e-12, 1e-4];

/** @param kernel - G by lag */
export function toeplitzForm(problem: ExecutionProblem, kernel: Float64Array): TransientForm {
  const { intervals: N, shares: X, riskAversion: λ } = problem;
  const law = impactLaw(problem);
  const { lengths: τ, volatilities: σ, drifts: α, halfSpreads } = marketOf(problem);
  const after = 1 - exposedPart(problem.timing);
  const s = sideSign(problem);
  const matrix: SumsMatrix = {
    column: kernel,
    diagonal: τ.map((_, k) => law.curvature(k, 0) + (2 * law.ownImpact - 1) * kernel[0]),
    weights: τ.map((length, k) => 2 * λ * σ[k] * σ[k] * length),
    own: after,
  };
  const product = sumsProduct(matrix);
  const recovery = law.smoothMarginals({ trades: new Array<number>(N).fill(0), remaining: [] });
  const { weights, diagonal } = matrix;
  const moves = zeros(N);
  const marginals = (trades: Float64Array): Float64Array => {
    const slopes = zeros(N);
    product.withoutSums(trades, slopes);
    let x = X;
    for (let k = 0; k < N; k++) {
      moves[k] = weights[k] * (x - after * trades[k]) - s * α[k] * τ[k];
      x -= trades[k];
    }
    // From holdings, whose risk is not a difference of larger numbers.
    let later = 0;
    for (let k = N - 1; k >= 0; k--) {
      slopes[k] += recovery[k] - (later + after * moves[k]);
      later += moves[k];
    }
    return slopes;
  };
  let later = 0;
  const curvatures = new Float64Array(N);
  for (let k = N - 1; k >= 0; k--) {
    curvatures[k] = kernel[0] + diagonal[k] + later + after * after * weights[k];
    later += weights[k];
  }
  const size = X * curvatures.reduce((most, value) => Math.max(most, value), 0);
  return {
    ...{ shares: X, halfSpreads, curvatures, marginals },
    // Where one solution leaves no more than rounding, as often it does, there is nothing to solve again.
    rounds: { least: 1, most: 6, enough: 2 * Number.EPSILON * size, apart: 1e-10 * size },
    level: kernel[N - 1] * X,
    system: (free) => toeplitzSystem(matrix, product, free),
  };
}

function toeplitzSystem(matrix: SumsMatrix, product: SumsProduct, free: readonly number[]): TransientSystem {
  const N = matrix.column.length;
  if (free.length === 1) {
    const one = new Float64Array(N);
    const column = new Float64Array(N);
    one[free[0]] = 1;
    product.times(one, column);
    const own = column[free[0]];
    return ([r], m) => ({ step: Float64Array.of(m), change: own * m - r });
  }
  const mask = zeros(N);
  for (const k of free) mask[k] = 1;
  const solve = sumsSolver(matrix, product, mask);
  let accuracy = firstAccuracy;
  return (r, m) => {
    const residual = zeros(N);
    for (let i = 0; i < free.length; i++) residual[free[i]] = r[i];
    const { x, level } = solve(residual, m, accuracy);
    accuracy = laterAccuracy;
    const step = zeros(free.length);
    for (let i = 0; i < free.length; i++) step[i] = x[free[i]];
    return { step, change: level };
  };
}
