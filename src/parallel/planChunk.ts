/**
 * Some orders of a batch, planned in one thread.
 *
 * @module
 */
import { certify } from "../certify/schedule";
import type { TradeBounds } from "../model/bounds";
import { checkProblem } from "../model/problem";
import { type BoundedInfeasible, boundedSchedule } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";
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
      const found = boundedSchedule(problem, own);
      if (found.status === "infeasible") others.push([i, found]);
      else out.write(found.schedule, found.certificate, found);
    } catch (error) {
      others.push([i, refusalOf(error)]);
    }
  }
  return others;
}

/** An error as data. */
export function refusalOf(error: unknown): Refusal {
  const { name, message } = error as Error;
  return Object.freeze({ status: "refused", name, message });
}
