/**
 * The efficient frontier: what the optimum costs and risks, for every attitude to risk.
 *
 * @module
 */
import { type CostReport, costOfSums, costReport } from "./cost";
import { InputError } from "./errors";
import { unitOf } from "./notation";
import { checkProblem, type ExecutionProblem } from "./problem";
import { optimalSchedule } from "./solve/closedForm";
import { urgency } from "./solve/urgency";
import { anyFinite, checkNumber } from "./support/checks";

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
export function efficientFrontier(
  problem: ExecutionProblem,
  riskAversions: readonly number[],
): readonly FrontierPoint[] {
  checkProblem(problem);
  const isList = Array.isArray(riskAversions) || (riskAversions as unknown) instanceof Float64Array;
  if (!isList || riskAversions.length === 0) {
    throw new InputError("riskAversions", riskAversions, "an array of at least one number");
  }
  const unit = unitOf("riskAversion", problem);
  return Array.from(riskAversions, (λ, i) => {
    const riskAversion = checkNumber(`riskAversions[${i}]`, λ, anyFinite, unit);
    const { expectedCost, costVariance, standardDeviation, objective } = optimumCost({
      ...problem,
      riskAversion,
    });
    return Object.freeze({ riskAversion, expectedCost, costVariance, standardDeviation, objective });
  });
}

/** The cost report of the optimum, without its schedule where that is possible. */
function optimumCost(problem: ExecutionProblem): CostReport {
  const { shares: X, intervals: N, drift, timing } = problem;
  if (N === 1 || drift !== 0 || problem.riskAversion < 0) {
    const frozen = Object.freeze(problem);
    return costReport(frozen, optimalSchedule(frozen));
  }
  const { trades, holdings } = sumsOfSquares(N, urgency(problem).θ);
  const tradeSquares = X * X * trades;
  const isStart = timing === "start";
  return costOfSums(problem, {
    exposure: 0,
    exposureSquares: X * X * (isStart ? holdings : 1 + holdings),
    tradesTimesExposure: 0.5 * (isStart ? X * X - tradeSquares : X * X + tradeSquares),
    tradeSizes: X,
    tradeSquares,
  });
}

/**
 * Σ_{k=1}^N n_k² and Σ_{k=1}^{N−1} x_k² for the exponential branch and one share. With M = 2N − 1,
 *
 *     Σ n² = tanh(θ/2)/tanh(Nθ) + 2N (sinh(θ/2)/sinh(Nθ))²
 *     Σ x² = (sinh(Mθ)/sinh(θ) − M) / (4 sinh²(Nθ))
 *
 * which is AC eq. 20, taken apart. The difference in the second loses its digits where θ is small; with
 * f(y) = sinh(y) − y it is (f(Mθ) − M f(θ))/sinh(θ), which does not.
 */
function sumsOfSquares(N: number, θ: number): { readonly trades: number; readonly holdings: number } {
  if (θ === 0) return { trades: 1 / N, holdings: ((N - 1) * (2 * N - 1)) / (6 * N) };
  // Far out e^{−2Nθ} is nothing beside 1, and sinh would overflow.
  if (N * θ > 300) return { trades: Math.tanh(θ / 2), holdings: 1 / Math.expm1(2 * θ) };
  const M = 2 * N - 1;
  const whole = Math.sinh(N * θ);
  return {
    trades: Math.tanh(θ / 2) / Math.tanh(N * θ) + 2 * N * (Math.sinh(θ / 2) / whole) ** 2,
    holdings: (sinhExcess(M * θ) - M * sinhExcess(θ)) / (4 * Math.sinh(θ) * whole * whole),
  };
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
