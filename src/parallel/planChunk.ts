/**
 * Some orders of a batch, planned in one thread.
 *
 * @module
 */
import { certify } from "../certify/schedule";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { mayLeave } from "../model/remainder";
import { type BoundedInfeasible, boundedOptimum } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";
import { PieceGuess } from "../solve/pieceGuess";
import { Cursor } from "./cursor";
import { writeAnswer } from "./packedAnswers";
import { OrderReader, type PackedOrders } from "./packedOrders";

/** Why an order could not be planned. */
export interface Refusal {
  /** The order could not be planned. */
  readonly status: "refused";
  /** The error's `name`: `"InputError"`, `"NoOptimumError"` or `"RangeError"`. */
  readonly name: string;
  /** The error's message. */
  readonly message: string;
}

/** What comes back in words: answers that are no optimum. */
export type OtherAnswers = readonly (readonly [index: number, answer: BoundedInfeasible | Refusal])[];

/** Plans each order; one that cannot be planned stops none of the others. */
export function planChunk(packed: PackedOrders): OtherAnswers {
  const orders = new OrderReader(packed);
  const out = new Cursor(new Float64Array(packed.exchange), packed.length);
  const others: [number, BoundedInfeasible | Refusal][] = [];
  const limits = new BatchLimits();
  const guess = new PieceGuess();
  for (let i = 0; i < packed.count; i++) {
    const { problem, bounds } = orders.next();
    try {
      if (bounds === undefined) {
        const schedule = optimalSchedule(problem);
        writeAnswer(out, schedule, certify(problem, schedule));
        continue;
      }
      const found = boundedOptimum(problem, limits.of(problem, bounds), 0, guess);
      if (found.status === "infeasible") others.push([i, found]);
      else writeAnswer(out, found.schedule, found.certificate, found);
    } catch (error) {
      others.push([i, refusalOf(error)]);
    }
  }
  return others;
}

/** Bounds in arrays, checked once where they are those of the order before. */
class BatchLimits {
  private bounds: TradeBounds | undefined;
  private arrays: BoundArrays | undefined;

  of(problem: ExecutionProblem, bounds: TradeBounds): BoundArrays {
    // Closed intervals and what may be left are the order's own.
    if (problem.profile !== undefined || mayLeave(problem)) return checkBounds(problem, bounds);
    if (this.bounds === bounds && this.arrays?.lower.length === problem.intervals) return this.arrays;
    const arrays = checkBounds(problem, bounds);
    [this.bounds, this.arrays] = [bounds, arrays];
    return arrays;
  }
}

/** An error as data. */
export function refusalOf(error: unknown): Refusal {
  const { name = "Error", message = String(error) } = Object(error) as Partial<Error>;
  return Object.freeze({ status: "refused", name, message });
}
