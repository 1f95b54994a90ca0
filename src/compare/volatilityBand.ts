/**
 * What the interval of an estimated volatility does to a schedule and its cost.
 *
 * @module
 */
import { type CostReport, costReport } from "../cost/report";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { unitOf } from "../model/notation";
import { checkProblem, defineProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { InputError } from "../support/errors";
import { type AnyVolatility, volatilityOf } from "../volatility/priceVolatility";
import { infeasibleWithin, optimaWithin } from "./within";

/** The optimum at one value of σ. */
export interface BandPoint {
  /** σ (currency/share/√time). */
  readonly volatility: number;
  /** The problem with that σ. */
  readonly problem: ExecutionProblem;
  /** The optimum if σ is really this. */
  readonly schedule: Schedule;
  /** Its cost if σ is really this. */
  readonly report: CostReport;
  /** Extra cost of planning with the estimate if σ is really this: the difference of the objectives (currency). */
  readonly regret: number;
}

/** A schedule and its cost over the interval of an estimate. */
export interface VolatilityBand {
  /** At the lower end of the estimate's interval. */
  readonly low: BandPoint;
  /** At the estimate itself. */
  readonly estimate: BandPoint;
  /** At the upper end of the estimate's interval. */
  readonly high: BandPoint;
}

/**
 * Carries the interval of an estimated σ into the schedule and its cost: the optimum at the estimate and at both ends.
 *
 * @param problem - the problem; its own volatility is replaced
 * @param volatility - any estimate of the library, or σ itself as a number (currency/share/√time). An estimate of returns is
 *   taken as a fraction of the problem's `arrivalPrice`, where its period is the problem's unit of time; others go through
 *   `priceVolatility` first
 * @returns the optimum at the interval's low end, at the estimate and at the high end
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the problem has no optimum
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const { low, high } = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.8, 1.15] });
 * low.schedule.trades[0] < high.schedule.trades[0]; // → true
 * ```
 */
export function volatilityBand(problem: ExecutionProblem, volatility: number | AnyVolatility): VolatilityBand;
/**
 * The same within bounds on the trades, as for `boundedSchedule`.
 *
 * @param problem - a problem from `defineProblem`
 * @param volatility - any estimate of the library, or σ itself as a number (currency/share/√time)
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
 * const { low } = requireOptimal(volatilityBand(problem, 0.95, { upper: 250_000 }));
 * low.schedule.trades[0]; // → 250000
 * ```
 */
export function volatilityBand(
  problem: ExecutionProblem,
  volatility: number | AnyVolatility,
  bounds: TradeBounds | undefined,
): VolatilityBand | BoundedInfeasible;
export function volatilityBand(
  problem: ExecutionProblem,
  volatility: number | AnyVolatility,
  bounds?: TradeBounds,
): VolatilityBand | BoundedInfeasible {
  problem = checkProblem(problem);
  const { arrivalPrice, timeUnit } = problem;
  const unit = unitOf("volatility", problem);
  const { value, interval } = volatilityOf(volatility, { arrivalPrice, timeUnit, unit });
  const [low, high] = interval;
  if (Number.isNaN(low) || Number.isNaN(high)) {
    throw new InputError(
      "volatility.interval",
      `${low} to ${high}`,
      "two numbers, and an estimate on a bound has no standard error",
      "Give its σ as a number: priceVolatility(estimate, { price, periodLength }).value.",
    );
  }
  const infeasible = infeasibleWithin(problem, bounds);
  if (infeasible !== undefined) return infeasible;
  const optimumOf = optimaWithin(bounds);
  const planned = optimumOf(withVolatility(problem, value));
  const point = (σ: number): BandPoint => {
    const truth = withVolatility(problem, σ);
    const schedule = optimumOf(truth);
    const report = costReport(truth, schedule);
    const regret = Math.max(0, costReport(truth, planned).objective - report.objective);
    return Object.freeze({ volatility: σ, problem: truth, schedule, report, regret });
  };
  return Object.freeze({ low: point(low), estimate: point(value), high: point(high) });
}

/** A problem with another σ. A profile of σ keeps its shape: the day as a whole is what the estimate is of. */
function withVolatility(problem: ExecutionProblem, σ: number): ExecutionProblem {
  const { profile, volatility: known } = problem;
  const varying = known === 0 ? undefined : profile?.volatility;
  if (varying === undefined) return defineProblem({ ...problem, volatility: σ });
  const volatility = varying.map((value) => value * (σ / known));
  return defineProblem({ ...problem, volatility: σ, profile: { ...profile, volatility } });
}
