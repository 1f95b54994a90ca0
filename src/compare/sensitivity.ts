/**
 * What a wrong parameter does to the schedule, and what it costs.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { coefficientUnit } from "../model/impactModel";
import { unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import { scaleParameter } from "../model/scaleParameter";
import type { Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { checkNumbers, isList, positive } from "../support/checks";
import { InputError, NoOptimumError } from "../support/errors";
import { finite, type Series } from "../support/numbers";
import { infeasibleWithin, type OptimumOf, optimaWithin } from "./within";

/** The parameters that are estimated, or chosen, and may be wrong. */
export type UncertainParameter = "temporaryImpact" | "permanentImpact" | "volatility" | "riskAversion";

/** The effect of one parameter taken too large or too small by a factor. */
export interface Sensitivity {
  /** The parameter that is taken wrongly. */
  readonly parameter: UncertainParameter;
  /** What the parameter was multiplied by when the schedule was made. */
  readonly factor: number;
  /** Fraction of the order that this schedule trades in the first interval; NaN where there is no schedule. */
  readonly firstTradeFraction: number;
  /**
   * What that schedule costs more than the right one, both priced with the right parameters: its objective less the
   * optimum's (currency), 0 or above; NaN where there is no schedule.
   */
  readonly regret: number;
}

/** Trades of all schedules together: some ten seconds. */
const mostWork = 2e8;

const parameters: readonly UncertainParameter[] = [
  "temporaryImpact",
  "permanentImpact",
  "volatility",
  "riskAversion",
];

/**
 * Solves the problem with one parameter multiplied by each of some factors, in its profile too, and prices the schedules
 * with the right parameters.
 *
 * @param problem - a problem from `defineProblem`, with the right parameters
 * @param factors - what to multiply by, each above 0 (pure numbers)
 * @returns one entry for each of temporary impact, permanent impact, volatility, risk aversion and each factor, in
 *   this order
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the problem itself has no optimum
 * @throws RangeError when a cost leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const [tooSmall, right] = parameterSensitivity(problem, [0.5, 1]);
 * right.regret; // → 0
 * tooSmall.firstTradeFraction > right.firstTradeFraction; // → true
 * ```
 */
export function parameterSensitivity(problem: ExecutionProblem, factors: Series): readonly Sensitivity[];
/**
 * The same within bounds on the trades, as for `boundedSchedule`.
 *
 * @param problem - a problem from `defineProblem`
 * @param factors - what to multiply by, each above 0 (pure numbers)
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
 * const [tooSmall] = requireOptimal(parameterSensitivity(problem, [0.5, 1], { upper: 250_000 }));
 * tooSmall.firstTradeFraction; // → 0.25
 * ```
 */
export function parameterSensitivity(
  problem: ExecutionProblem,
  factors: Series,
  bounds: TradeBounds | undefined,
): readonly Sensitivity[] | BoundedInfeasible;
export function parameterSensitivity(
  problem: ExecutionProblem,
  factors: Series,
  bounds?: TradeBounds,
): readonly Sensitivity[] | BoundedInfeasible {
  problem = checkProblem(problem);
  if (!isList(factors) || factors.length === 0) {
    throw new InputError("factors", factors, "an array of at least one number");
  }
  const checked = checkNumbers("factors", factors, factors.length, positive, "");
  const work = problem.intervals * parameters.length * checked.length;
  if (work > mostWork) {
    const most = Math.max(1, Math.floor(mostWork / (problem.intervals * parameters.length)));
    throw new InputError(
      "factors",
      factors,
      `at most ${most.toLocaleString("en")} factors with ${problem.intervals.toLocaleString("en")} intervals: more would take minutes`,
      "Use fewer intervals: the regret hardly depends on them.",
    );
  }
  const infeasible = infeasibleWithin(problem, bounds);
  if (infeasible !== undefined) return infeasible;
  const optimumOf = optimaWithin(bounds);
  const best = costReport(problem, optimumOf(problem)).objective;
  return parameters.flatMap((parameter) =>
    checked.map((factor, i) => {
      requireMultiple(problem, parameter, factor, i);
      const mistaken = scaleParameter(problem, parameter, factor);
      return Object.freeze({
        parameter,
        factor,
        ...consequence(problem, scheduleOrNone(mistaken, optimumOf), best),
      });
    }),
  );
}

/** Refuses a factor that leaves a parameter no number that it may be. */
function requireMultiple(
  problem: ExecutionProblem,
  parameter: UncertainParameter,
  factor: number,
  i: number,
): void {
  const value = problem[parameter] * factor;
  const unit =
    parameter === "temporaryImpact"
      ? coefficientUnit(parameter, problem.impact, problem)
      : unitOf(parameter, problem);
  if (Number.isFinite(value) && (value !== 0 || problem[parameter] === 0)) return;
  throw new InputError(
    `factors[${i}]`,
    factor,
    `a number that leaves ${parameter}, ${problem[parameter]} ${unit}, finite and not 0 when ` +
      "multiplied by it",
  );
}

function consequence(
  right: ExecutionProblem,
  schedule: Schedule | undefined,
  best: number,
): Pick<Sensitivity, "firstTradeFraction" | "regret"> {
  if (schedule === undefined) return { firstTradeFraction: Number.NaN, regret: Number.NaN };
  const regret = finite("The regret", costReport(right, schedule).objective - best);
  return {
    firstTradeFraction: schedule.trades[0] / right.shares,
    // Rounding can put the optimum itself a hair above another.
    regret: Math.max(0, regret),
  };
}

/** The optimum, or none where there is none that can be written down: that is a finding, not a failure. */
function scheduleOrNone(problem: ExecutionProblem, optimumOf: OptimumOf): Schedule | undefined {
  try {
    return optimumOf(problem);
  } catch (error) {
    if ((error as Error).name === NoOptimumError.name || (error as Error).name === RangeError.name)
      return undefined;
    throw error;
  }
}
