/**
 * The schedule with the least value at risk: a quantile of its cost in place of mean and variance.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem } from "../model/problem";
import { withRiskAversion } from "../model/remembered";
import { makeSchedule, type Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { between, checkKeys, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { normalQuantile } from "../support/normalDistribution";
import { infeasibleWithin, optimaWithin } from "./within";

/** Which quantile: by its level, or by its number of standard deviations. */
export interface ValueAtRiskOptions {
  /** Probability with which the cost stays below the value at risk, above 0.5 and below 1, for example 0.95. */
  readonly level?: number | undefined;
  /** The z of E + z√V in its place, above 0: 1.645 as printed in the paper. */
  readonly z?: number | undefined;
}

/** The schedule with the least value at risk. */
export interface ValueAtRiskOptimum {
  /** There is one, and this is it. */
  readonly status: "optimal";
  /** The schedule, called `"Least VaR"`. */
  readonly schedule: Schedule;
  /** E + z√V (currency). */
  readonly valueAtRisk: number;
  /** z. */
  readonly z: number;
  /** The λ for which it is the optimum of E + λV too, z/(2√V) (1/currency); NaN where there is no risk. */
  readonly riskAversion: number;
  /** E (currency). */
  readonly expectedCost: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** How far λ is from z/(2√V), relatively. */
  readonly residual: number;
}

/**
 * The schedule with the least E + z√V (L-VaR). E + z√V is convex, and where its slopes vanish those of E + λV vanish too, with
 * λ = z/(2√V): so it is the optimum for the one λ that meets this.
 *
 * It is made for the whole order at once. Re-planned later, with less left and so less √V, it would be another one: unlike mean and
 * variance, a quantile is not consistent over time (AC § 3.2).
 *
 * @param problem - a problem from `defineProblem`; its own `riskAversion` does not matter
 * @param options - the `level` of the quantile, or `z` itself
 * @param bounds - bounds on the trades, as for `boundedSchedule`; without them, trades may be any number
 * @returns the schedule, its value at risk, and the λ that gives the same schedule; or the proof that no schedule satisfies the bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `optimalSchedule` does
 *
 * Source: AC § 3.2, eq. 22 and the tangent of Figure 3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625,
 * });
 * const least = requireOptimal(valueAtRiskSchedule(problem, { z: 1.645 }));
 * least.valueAtRisk.toFixed(2); // → "1877206.70"
 * least.riskAversion.toExponential(6); // → "1.694389e-6"
 * ```
 */
export function valueAtRiskSchedule(
  problem: ExecutionProblem,
  options: ValueAtRiskOptions,
  bounds?: TradeBounds,
): ValueAtRiskOptimum | BoundedInfeasible {
  problem = checkProblem(problem);
  const z = checkQuantile(options);
  const infeasible = infeasibleWithin(problem, bounds);
  if (infeasible !== undefined) return infeasible;
  const optimumOf = optimaWithin(bounds);
  const at = (λ: number): { readonly schedule: Schedule; readonly slope: number } => {
    const schedule = optimumOf(withRiskAversion(problem, λ));
    // −dE/d√V along the frontier.
    return { schedule, slope: 2 * λ * costReport(problem, schedule).standardDeviation };
  };
  const riskAversion = riskAversionWithSlope(problem, z, at);
  const { schedule, slope } = at(Number.isNaN(riskAversion) ? 0 : riskAversion);
  const { expectedCost, standardDeviation } = costReport(problem, schedule);
  return Object.freeze({
    status: "optimal",
    schedule: makeSchedule(problem, "Least VaR", schedule.remaining, schedule.trades),
    valueAtRisk: expectedCost + z * standardDeviation,
    z,
    riskAversion,
    expectedCost,
    standardDeviation,
    residual: Number.isNaN(riskAversion) ? 0 : Math.abs(slope / z - 1),
  });
}

function checkQuantile(options: unknown): number {
  const given = checkKeys("valueAtRiskSchedule's options", options, ["level", "z"]);
  if ((given.level === undefined) === (given.z === undefined)) {
    throw new InputError("options", options, "either { level } or { z }");
  }
  if (given.z !== undefined) return checkNumber("options.z", given.z, positive, "");
  return normalQuantile(checkNumber("options.level", given.level, between(0.5, 1), ""));
}

/**
 * The λ with 2λ√V = z: the slope of the frontier in the plane of √V and E, which grows with λ. NaN where there is no risk to be
 * averse to.
 */
function riskAversionWithSlope(
  problem: ExecutionProblem,
  z: number,
  at: (λ: number) => { readonly slope: number },
): number {
  const { volatilities: σ, lengths: τ } = marketOf(problem);
  const { shares: X } = problem;
  // The most and, where nothing can be sold at once, an idea of the least that √V can be.
  const most = X * Math.sqrt(σ.reduce((sum, one, k) => sum + one * one * τ[k], 0));
  if (most === 0) return Number.NaN;
  let low = z / (2 * most);
  let high = low;
  for (let i = 0; at(high).slope < z; i++) {
    // √V falls below every bound where the order can be done in the first interval: the limit is immediate execution.
    if (i > 60) return high;
    [low, high] = [high, high * 4];
  }
  for (let i = 0; i < 200; i++) {
    const middle = Math.sqrt(low * high);
    if (!(middle > low && middle < high)) break;
    if (at(middle).slope < z) low = middle;
    else high = middle;
  }
  return high;
}
