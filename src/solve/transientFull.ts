/**
 * The quadratic form of E + λV under impact that fades with a full matrix, and its linear systems.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { choiceCount, withRestEntry } from "../model/remainder";
import { factorize, solveFactored } from "../support/cholesky";
import { Sum, total } from "../support/numbers";
import type { TransientForm, TransientSystem } from "./transientForm";

/** The form with all its numbers. H by rows. */
export interface FullForm extends TransientForm {
  readonly matrix: Float64Array;
  readonly linear: Float64Array;
}

/** The form with a full matrix, for a risk aversion: the problem's own by default. */
export function fullForm(problem: ExecutionProblem, riskAversion: number = problem.riskAversion): FullForm {
  const { intervals: N, shares: X, timing } = problem;
  const law = impactLaw(problem);
  const { lengths: τ, volatilities: σ, drifts: α, halfSpreads } = marketOf(problem);
  const after = 1 - exposedPart(timing);
  const s = sideSign(problem);
  // Where shares may be left, they are one more trade, which no interval's risk meets.
  const M = choiceCount(problem);
  const matrix = new Float64Array(M * M);
  const none = new Array<number>(N + 1).fill(0);
  const linear = Float64Array.from(law.smoothMarginals({ trades: none.slice(1), remaining: none }));
  for (let j = 0; j < N && M > N; j++) matrix[N * M + j] = matrix[j * M + N] = law.kernel(j, N);
  if (problem.remainderPrice !== undefined) linear[N] += problem.remainderPrice;
  // Σ_{l>k}: of 2λσ²τ, and of the linear terms.
  let [later, laterLinear] = [0, 0];
  for (let k = N - 1; k >= 0; k--) {
    const risk = 2 * riskAversion * σ[k] * σ[k] * τ[k];
    const load = s * α[k] * τ[k] - risk * X;
    for (let j = 0; j < k; j++) {
      matrix[k * M + j] = matrix[j * M + k] = law.kernel(j, k) + later + after * risk;
    }
    const own = law.curvature(k, 0) + 2 * law.ownImpact * law.kernel(k, k);
    matrix[k * M + k] = own + later + after * after * risk;
    linear[k] += laterLinear + after * load;
    later += risk;
    laterLinear += load;
  }
  return {
    ...{ shares: X, matrix, linear, halfSpreads: withRestEntry(problem, halfSpreads, 0), level: 0 },
    rounds: { least: 3, most: 3, enough: 0, apart: Number.POSITIVE_INFINITY },
    curvatures: linear.map((_, k) => matrix[k * M + k]),
    marginals: (trades) => fullMarginals(matrix, linear, trades),
    system: (free) => fullSystem(matrix, M, free),
  };
}

/** Hn + q. */
function fullMarginals(H: Float64Array, q: Float64Array, trades: Float64Array): Float64Array {
  const N = q.length;
  return q.map((value, k) => {
    const sum = new Sum();
    sum.add(value);
    for (let j = 0; j < N; j++) sum.add(H[k * N + j] * trades[j]);
    return sum.value;
  });
}

/** The system of free trades F, for H by rows. */
function fullSystem(H: Float64Array, N: number, free: readonly number[]): TransientSystem {
  const f = free.length;
  const L = new Float64Array(f * f);
  for (let i = 0; i < f; i++) for (let j = 0; j <= i; j++) L[i * f + j] = H[free[i] * N + free[j]];
  if (factorize(L, f) !== -1) return differenceSystem(H, N, free);
  const ones = solveFactored(L, f, new Float64Array(f).fill(1));
  const whole = total(ones);
  return (r, m) => {
    const step = solveFactored(L, f, r.slice());
    const change = (m - total(step)) / whole;
    return { step: step.map((d, i) => d + change * ones[i]), change };
  };
}

/** The same where H is positive definite over differences of trades alone: shares move between neighbors. */
function differenceSystem(H: Float64Array, N: number, free: readonly number[]): TransientSystem {
  const f = free.length;
  const at = (i: number, j: number): number => H[free[i] * N + free[j]];
  const L = new Float64Array((f - 1) * (f - 1));
  for (let i = 0; i < f - 1; i++) {
    for (let j = 0; j <= i; j++)
      L[i * (f - 1) + j] = at(i + 1, j + 1) - at(i + 1, j) - at(i, j + 1) + at(i, j);
  }
  factorize(L, f - 1);
  return (r, m) => {
    // All of the sum goes to the first free trade, and from there to the others.
    const left = r.map((value, i) => value - at(i, 0) * m);
    const moved = Float64Array.from({ length: f - 1 }, (_, i) => left[i + 1] - left[i]);
    solveFactored(L, f - 1, moved);
    const step = Float64Array.from(r, (_, i) => (i === 0 ? m : 0) + (moved[i - 1] ?? 0) - (moved[i] ?? 0));
    let change = 0;
    for (let j = 0; j < f; j++) change += at(0, j) * step[j];
    return { step, change: change - r[0] };
  };
}
