/**
 * What a wrong parameter does to the schedule, and what it costs.
 *
 * @module
 */
import { costReport } from "./cost";
import { NoOptimumError } from "./errors";
import { checkProblem, defineProblem, type ExecutionProblem } from "./problem";
import { optimalSchedule } from "./solve/closedForm";
import { checkNumbers, positive } from "./support/checks";

/** The parameters that are estimated, or chosen, and may be wrong. */
export type UncertainParameter = "temporaryImpact" | "permanentImpact" | "volatility" | "riskAversion";

/** The effect of one parameter taken too large or too small by a factor. */
export interface Sensitivity {
  readonly parameter: UncertainParameter;
  /** What the parameter was multiplied by when the schedule was made. */
  readonly factor: number;
  /** Share of the order that the schedule so made trades in the first interval, or NaN where there is none. */
  readonly firstTradeShare: number;
  /**
   * What that schedule costs more than the right one, both priced with the right parameters: its objective less the
   * optimum's (currency), 0 or above; NaN where there is no schedule.
   */
  readonly regret: number;
}

const parameters: readonly UncertainParameter[] = [
  "temporaryImpact",
  "permanentImpact",
  "volatility",
  "riskAversion",
];

/**
 * Solves the problem with one parameter multiplied by each of some factors, and prices the schedules with the right
 * parameters.
 *
 * @param problem - a problem from `defineProblem`, with the right parameters
 * @param factors - what to multiply by, each above 0 (pure numbers)
 * @returns one entry for each of temporary impact, permanent impact, volatility, risk aversion and each factor, in
 *   this order
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the problem itself has no optimum
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const [tooSmall, right] = parameterSensitivity(problem, [0.5, 1]);
 * right.regret; // → 0
 * tooSmall.firstTradeShare > right.firstTradeShare; // → true
 * ```
 */
export function parameterSensitivity(
  problem: ExecutionProblem,
  factors: readonly number[],
): readonly Sensitivity[] {
  checkProblem(problem);
  const checked = checkNumbers("factors", factors, factors?.length, positive, "");
  const best = costReport(problem, optimalSchedule(problem)).objective;
  return parameters.flatMap((parameter) =>
    checked.map((factor) => {
      const mistaken = defineProblem({ ...problem, [parameter]: problem[parameter] * factor });
      return Object.freeze({ parameter, factor, ...consequence(problem, mistaken, best) });
    }),
  );
}

function consequence(
  right: ExecutionProblem,
  mistaken: ExecutionProblem,
  best: number,
): Pick<Sensitivity, "firstTradeShare" | "regret"> {
  try {
    const schedule = optimalSchedule(mistaken);
    return {
      firstTradeShare: (schedule.trades[0] as number) / right.shares,
      // Rounding can put the optimum itself a hair above another.
      regret: Math.max(0, costReport(right, schedule).objective - best),
    };
  } catch (error) {
    if ((error as Error).name !== NoOptimumError.name) throw error;
    return { firstTradeShare: Number.NaN, regret: Number.NaN };
  }
}
