/**
 * The orders of a batch, some at a time.
 *
 * @module
 */
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { checkKeys, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { type Refusal, refusalOf } from "./planChunk";

/** Bounds on the trades: the same for all orders, or by problem and index. */
export type BatchBounds =
  | TradeBounds
  | ((problem: ExecutionProblem, index: number) => TradeBounds | undefined)
  | undefined;

/** Long enough that the way to a worker and back hardly counts, short enough that memory stays small. */
export const mostOrders = 400;
const mostIntervals = 40_000;

/** Some orders, and what they may trade. */
export interface Chunk {
  readonly first: number;
  readonly problems: (ExecutionProblem | Refusal)[];
  readonly bounds: (TradeBounds | undefined)[];
  /** Intervals of all its orders. */
  intervals: number;
}

/** Bounds that can go to a worker, which says whether they suit an order. */
export function checkBoundsForm(bounds: unknown): TradeBounds {
  const given = checkKeys("bounds", bounds, ["lower", "upper", "mostLeft"]);
  for (const field of ["lower", "upper"] as const) {
    const value = given[field];
    if (value === undefined || isBound(value) || (isList(value) && holdsBounds(value))) continue;
    throw new InputError(`bounds.${field}`, value, "a number, or an array of numbers (shares)");
  }
  if (given.mostLeft !== undefined && typeof given.mostLeft !== "number")
    throw new InputError("bounds.mostLeft", given.mostLeft, "a number (shares)");
  return given;
}

const isBound = (bound: unknown): boolean => bound === null || typeof bound === "number";

/** By index, so that a hole is seen. */
function holdsBounds(values: readonly unknown[]): boolean {
  for (let k = 0; k < values.length; k++) if (!isBound(values[k])) return false;
  return true;
}

/** Puts orders together for the way, at most `length` each. */
export async function* chunksOf(
  problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>,
  bounds: BatchBounds,
  length: number,
): AsyncGenerator<Chunk> {
  const begin = (first: number): Chunk => ({ first, problems: [], bounds: [], intervals: 0 });
  let chunk = begin(0);
  const isFull = (given: ExecutionProblem): boolean => {
    try {
      const problem = checkProblem(given);
      const own =
        typeof bounds === "function" ? bounds(problem, chunk.first + chunk.problems.length) : bounds;
      chunk.bounds.push(own === undefined || own === bounds ? own : checkBoundsForm(own));
      chunk.problems.push(problem);
      chunk.intervals += problem.intervals;
    } catch (error) {
      chunk.bounds.push(undefined);
      chunk.problems.push(refusalOf(error));
    }
    return chunk.problems.length === length || chunk.intervals >= mostIntervals;
  };
  const next = (): Chunk => {
    const full = chunk;
    chunk = begin(full.first + full.problems.length);
    return full;
  };
  // Of a list each order would be waited for, which takes longer than to send it.
  if (Symbol.iterator in problems) {
    for (const given of problems) if (isFull(given)) yield next();
  } else {
    for await (const given of problems) if (isFull(given)) yield next();
  }
  if (chunk.problems.length > 0) yield next();
}
