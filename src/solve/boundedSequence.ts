/**
 * Optima within bounds, one after another, of orders that resemble one another: those of a batch, or variations of one problem.
 *
 * @module
 */
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { mayLeave } from "../model/remainder";
import { type BoundedResult, boundedOptimum } from "./bounded";
import { PieceGuess } from "./pieceGuess";

/**
 * `boundedSchedule` for checked problems, to the same bits: bounds that are those of the order before are written out once, and the
 * optimum is sought from the bounds that held that order.
 */
export class BoundedSequence {
  private readonly guess = new PieceGuess();
  private bounds: TradeBounds | undefined;
  private arrays: BoundArrays | undefined;

  /** The next order's optimum; bounds that are given again must not have changed. */
  next(problem: ExecutionProblem, bounds: TradeBounds): BoundedResult {
    return boundedOptimum(problem, this.arraysOf(problem, bounds), 0, this.guess);
  }

  private arraysOf(problem: ExecutionProblem, bounds: TradeBounds): BoundArrays {
    // Closed intervals and what may be left are the order's own.
    if (problem.profile !== undefined || mayLeave(problem)) return checkBounds(problem, bounds);
    if (this.bounds === bounds && this.arrays?.lower.length === problem.intervals) return this.arrays;
    const arrays = checkBounds(problem, bounds);
    [this.bounds, this.arrays] = [bounds, arrays];
    return arrays;
  }
}
