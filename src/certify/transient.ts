/**
 * The certificate under impact that fades: the same duality as in `gap.ts`, with a full matrix. With M_k the marginal costs at the
 * schedule, p_k(m) = ε_k|m| within the bounds, and any prices c_k of these functions,
 *
 *     E + λV of this schedule − least E + λV  ≤  Σ (p_k(n_k) + p_k*(c_k) − c_k n_k)  +  ½ ρᵀ K⁻¹ ρ
 *     ρ_k = (M_{k+1} + c_{k+1}) − (M_k + c_k)
 *
 * where K is the matrix of second derivatives over shares that move between neighboring trades: K_kl = second differences of the
 * law's kernel, of own impact and of risk. It is positive definite exactly where no round trip makes money.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { factorize } from "../support/cholesky";
import { InputError } from "../support/errors";
import { type Chain, openChain } from "./chain";
import { ownPrices, slackAt } from "./gap";
import { guessFrom } from "./guess";
import { frankWolfeGap } from "./looseGap";
import { costSquares, marginalCosts } from "./marginals";
import { priceSpread } from "./priceSpread";
import { type SavingsByLag, savingsByLag } from "./transientByLag";

/** What a certificate says of a feasible schedule. */
export interface TransientJudgment {
  readonly verdict: "optimal" | "not-optimal" | "no-optimum";
  readonly optimalityResidual: number;
  readonly tolerance: number;
  readonly gapBound: number;
  readonly isGapLoose: boolean;
  readonly curvature: number;
}

/** A full matrix of this many intervals fits into memory, and into seconds. */
const mostIntervals = 3000;

/** @param enough - a gap that is small enough to be called optimal (currency) */
export function judgeTransient(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays,
  enough: number,
): TransientJudgment {
  const { shares: X, intervals: N } = problem;
  const open = openPlacesOf(problem);
  const curvature = Number.NaN;
  const perShare = open.reduce(
    (least, k) => (k < N ? Math.min(least, ownCurvature(problem, k)) : least),
    Number.POSITIVE_INFINITY,
  );
  const tolerance = 1e-10 * X;
  const M = open.length - 1;
  const savings = savingsByLag(problem, open, schedule) ?? savingsOfFull(problem, open);
  if (savings === undefined) {
    const gapBound = Number.POSITIVE_INFINITY;
    return {
      verdict: "no-optimum",
      optimalityResidual: Number.NaN,
      tolerance,
      gapBound,
      isGapLoose: true,
      curvature,
    };
  }
  const marginals = marginalCosts(problem, schedule, costSquares(problem));
  const { apart } = priceSpread(problem, schedule, bounds, marginals);
  const optimalityResidual = apart / perShare;
  const rounding = 1e-12 * marginals.largestTerm + 2 * savings.rounding;
  const isLevel = optimalityResidual <= Math.max(tolerance, rounding / perShare);
  const squares = { trades: new Float64Array(open.length), holdings: new Float64Array(M) };
  const chain = openChain(problem, schedule, bounds, marginals.smooth, squares);
  const prices = ownPrices(chain, guessFrom(chain));
  const exact = dualBound(chain, prices, savings.saving);
  const gapBound = apart === 0 || M === 0 ? 0 : Math.min(exact, frankWolfeGap(chain));
  const isFree = chain.lower.every(
    (bound, k) => bound === Number.NEGATIVE_INFINITY && chain.upper[k] === Number.POSITIVE_INFINITY,
  );
  return {
    verdict: isLevel || gapBound <= enough ? "optimal" : "not-optimal",
    optimalityResidual,
    tolerance,
    gapBound,
    isGapLoose: !isLevel && !(isFree && chain.up.every((up, k) => up === chain.down[k])),
    curvature,
  };
}

/** By K, factored; undefined where a round trip makes money, or costs nothing and bears no risk. */
function savingsOfFull(problem: ExecutionProblem, open: readonly number[]): SavingsByLag | undefined {
  const { intervals: N } = problem;
  if (N > mostIntervals) {
    // A round trip that pays among the first trades pays among all.
    if (factoredForm(problem, open.slice(0, 1000)) === undefined) return undefined;
    throw new InputError(
      "problem.intervals",
      N,
      `at most ${mostIntervals.toLocaleString("en")} for a certificate under impact that fades where intervals differ in length, ` +
        "shares may be left, or a round trip may pay",
      "Use longer intervals.",
    );
  }
  const L = factoredForm(problem, open);
  if (L === undefined) return undefined;
  const M = open.length - 1;
  return {
    rounding: 0,
    saving: (marginals) => {
      // With K = LLᵀ and Ly = ρ it is ½ yᵀy.
      let saving = 0;
      const y = new Float64Array(M);
      for (let i = 0; i < M; i++) {
        let value = marginals[i + 1] - marginals[i];
        for (let j = 0; j < i; j++) value -= L[i * M + j] * y[j];
        y[i] = value / L[i * M + i];
        saving += 0.5 * y[i] * y[i];
      }
      return saving;
    },
  };
}

/** K, factored; undefined where a round trip makes money, or costs nothing and bears no risk. */
function factoredForm(problem: ExecutionProblem, places: readonly number[]): Float64Array | undefined {
  const { riskAversion: λ, intervals: N } = problem;
  // Round trips end with nothing left. That E alone curves down in what is left is no such trip.
  const open = places.filter((k) => k < N);
  const M = open.length - 1;
  const K = neighborMatrix(problem, open, 0);
  const isDefinite = M === 0 || factorize(K, M) === -1;
  if (λ === 0 && open.length === places.length) return isDefinite ? K : undefined;
  const { fadesConvexly, ownImpact } = impactLaw(problem);
  // Under such a law no round trip makes money, whatever rounding says.
  if (!isDefinite && !(fadesConvexly && ownImpact >= 0.5)) return undefined;
  const whole = neighborMatrix(problem, places, λ);
  const size = places.length - 1;
  return size === 0 || factorize(whole, size) === -1 ? whole : undefined;
}

/** Second derivative of E by one trade. */
function ownCurvature(problem: ExecutionProblem, k: number): number {
  const law = impactLaw(problem);
  return law.curvature(k, 0) + 2 * law.ownImpact * law.kernel(k, k);
}

/** The open trades, and the rest where one may be left. */
function openPlacesOf(problem: ExecutionProblem): readonly number[] {
  const { open } = marketOf(problem);
  const places = Array.from(open.keys()).filter((k) => open[k] === 1);
  return mayLeave(problem) ? [...places, open.length] : places;
}

/** K over the open trades and the rest, by rows, its lower triangle. */
function neighborMatrix(
  problem: ExecutionProblem,
  open: readonly number[],
  riskAversion: number,
): Float64Array {
  const law = impactLaw(problem);
  const { lengths: τ, volatilities: σ } = marketOf(problem);
  const { timing, intervals: N } = problem;
  const kept = 1 - exposedPart(timing);
  // 2λ Σ_{l>k} σ_l²τ_l.
  const later = new Float64Array(N + 1);
  for (let k = N - 1; k >= 0; k--) later[k] = later[k + 1] + 2 * riskAversion * σ[k] * σ[k] * τ[k];
  const second = (j: number, k: number): number => {
    // What is left meets what trades left at the end, and no interval's risk but through what is traded.
    if (k === N) return j === N ? 0 : law.kernel(j, N);
    const own = later[k] - later[k + 1];
    if (j === k) return ownCurvature(problem, k) + later[k + 1] + kept * kept * own;
    return law.kernel(j, k) + later[k + 1] + kept * own;
  };
  const M = open.length - 1;
  const K = new Float64Array(M * M);
  for (let i = 0; i < M; i++) {
    for (let j = 0; j <= i; j++) {
      const [a, b, c, d] = [open[j], open[j + 1], open[i], open[i + 1]];
      // Where the pairs overlap, the smaller index comes first.
      const middle = b <= c ? second(b, c) : second(c, b);
      K[i * M + j] = second(b, d) - second(a, d) - middle + second(a, c);
    }
  }
  return K;
}

/** The bound for prices c, which are first moved to where p_k* is finite. */
function dualBound(chain: Chain, prices: Float64Array, saving: SavingsByLag["saving"]): number {
  const { M, up, down, lower, upper } = chain;
  let bound = 0;
  const marginals = new Float64Array(M.length);
  for (let k = 0; k < M.length; k++) {
    const low = lower[k] === Number.NEGATIVE_INFINITY ? down[k] : Number.NEGATIVE_INFINITY;
    const high = upper[k] === Number.POSITIVE_INFINITY ? up[k] : Number.POSITIVE_INFINITY;
    const c = Math.min(Math.max(prices[k], low), high);
    bound += slackAt(chain, k, c);
    marginals[k] = M[k] + c;
  }
  return bound + saving(marginals);
}
