/**
 * The optimum, free or within bounds: what every comparison asks for many times.
 *
 * @module
 */
import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { type BoundedInfeasible, proveInfeasible } from "../solve/bounded";
import { BoundedSequence } from "../solve/boundedSequence";
import { optimalSchedule } from "../solve/optimal";

/** The proof that no schedule satisfies the bounds, which hold for every variation of a problem alike; undefined where one does. */
export function infeasibleWithin(
  problem: ExecutionProblem,
  bounds: TradeBounds | undefined,
): BoundedInfeasible | undefined {
  return bounds === undefined ? undefined : proveInfeasible(problem.shares, checkBounds(problem, bounds));
}

/** The optimum of a problem, free where there are no bounds. */
export type OptimumOf = (problem: ExecutionProblem) => Schedule;

/**
 * Optima of variations of a problem, one after another: each is sought from the bounds that held the one before, to the same bits as by
 * itself. The bounds are known to be feasible.
 */
export function optimaWithin(bounds: TradeBounds | undefined): OptimumOf {
  if (bounds === undefined) return optimalSchedule;
  const sequence = new BoundedSequence();
  return (problem) => {
    const result = sequence.next(problem, bounds);
    if (result.status === "infeasible") throw new RangeError(result.message);
    return result.schedule;
  };
}
