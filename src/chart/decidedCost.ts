/**
 * The part of a cost that a schedule decides.
 *
 * @module
 */

import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { checkProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { optimalSchedule } from "../solve/optimal";
import { NoOptimumError } from "../support/errors";

/** ½γX² + εX, which every schedule of the order pays (currency). Undefined where market or impact vary, or shares may be left. */
export function fixedCost(problem: ExecutionProblem): number | undefined {
  const market = uniformMarket(problem);
  if (market === undefined || mayLeave(problem)) return undefined;
  const { shares } = problem;
  return 0.5 * market.permanentImpact * shares * shares + market.halfSpread * shares;
}

/**
 * E + λV of the optimum less ½γX² + εX, which every schedule of the order pays (currency). Undefined where market or impact
 * vary, where there is no optimum, or where nothing is left.
 */
export function decidedCost(problem: ExecutionProblem): number | undefined {
  problem = checkProblem(problem);
  const fixed = fixedCost(problem);
  if (fixed === undefined) return undefined;
  try {
    const decided = costReport(problem, optimalSchedule(problem)).objective - fixed;
    // Less than this is rounding.
    return decided > 1e-9 * fixed ? decided : undefined;
  } catch (error) {
    if ((error as Error).name === NoOptimumError.name || (error as Error).name === RangeError.name)
      return undefined;
    throw error;
  }
}
