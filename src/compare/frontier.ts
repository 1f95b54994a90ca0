/**
 * The efficient frontier: what the optimum costs and risks, for every attitude to risk.
 *
 * @module
 */
import { costReport } from "../cost/report";
import { structureOf } from "../impact/law";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, type UniformMarket, uniformMarket } from "../model/market";
import { unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import { impactCurvature } from "../model/quadratic";
import { mayLeave } from "../model/remainder";
import { withRiskAversion } from "../model/remembered";
import type { BoundedInfeasible } from "../solve/bounded";
import { stepByRiskAversion } from "../solve/urgency";
import { anyFinite, checkNumber, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { infeasibleWithin, type OptimumOf, optimaWithin } from "./within";

/** One point of the frontier: the optimum for one risk aversion. */
export interface FrontierPoint {
  /** λ (1/currency). */
  readonly riskAversion: number;
  /** E (currency). */
  readonly expectedCost: number;
  /** V (currency²). */
  readonly costVariance: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** E + λV (currency). */
  readonly objective: number;
}

/**
 * The cost and risk of the optimum for each of a list of risk aversions.
 *
 * For λ ≥ 0 without a drift the sums over the optimum are known in closed form, so that a point costs a handful of
 * operations however many intervals there are; otherwise the schedule is computed and priced.
 *
 * @param problem - a problem from `defineProblem`; its own `riskAversion` does not matter
 * @param riskAversions - the λ, in any order (1/currency)
 * @returns one point a λ, in the same order
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the problem has no optimum for one of the λ, as `optimalSchedule` does
 * @throws RangeError when an optimum or its cost leaves the range of doubles
 *
 * Source: AC eq. 20 and § 2.1.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625,
 * });
 * efficientFrontier(problem, [0, 1e-6]).map((point) => Math.round(point.expectedCost)); // → [662500, 911227]
 * ```
 */
export function efficientFrontier(problem: ExecutionProblem, riskAversions: Series): readonly FrontierPoint[];
/**
 * The same within bounds on the trades, as for `boundedSchedule`.
 *
 * @param problem - a problem from `defineProblem`
 * @param riskAversions - the λ, 0 or above, in any order (1/currency)
 * @param bounds - lower (default 0) and upper (default none) bounds of each trade (shares)
 * @returns the same, or the proof that no schedule satisfies the bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the problem has no optimum
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const capped = requireOptimal(efficientFrontier(problem, [0, 1e-6], { upper: 250_000 }));
 * capped.map((point) => Math.round(point.expectedCost)); // → [500000, 544021]
 * const tight = efficientFrontier(problem, [0, 1e-6], { upper: 100_000 });
 * "status" in tight; // → true
 * ```
 */
export function efficientFrontier(
  problem: ExecutionProblem,
  riskAversions: Series,
  bounds: TradeBounds | undefined,
): readonly FrontierPoint[] | BoundedInfeasible;
export function efficientFrontier(
  problem: ExecutionProblem,
  riskAversions: Series,
  bounds?: TradeBounds,
): readonly FrontierPoint[] | BoundedInfeasible {
  problem = checkProblem(problem);
  if (!isList(riskAversions) || riskAversions.length === 0) {
    throw new InputError("riskAversions", riskAversions, "an array of at least one number");
  }
  const infeasible = infeasibleWithin(problem, bounds);
  if (infeasible !== undefined) return infeasible;
  const unit = unitOf("riskAversion", problem);
  // One copy for all λ: copying the problem takes longer than pricing its optimum.
  const varied: Varied = { ...problem, riskAversion: 0 };
  // As defineProblem has it: spread as one field more, it would take as long as pricing ten points.
  Object.defineProperty(varied, "impact", { value: problem.impact });
  const market = uniformMarket(problem);
  const isQuadratic = structureOf(problem) === "quadratic";
  const isFree = isQuadratic && !mayLeave(problem) && bounds === undefined && problem.intervals > 1;
  const priceBySums = isFree && market?.drift === 0 ? pricing(varied, market) : undefined;
  const optimumOf = optimaWithin(bounds);
  const points = new Array<FrontierPoint>(riskAversions.length);
  for (let i = 0; i < points.length; i++) {
    const λ = riskAversions[i];
    // The name is put together only for a λ that will be refused.
    if (!Number.isFinite(λ)) checkNumber(`riskAversions[${i}]`, λ, anyFinite, unit);
    varied.riskAversion = λ;
    points[i] = (λ >= 0 ? priceBySums?.(λ) : undefined) ?? priceBySchedule(varied, optimumOf);
  }
  return points;
}

/** A problem whose λ is still to be chosen. */
type Varied = { -readonly [field in "riskAversion"]: number } & Omit<ExecutionProblem, "riskAversion">;

function priceBySchedule(varied: Varied, optimumOf: OptimumOf): FrontierPoint {
  const problem = withRiskAversion(varied, varied.riskAversion);
  const report = costReport(problem, optimumOf(problem));
  const { expectedCost, costVariance, standardDeviation, objective } = report;
  const { riskAversion } = problem;
  return Object.freeze({ riskAversion, expectedCost, costVariance, standardDeviation, objective });
}

/**
 * The way from λ to a point without a schedule, for λ ≥ 0. Only two sums over the optimum depend on λ, and cost and
 * variance are linear in them: what a unit of each costs is asked for once. The way gives nothing where a result
 * leaves the range of doubles.
 */
function pricing(
  problem: Varied,
  market: UniformMarket,
): (riskAversion: number) => FrontierPoint | undefined {
  const { shares: X, intervals: N, timing } = problem;
  const { length: τ, volatility: σ, permanentImpact: γ, halfSpread: ε } = market;
  const fixedCost = γ * (0.5 * X * X) + ε * X;
  const costPerTradeSquare = impactCurvature(problem) * X * X;
  const variancePerSquare = σ * σ * τ * X * X;
  const step = stepByRiskAversion(problem);
  // Σ h² = u X² + Σ x² − u(1 − u) Σ n², with u the part of a move that the interval's own trade gets.
  const u = exposedPart(timing);
  return (riskAversion) => {
    const θ = step(riskAversion);
    if (Number.isNaN(θ)) return undefined;
    const { trades, holdings } = sumsOfSquares(N, θ);
    const expectedCost = fixedCost + costPerTradeSquare * trades;
    const costVariance = variancePerSquare * (u + holdings - u * (1 - u) * trades);
    const objective = expectedCost + riskAversion * costVariance;
    if (!Number.isFinite(objective)) return undefined;
    const standardDeviation = Math.sqrt(costVariance);
    return Object.freeze({ riskAversion, expectedCost, costVariance, standardDeviation, objective });
  };
}

/**
 * Σ_{k=1}^N n_k² and Σ_{k=1}^{N−1} x_k² for the exponential branch and one share:
 *
 *     Σ n² = tanh(θ/2) coth(Nθ) + 2N (sinh(θ/2)/sinh(Nθ))²
 *     Σ x² = (coth(θ) coth(Nθ) − 1 − N/sinh²(Nθ)) / 2
 *
 * which is AC eq. 20, taken apart. In u = e^θ − 1 and q = e^{−2Nθ} everything else is plain arithmetic, which takes a
 * fraction of the time of one hyperbolic function.
 */
function sumsOfSquares(N: number, θ: number): { readonly trades: number; readonly holdings: number } {
  if (θ === 0) return { trades: 1 / N, holdings: ((N - 1) * (2 * N - 1)) / (6 * N) };
  // Beyond e^700 nothing changes, and infinity would only breed NaN.
  const u = Math.expm1(Math.min(θ, 700));
  const q = Math.exp(-2 * N * θ);
  const isFar = N * θ > 1;
  // 1 − q
  const rest = isFar ? 1 - q : -Math.expm1(-2 * N * θ);
  // coth(θ) − 1, coth(Nθ) − 1 and 1/sinh²(Nθ): each for itself, because for large θ they are tiny beside 1.
  const near = 2 / u / (u + 2);
  const whole = (2 * q) / rest;
  const inverse = (4 * q) / rest / rest;
  return {
    trades: (u / (u + 2)) * (1 + whole) + 0.5 * N * u * (u / (1 + u)) * inverse,
    holdings: isFar ? 0.5 * (near + whole + near * whole - N * inverse) : closeHoldings(N, θ),
  };
}

/**
 * Σ x² where the terms of the formula above nearly cancel. With M = 2N − 1 and f(y) = sinh(y) − y it is
 *
 *     (sinh(Mθ)/sinh(θ) − M) / (4 sinh²(Nθ)) = (f(Mθ) − M f(θ)) / (4 sinh(θ) sinh²(Nθ))
 */
function closeHoldings(N: number, θ: number): number {
  const M = 2 * N - 1;
  return (sinhExcess(M * θ) - M * sinhExcess(θ)) / (4 * Math.sinh(θ) * Math.sinh(N * θ) ** 2);
}

/** sinh(y) − y for y ≥ 0, without cancellation. */
function sinhExcess(y: number): number {
  if (y > 1) return Math.sinh(y) - y;
  // y³/3! + y⁵/5! + …, eight terms: the ninth is below 1e-16 of the first.
  const square = y * y;
  let series = 1;
  for (let term = 8; term >= 2; term--) series = 1 + (square / (2 * term * (2 * term + 1))) * series;
  return (y * square * series) / 6;
}
