/**
 * Some orders of a batch, planned in one thread.
 *
 * @module
 */
import { certify } from "../certify/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { BoundedSequence } from "../solve/boundedSequence";
import { optimalSchedule } from "../solve/optimal";
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
  const sequence = new BoundedSequence();
  for (let i = 0; i < packed.count; i++) {
    const { problem, bounds } = orders.next();
    try {
      if (bounds === undefined) {
        const schedule = optimalSchedule(problem);
        writeAnswer(out, schedule, certify(problem, schedule));
        continue;
      }
      const found = sequence.next(problem, bounds);
      if (found.status === "infeasible") others.push([i, found]);
      else writeAnswer(out, found.schedule, found.certificate, found);
    } catch (error) {
      others.push([i, refusalOf(error)]);
    }
  }
  return others;
}

/** An error as data. */
export function refusalOf(error: unknown): Refusal {
  const { name = "Error", message = String(error) } = Object(error) as Partial<Error>;
  return Object.freeze({ status: "refused", name, message });
}
