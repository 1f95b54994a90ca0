/**
 * The answers of a batch, one for each order.
 *
 * @module
 */
import { type Certificate, certify } from "../certify/schedule";
import { isLinear } from "../model/impactModel";
import { mayLeave } from "../model/remainder";
import { makeSchedule, mostWrittenOut, type Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";
import type { Chunk } from "./batchChunks";
import { Cursor } from "./cursor";
import { readAnswer } from "./packedAnswers";
import type { PackedOrders } from "./packedOrders";
import { type OtherAnswers, type Refusal, refusalOf } from "./planChunk";

/** An order that was planned. */
export interface PlannedOptimum {
  /** There is an optimum, and this is it. */
  readonly status: "optimal";
  /** Its place in the batch, counted from 0. */
  readonly index: number;
  /** The optimum, `"Optimal"` or, with bounds, `"Bounded"`. */
  readonly schedule: Schedule;
  /** What `certify` says of the schedule, with the same bounds. */
  readonly certificate: Certificate;
  /** Shadow prices as of `boundedSchedule`, where there are bounds (currency/share). */
  readonly marginalCost?: number | undefined;
  /** Shadow prices of the lower bounds (N numbers, currency/share). */
  readonly lowerPrices?: readonly number[] | undefined;
  /** Shadow prices of the upper bounds (N numbers, currency/share). */
  readonly upperPrices?: readonly number[] | undefined;
}

/** The answer for one order: its optimum, the proof that none exists, or the reason for rejecting it. */
export type BatchEntry = PlannedOptimum | (BoundedInfeasible & InBatch) | (Refusal & InBatch);

/** Where an answer belongs. */
export interface InBatch {
  /** Its place in the batch, counted from 0. */
  readonly index: number;
}

/** Whether its orders take no longer to plan than the way to a worker and back: short, without bounds, in closed form. */
export function isBrief({ problems, bounds }: Chunk): boolean {
  return problems.every(
    (problem, i) =>
      "status" in problem ||
      (bounds[i] === undefined &&
        problem.intervals <= mostWrittenOut &&
        problem.profile === undefined &&
        !mayLeave(problem) &&
        isLinear(problem)),
  );
}

/** Plans a chunk's orders one by one, as they are asked for. */
export function plannedHere({ first, problems }: Chunk): (i: number) => BatchEntry {
  return (i) => {
    const index = first + i;
    const problem = problems[i];
    if ("status" in problem) return Object.freeze({ ...problem, index });
    try {
      const schedule = optimalSchedule(problem);
      return Object.freeze({ status: "optimal", index, schedule, certificate: certify(problem, schedule) });
    } catch (error) {
      return Object.freeze({ ...refusalOf(error), index });
    }
  };
}

/** Reads a chunk's answers, which are to be asked for in their order. */
export function received(
  { first, problems, bounds }: Chunk,
  { exchange, length }: PackedOrders,
  others: OtherAnswers,
): (i: number) => BatchEntry {
  const answers = new Cursor(new Float64Array(exchange), length);
  const apart = new Map(others);
  let sent = 0;
  return (i) => {
    const index = first + i;
    const problem = problems[i];
    if ("status" in problem) return Object.freeze({ ...problem, index });
    const other = apart.get(sent++);
    if (other !== undefined) return Object.freeze({ ...other, index });
    const isBounded = bounds[i] !== undefined;
    const found = readAnswer(answers, problem, isBounded);
    const { remaining, trades, certificate, marginalCost, lowerPrices, upperPrices } = found;
    const schedule = makeSchedule(problem, isBounded ? "Bounded" : "Optimal", remaining, trades);
    if (!isBounded) return Object.freeze({ status: "optimal", index, schedule, certificate });
    return Object.freeze({
      status: "optimal",
      index,
      schedule,
      certificate,
      marginalCost,
      lowerPrices,
      upperPrices,
    });
  };
}
