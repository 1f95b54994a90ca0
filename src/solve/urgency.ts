/**
 * How fast the optimum trades, and whether there is one.
 *
 * @module
 */
import { tradeCurvature } from "../cost/report";
import { duration, unitOf } from "../model/notation";
import { checkProblem, type ExecutionProblem, mostIntervals, stepLength } from "../model/problem";
import { InputError, NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { beyondRange } from "../support/numbers";

/** The branch of the closed form and its step θ = κτ (a pure number). */
export interface Urgency {
  /** `"exponential"` for λ > 0, `"straight"` where risk does not count, `"sine"` for λ < 0. */
  readonly branch: "exponential" | "straight" | "sine";
  readonly θ: number;
}

/**
 * The step θ = κτ of the optimum's exponentials: setting the derivative of E + λV by x_k to zero gives
 * x_{k−1} − (2 + g) x_k + x_{k+1} = const with g = λσ²τ/a, hence 4 sinh²(θ/2) = g (AC eq. 17, there written
 * with cosh, which loses θ where it is small), or 4 sin²(θ/2) = −g for λ < 0.
 *
 * Throws NoOptimumError where E or E + λV is not convex, RangeError where doubles cannot tell. Needs N ≥ 2: a single
 * trade leaves nothing to choose.
 */
export function urgency(problem: ExecutionProblem): Urgency {
  const { riskAversion: λ, volatility: σ, intervals: N } = problem;
  const τ = stepLength(problem);
  const a = tradeCurvature(problem);
  if (!isInRange(problem, a)) throw beyondRange("The curvature of the expected cost, η/τ ∓ γ/2,");
  if (!(a > 0)) throw notConvex(problem, a);
  if (λ === 0 || σ === 0) return { branch: "straight", θ: 0 };

  const halfRoot = halfRootOfG(problem, a);
  // The optimum differs from the straight line by (Nθ)²/6, here below 1e-20.
  if (N * halfRoot < 1e-10) return { branch: "straight", θ: 0 };
  // e^{−1500} is 0: beyond that nothing changes, and infinity would only breed NaN.
  if (λ > 0) return { branch: "exponential", θ: Math.min(2 * Math.asinh(halfRoot), 1500) };

  const limit = Math.sin(Math.PI / (2 * N));
  if (halfRoot >= limit) throw riskSeeking(problem, (-a * ((2 * limit) / σ) ** 2) / τ);
  return { branch: "sine", θ: 2 * Math.asin(halfRoot) };
}

/** θ as a function of λ ≥ 0, all else equal: what does not depend on λ is computed once. Throws where `urgency` does. */
export function stepByRiskAversion(problem: ExecutionProblem): (riskAversion: number) => number {
  const indifferent = { ...problem, riskAversion: 0 };
  urgency(indifferent);
  const perRoot = halfRootOfG({ ...indifferent, riskAversion: 1 }, tradeCurvature(problem));
  const { volatility: σ, intervals: N } = problem;
  return (λ) => {
    const halfRoot = σ === 0 ? 0 : Math.sqrt(λ) * perRoot;
    return N * halfRoot < 1e-10 ? 0 : Math.min(2 * Math.asinh(halfRoot), 1500);
  };
}

/** Half the root of |g|, factor by factor, so that no extreme λ or τ overflows on the way. */
export function halfRootOfG(problem: ExecutionProblem, a: number): number {
  const { riskAversion: λ, volatility: σ } = problem;
  const τ = stepLength(problem);
  const plain = Math.sqrt(τ / a);
  // Root by root where the quotient of τ and a would have lost its digits, or itself.
  const time = plain > 1e-140 && plain < 1e140 ? plain : Math.sqrt(τ) / Math.sqrt(a);
  const halfRoot = 0.5 * Math.sqrt(Math.abs(λ)) * σ * time;
  if (Number.isNaN(halfRoot)) throw beyondRange("The urgency of the optimum, λσ²τ/a,");
  return halfRoot;
}

/** Whether a is a number to go by: one that multiples of it are finite of, and 0 only where 2ηN = γT makes it so. */
function isInRange(
  { timing, permanentImpact: γ, temporaryImpact: η, horizon: T, intervals: N }: ExecutionProblem,
  a: number,
): boolean {
  if (a !== 0) return Number.isFinite(4 * a);
  return timing === "start" && 2 * η * N === γ * T && γ * T > 1e-290;
}

/** Throws where `urgency` does. */
export function requireOptimum(problem: ExecutionProblem): void {
  urgency(problem);
}

/**
 * The refusal where E is not convex: two intervals can then trade against each other, s shares one way and s
 * back, and E changes by 2as² plus terms of first order, which falls without end where a < 0.
 */
function notConvex(problem: ExecutionProblem, a: number): NoOptimumError {
  const { permanentImpact: γ, temporaryImpact: η, horizon: T, intervals: N } = problem;
  const largestInterval = (2 * η) / γ;
  const smallestIntervals = leastConvexIntervals(problem);
  const horizon = duration(T, problem);
  const direction = Object.freeze(Array.from({ length: N }, (_, k) => (k === 0 ? 1 : k === 1 ? -1 : 0)));
  const falls =
    a < 0
      ? "Trading s shares more in interval 1 and s less in interval 2 changes the expected cost by " +
        `${formatSignificant(2 * a, 6)}·s² and terms in s: it falls without end`
      : "Trading back and forth costs nothing at second order, so that no schedule is best";
  return new NoOptimumError(
    "cost-not-convex",
    `With intervals of ${duration(T / N, problem)} and timing "start" the expected cost is not convex: the ` +
      `coefficient of Σn², η/τ − γ/2, is ${formatSignificant(a, 6)}. ${falls}. Intervals must be shorter than ` +
      `2η/γ = ${duration(largestInterval, problem)}: ` +
      (smallestIntervals === undefined
        ? `no allowed number of intervals, at most ${mostIntervals.toLocaleString("en")}, does that for a horizon of ` +
          `${horizon}. Shorten the horizon, or look at the units of the impacts.`
        : `use at least ${smallestIntervals.toLocaleString("en")} intervals for a horizon of ${horizon}.`),
    smallestIntervals === undefined
      ? { largestInterval, direction }
      : { largestInterval, smallestIntervals, direction },
  );
}

/** The least N with 2ηN > γT, where there is one that a problem may have. */
function leastConvexIntervals(problem: ExecutionProblem): number | undefined {
  const estimate = Math.floor((problem.permanentImpact * problem.horizon) / (2 * problem.temporaryImpact));
  // Rounding can put the estimate one too low or one too high. Beyond 2⁵³ counting on would not count at all.
  const last = Math.min(estimate + 2, mostIntervals);
  for (let least = Math.max(1, estimate - 1); least <= last; least++) {
    if (tradeCurvature({ ...problem, intervals: least }) > 0) return least;
  }
  return undefined;
}

function riskSeeking(problem: ExecutionProblem, limit: number): Error {
  if (!Number.isFinite(limit) || limit === 0) return beyondRange("The convexity limit of the risk aversion");
  const unit = unitOf("riskAversion", problem);
  return new NoOptimumError(
    "risk-seeking-beyond-limit",
    `A risk aversion of ${formatSignificant(problem.riskAversion, 6)} ${unit} is at or below the convexity limit of ` +
      `${formatSignificant(limit, 6)} ${unit}: below it E + λV falls without end as holdings swing out. ` +
      "Use a larger risk aversion, fewer intervals or a shorter horizon.",
    { riskAversionLimit: limit },
  );
}

/**
 * The time constant 1/κ of the optimum: far from the end, what remains shrinks by the factor e in this time. (AC
 * call it half-life; the half is done sooner, after about 0.69 of it.)
 *
 * @param problem - a problem from `defineProblem` with at least 2 intervals
 * @returns 1/κ (unit of time); `Infinity` where risk does not count
 * @throws InputError when `problem` is not from `defineProblem`, or has a single interval: one trade has no pace
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
  checkProblem(problem);
  if (problem.intervals === 1) {
    throw new InputError(
      "problem.intervals",
      1,
      "at least 2 for a time constant",
      "A single trade has no pace.",
    );
  }
  return stepLength(problem) / urgency(problem).θ;
}
