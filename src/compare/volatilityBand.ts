/**
 * What the interval of an estimated volatility does to a schedule and its cost.
 *
 * @module
 */
import { type CostReport, costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem, defineProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { optimalSchedule } from "../solve/closedForm";
import type { PriceVolatility } from "../volatility/priceVolatility";

/** The optimum at one value of σ. */
export interface BandPoint {
  readonly volatility: number;
  readonly problem: ExecutionProblem;
  /** The optimum, were this σ the true one. */
  readonly schedule: Schedule;
  /** What it costs, were this σ the true one. */
  readonly report: CostReport;
  /**
   * What the schedule made with the estimate costs more than this one, were this σ the true one: the difference of the
   * objectives (currency).
   */
  readonly regret: number;
}

/** A schedule and its cost over the interval of an estimate. */
export interface VolatilityBand {
  readonly low: BandPoint;
  readonly estimate: BandPoint;
  readonly high: BandPoint;
}

/**
 * Carries the interval of an estimated σ into the schedule and its cost: the optimum at the estimate and at both ends.
 *
 * @param problem - the problem; its own volatility is replaced
 * @param volatility - an estimate of σ with an interval (currency/share/√time)
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
export function volatilityBand(problem: ExecutionProblem, volatility: PriceVolatility): VolatilityBand {
  problem = checkProblem(problem);
  const { profile, volatility: known } = problem;
  // A profile of σ keeps its shape: the day as a whole is what the estimate is of.
  const at = (σ: number): ExecutionProblem =>
    defineProblem({
      ...problem,
      volatility: σ,
      profile:
        profile?.volatility === undefined || known === 0
          ? profile
          : { ...profile, volatility: profile.volatility.map((value) => value * (σ / known)) },
    });
  const planned = optimalSchedule(at(volatility.value));
  const point = (σ: number): BandPoint => {
    const truth = at(σ);
    const schedule = optimalSchedule(truth);
    const report = costReport(truth, schedule);
    const regret = Math.max(0, costReport(truth, planned).objective - report.objective);
    return Object.freeze({ volatility: σ, problem: truth, schedule, report, regret });
  };
  const [low, high] = volatility.interval;
  return Object.freeze({ low: point(low), estimate: point(volatility.value), high: point(high) });
}
