/**
 * How fast the optimum trades, and whether there is one.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { type UniformMarket, uniformMarket } from "../model/market";
import { checkProblem } from "../model/problem";
import { impactCurvature, requireQuadratic } from "../model/quadratic";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { beyondRange } from "../support/numbers";
import { requireConvexCost, riskSeeking } from "./wellPosed";

/** The branch of the closed form and its step θ = κτ (a pure number). */
export interface Urgency {
  /**
   * `"exponential"` for λ > 0, `"straight"` where risk does not count, `"sine"` for λ < 0; `"alternating"` where timing
   * `"mid"` meets intervals longer than 2/κ̃, whose optimal holdings change sign from one to the next.
   */
  readonly branch: "exponential" | "straight" | "sine" | "alternating";
  readonly θ: number;
}

/**
 * The step θ = κτ of the optimum's exponentials: setting the derivative of E + λV by x_k to zero gives
 * x_{k−1} − (2 + g) x_k + x_{k+1} = const, hence 4 sinh²(θ/2) = g (AC eq. 17, there written with cosh, which loses θ where
 * it is small), or 4 sin²(θ/2) = −g for λ < 0. With ρ² = |λ|σ²τ/4a,
 *
 *     "start", "end":  g = ±4ρ²,            sinh(θ/2) = ρ,  sin(θ/2) = ρ
 *     "mid":           g = ±4ρ²/(1 ∓ ρ²),   tanh(θ/2) = ρ,  tan(θ/2) = ρ
 *
 * which for `"mid"` is cosh θ = (a + w)/(a − w), w = λσ²τ/4.
 *
 * Throws NoOptimumError where E or E + λV is not convex, RangeError where doubles cannot tell. Needs a uniform market and
 * N ≥ 2: a single trade leaves nothing to choose.
 */
export function urgency(problem: ExecutionProblem): Urgency {
  const { riskAversion: λ, intervals: N } = problem;
  const { volatility: σ, length: τ } = uniform(problem);
  const a = impactCurvature(problem);
  requireConvexCost(problem, a);
  if (λ === 0 || σ === 0) return { branch: "straight", θ: 0 };

  const ρ = halfRootOfG(problem, a);
  // The optimum differs from the straight line by (Nθ)²/6, here below 1e-20.
  if (N * ρ < 1e-10) return { branch: "straight", θ: 0 };
  const isMid = problem.timing === "mid";
  // e^{−1500} is 0: beyond that nothing changes, and infinity would only breed NaN.
  if (λ > 0 && !isMid) return { branch: "exponential", θ: Math.min(2 * Math.asinh(ρ), 1500) };
  if (λ > 0) {
    return ρ < 1
      ? { branch: "exponential", θ: 2 * Math.atanh(ρ) }
      : { branch: "alternating", θ: 2 * Math.atanh(1 / ρ) };
  }
  const limit = isMid ? Math.tan(Math.PI / (2 * N)) : Math.sin(Math.PI / (2 * N));
  if (ρ >= limit) throw riskSeeking(problem, (-a * ((2 * limit) / σ) ** 2) / τ);
  return { branch: "sine", θ: 2 * (isMid ? Math.atan(ρ) : Math.asin(ρ)) };
}

/** The market of a problem that is known to be uniform. */
function uniform(problem: ExecutionProblem): UniformMarket {
  const market = uniformMarket(problem);
  if (market === undefined) throw new Error("unreachable: the closed form is asked of a market that varies");
  return market;
}

/**
 * θ as a function of λ ≥ 0, all else equal: what does not depend on λ is computed once. NaN where holdings alternate.
 * Throws where `urgency` does.
 */
export function stepByRiskAversion(problem: ExecutionProblem): (riskAversion: number) => number {
  const a = impactCurvature(problem);
  requireConvexCost(problem, a);
  const perRoot = halfRootOfG(problem, a, 1);
  const { intervals: N, timing } = problem;
  const { volatility: σ } = uniform(problem);
  return (λ) => {
    const ρ = σ === 0 ? 0 : Math.sqrt(λ) * perRoot;
    if (N * ρ < 1e-10) return 0;
    if (timing === "mid") return ρ < 1 ? 2 * Math.atanh(ρ) : Number.NaN;
    return Math.min(2 * Math.asinh(ρ), 1500);
  };
}

/**
 * The a_k of a uniform problem's quadratic form: η/τ + (c − ½)γ, and for `"mid"` w = λσ²τ/4 less, which is ρ² of it. Above 0
 * but where holdings alternate.
 */
export function tradeCurvature(problem: ExecutionProblem): number {
  const a = impactCurvature(problem);
  if (problem.timing !== "mid" || problem.riskAversion === 0) return a;
  const ρ = halfRootOfG(problem, a);
  return problem.riskAversion > 0 ? a * (1 - ρ) * (1 + ρ) : a * (1 + ρ * ρ);
}

/** ρ = ½√(|λ|σ²τ/a), factor by factor, so that no extreme λ or τ overflows on the way. */
export function halfRootOfG(problem: ExecutionProblem, a: number, λ: number = problem.riskAversion): number {
  const { volatility: σ, length: τ } = uniform(problem);
  const plain = Math.sqrt(τ / a);
  // Root by root where the quotient of τ and a would have lost its digits, or itself.
  const time = plain > 1e-140 && plain < 1e140 ? plain : Math.sqrt(τ) / Math.sqrt(a);
  const halfRoot = 0.5 * Math.sqrt(Math.abs(λ)) * σ * time;
  if (Number.isNaN(halfRoot)) throw beyondRange("The urgency of the optimum, λσ²τ/a,");
  return halfRoot;
}

/**
 * The time constant 1/κ of the optimum: far from the end, what remains shrinks by the factor e in this time. (AC
 * call it half-life; the half is done sooner, after about 0.69 of it.)
 *
 * @param problem - a problem from `defineProblem` with at least 2 intervals
 * @returns 1/κ (unit of time); `Infinity` where risk does not count
 * @throws InputError when `problem` is not from `defineProblem` or its impact is not linear, has a single interval (one trade has no pace), a profile
 *   that varies, or timing `"mid"` and intervals so long that holdings alternate
 * @throws NoOptimumError when there is no optimum, as `optimalSchedule` does
 * @throws RangeError when doubles cannot hold what decides it
 *
 * Source: AC § 2.3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6,
 * });
 * timeConstant(problem); // → 1.64724
 * ```
 */
export function timeConstant(problem: ExecutionProblem): number {
  problem = checkProblem(problem);
  requireQuadratic(problem, "timeConstant");
  if (problem.intervals === 1) {
    throw new InputError(
      "problem.intervals",
      1,
      "at least 2 for a time constant",
      "A single trade has no pace.",
    );
  }
  const market = uniformMarket(problem);
  if (market === undefined) {
    throw new InputError(
      "problem.profile",
      problem.profile,
      "left out or constant for a time constant",
      "Where the market varies, the pace of the optimum does too.",
    );
  }
  const { branch, θ } = urgency(problem);
  if (branch !== "alternating") return market.length / θ;
  const κ = Math.sqrt(problem.riskAversion / impactCurvature(problem) / market.length) * market.volatility;
  throw new InputError(
    "problem.intervals",
    problem.intervals,
    `above κT/2 = ${formatSignificant((κ * problem.horizon) / 2, 6)} for a time constant with timing "mid"`,
    "With longer intervals the optimal holdings change sign from one to the next.",
  );
}
