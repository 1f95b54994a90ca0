/**
 * The optimum, free or within bounds: what every comparison asks for many times.
 *
 * @module
 */
import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { type BoundedInfeasible, boundedSchedule, proveInfeasible } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";

/** The proof that no schedule satisfies the bounds, which hold for every variation of a problem alike; undefined where one does. */
export function infeasibleWithin(
  problem: ExecutionProblem,
  bounds: TradeBounds | undefined,
): BoundedInfeasible | undefined {
  return bounds === undefined ? undefined : proveInfeasible(problem.shares, checkBounds(problem, bounds));
}

/** The optimum, free where there are no bounds. The bounds are known to be feasible. */
export function optimumWithin(problem: ExecutionProblem, bounds: TradeBounds | undefined): Schedule {
  if (bounds === undefined) return optimalSchedule(problem);
  const result = boundedSchedule(problem, bounds);
  if (result.status === "infeasible") throw new RangeError(result.message);
  return result.schedule;
}
