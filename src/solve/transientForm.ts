/**
 * E + λV under impact that fades, as a full quadratic form in the trades, up to what no schedule changes:
 *
 *     ½ nᵀHn + qᵀn + Σ ε_k|n_k|
 *
 * With h_l = X − Σ_j m_lj n_j, where m_lj is 1 for the trades before interval l, 1 − u for its own and 0 for those after it,
 * λΣ σ_l²τ_l h_l² − sΣ α_lτ_l h_l adds 2λ Σ_l σ_l²τ_l m_lj m_lk to H and Σ_l (sα_lτ_l − 2λXσ_l²τ_l) m_lk to q.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { InputError } from "../support/errors";

/** The form. Arrays of N numbers, H by rows. */
export interface TransientForm {
  readonly shares: number;
  readonly matrix: Float64Array;
  readonly linear: Float64Array;
  readonly halfSpreads: Float64Array;
}

/** A full matrix of this many intervals fits into memory, and into seconds. */
export const mostTransientIntervals = 3000;

/** Refuses a problem of more intervals. */
export function requireTransientIntervals({ intervals: N }: ExecutionProblem): void {
  if (N > mostTransientIntervals) {
    throw new InputError(
      "problem.intervals",
      N,
      `at most ${mostTransientIntervals.toLocaleString("en")} under impact that fades, where every trade meets every other`,
      "Use longer intervals.",
    );
  }
}

/** The form for a risk aversion, the problem's own by default. */
export function transientForm(
  problem: ExecutionProblem,
  riskAversion: number = problem.riskAversion,
): TransientForm {
  const { intervals: N, shares: X, timing } = problem;
  requireTransientIntervals(problem);
  const law = impactLaw(problem);
  const { lengths: τ, volatilities: σ, drifts: α, halfSpreads } = marketOf(problem);
  const after = 1 - exposedPart(timing);
  const s = sideSign(problem);
  const matrix = new Float64Array(N * N);
  const linear = Float64Array.from(
    law.smoothMarginals({ trades: new Array<number>(N).fill(0), remaining: [] }),
  );
  // Σ_{l>k}: of 2λσ²τ, and of the linear terms.
  let [later, laterLinear] = [0, 0];
  for (let k = N - 1; k >= 0; k--) {
    const risk = 2 * riskAversion * σ[k] * σ[k] * τ[k];
    const load = s * α[k] * τ[k] - risk * X;
    for (let j = 0; j < k; j++) {
      matrix[k * N + j] = matrix[j * N + k] = law.kernel(j, k) + later + after * risk;
    }
    const own = law.curvature(k, 0) + 2 * law.ownImpact * law.kernel(k, k);
    matrix[k * N + k] = own + later + after * after * risk;
    linear[k] += laterLinear + after * load;
    later += risk;
    laterLinear += load;
  }
  return { shares: X, matrix, linear, halfSpreads };
}
