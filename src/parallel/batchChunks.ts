/**
 * The orders of a batch, some at a time.
 *
 * @module
 */
import { checkBounds, type TradeBounds } from "../model/bounds";
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

/**
 * A copy of bounds that can go to a worker, which says whether they suit an order. What is given may change before the order is sent:
 * a function that is asked for each order's bounds may fill the same array again.
 */
export function copiedBounds(bounds: unknown): TradeBounds {
  const given = checkKeys("bounds", bounds, ["lower", "upper", "mostLeft"]);
  const { lower, upper, mostLeft } = given;
  if (mostLeft !== undefined && typeof mostLeft !== "number")
    throw new InputError("bounds.mostLeft", mostLeft, "a number (shares)");
  return { lower: copiedBound("lower", lower), upper: copiedBound("upper", upper), mostLeft };
}

function copiedBound(field: "lower" | "upper", value: unknown): TradeBounds["lower"] {
  if (value === undefined || isBound(value)) return value as TradeBounds["lower"];
  if (isList(value) && holdsBounds(value)) return value.slice() as TradeBounds["lower"];
  throw new InputError(`bounds.${field}`, value, "a number, or an array of numbers (shares)");
}

/** The same for one order, refused in the words of the call for one. */
function boundsOf(problem: ExecutionProblem, bounds: unknown): TradeBounds | undefined {
  if (bounds === undefined) return undefined;
  try {
    return copiedBounds(bounds);
  } catch (error) {
    checkBounds(problem, bounds as TradeBounds);
    throw error;
  }
}

const isBound = (bound: unknown): boolean => bound === null || typeof bound === "number";

/** By index, so that a hole is seen. */
function holdsBounds(values: readonly unknown[]): boolean {
  for (let k = 0; k < values.length; k++) if (!isBound(values[k])) return false;
  return true;
}

/** What a stream of problems ended with, where that was a failure. */
type Failure = { readonly error: unknown } | undefined;

/** Puts orders together for the way, at most `length` each. What was read of a stream that fails comes before its failure, returned. */
export async function* chunksOf(
  problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>,
  bounds: BatchBounds,
  length: number,
): AsyncGenerator<Chunk, Failure> {
  const begin = (first: number): Chunk => ({ first, problems: [], bounds: [], intervals: 0 });
  let chunk = begin(0);
  const isFull = (given: ExecutionProblem): boolean => {
    try {
      const problem = checkProblem(given);
      const own =
        typeof bounds === "function"
          ? boundsOf(problem, bounds(problem, chunk.first + chunk.problems.length))
          : bounds;
      chunk.bounds.push(own);
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
  let failure: Failure;
  const { source, isStream } = readerOf(problems);
  let isLeft = true;
  try {
    for (;;) {
      let step: IteratorResult<ExecutionProblem>;
      try {
        const read = source.next();
        // Of a list each order would be waited for, which takes longer than to send it.
        step = isStream ? await read : (read as typeof step);
      } catch (error) {
        failure = { error };
        break;
      }
      if (step.done) break;
      if (isFull(step.value)) yield next();
    }
    isLeft = false;
  } finally {
    // Who stops early closes the stream.
    if (isLeft) await source.return?.();
  }
  if (chunk.problems.length > 0) yield next();
  return failure;
}

/** How to read a list or a stream; what is both is read as a list. */
function readerOf(problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>): {
  readonly source: Iterator<ExecutionProblem> | AsyncIterator<ExecutionProblem>;
  readonly isStream: boolean;
} {
  const { [Symbol.iterator]: list } = problems as Iterable<ExecutionProblem>;
  if (typeof list === "function") return { source: list.call(problems), isStream: false };
  return { source: (problems as AsyncIterable<ExecutionProblem>)[Symbol.asyncIterator](), isStream: true };
}
