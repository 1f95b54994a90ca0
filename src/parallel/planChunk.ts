/**
 * Some orders of a batch, planned in one thread.
 *
 * @module
 */
import { certify } from "../certify/schedule";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { type BoundedInfeasible, boundedOptimum } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";
import { PieceGuess } from "../solve/pieceGuess";
import { ChunkWriter, type PackedProblems, unpackProblem } from "./exchange";

/** Orders to plan. */
export interface PlanTask extends PackedProblems {
  /** Bounds for all, or one each. */
  readonly bounds: TradeBounds | undefined | readonly (TradeBounds | undefined)[];
}

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
export function planChunk({ exchange, count, whole, bounds }: PlanTask): OtherAnswers {
  const numbers = new Float64Array(exchange);
  const varied = new Map(whole);
  const out = new ChunkWriter({ exchange, count });
  const others: [number, BoundedInfeasible | Refusal][] = [];
  const limits = new BatchLimits();
  const guess = new PieceGuess();
  for (let i = 0; i < count; i++) {
    try {
      const given = varied.get(i);
      const problem = given === undefined ? unpackProblem(numbers, i) : checkProblem(given);
      const own = Array.isArray(bounds)
        ? (bounds[i] as TradeBounds | undefined)
        : (bounds as TradeBounds | undefined);
      if (own === undefined) {
        const schedule = optimalSchedule(problem);
        out.write(schedule, certify(problem, schedule));
        continue;
      }
      const found = boundedOptimum(problem, limits.of(problem, own), 0, guess);
      if (found.status === "infeasible") others.push([i, found]);
      else out.write(found.schedule, found.certificate, found);
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
  const { name, message } = error as Error;
  return Object.freeze({ status: "refused", name, message });
}
