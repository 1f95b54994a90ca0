/**
 * Many orders at once, on all cores.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkKeys, checkProgress } from "../support/checks";
import { InputError } from "../support/errors";
import { type BatchBounds, type Chunk, chunksOf, copiedBounds, mostOrders } from "./batchChunks";
import { type BatchEntry, isBrief, plannedHere, received } from "./batchEntries";
import { OneByOne } from "./oneByOne";
import { type PackedOrders, packOrders } from "./packedOrders";
import type { OtherAnswers } from "./planChunk";
import { checkWorkerCount, checkWorkers, poolOf } from "./pool";

export type { BatchEntry, InBatch, PlannedOptimum } from "./batchEntries";

/** How to plan a batch. */
export interface BatchOptions {
  /** Bounds on the trades as for `boundedSchedule`: the same for all, or by problem and index (default: none). */
  readonly bounds?: BatchBounds;
  /** Number of worker threads, an integer from 1 to 256 (default: one for each core). */
  readonly workers?: number | undefined;
  /** Called from time to time with the fraction completed (0 to 1), where the number of problems is known. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Answers in the order of the problems, one by one; awaited, all of them in an array. */
export interface BatchRun extends AsyncIterable<BatchEntry>, PromiseLike<readonly BatchEntry[]> {}

/**
 * Plans many orders on worker threads: each as `optimalSchedule`, or within bounds as `boundedSchedule`, with its certificate.
 * Answers come in the order of the problems, and one that cannot be planned stops none of the others. Read one by one, with
 * `for await`, no more than 1,200 orders a worker are held at a time, however many there are; `await planBatch(…)` gives them
 * all. Within bounds, an order is planned from the bounds that held the one before it: orders that resemble one another, put
 * together, take half the time, and no digit changes. Without bounds, in a market that does not vary, an order of up to 2,000
 * intervals takes less time than its way to a worker: those are planned where the call is made.
 *
 * @param problems - problems from `defineProblem`, in any list, generator or stream; a stream is read ahead of the answers, and must not
 *   wait for them
 * @param options - bounds, number of workers, and a function to report progress to
 * @returns the answers, to be iterated or awaited
 * @throws InputError when an argument is not what it should be; a problem that is none is an answer, `"refused"`
 * @throws Error where a batch whose problems come from a generator is read again; and outside of Node, which has the threads
 *
 * @example
 * ```ts
 * const order = { horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6 };
 * const problems = [1e5, 1e6].map((shares) => defineProblem({ ...order, shares }));
 * let traded = 0;
 * for await (const entry of planBatch(problems, { bounds: { upper: 250_000 } })) {
 *   if (entry.status === "optimal") traded += entry.schedule.remaining[0];
 * }
 * traded; // → 1100000
 * const entries = await planBatch(problems, { bounds: { upper: 150_000 } });
 * entries.map(({ status }) => status); // → ["optimal","infeasible"]
 * ```
 */
export function planBatch(
  problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>,
  options: BatchOptions = {},
): BatchRun {
  const source = problems as Partial<Iterable<unknown> & AsyncIterable<unknown>> | undefined | null;
  const isIterable = typeof source === "object" && source !== null;
  if (
    !isIterable ||
    (typeof source[Symbol.iterator] !== "function" && typeof source[Symbol.asyncIterator] !== "function")
  ) {
    throw new InputError("problems", problems, "an array or a stream of problems");
  }
  const given = checkKeys("planBatch's options", options, ["bounds", "workers", "onProgress"]);
  const { bounds } = given;
  // What is given may change while the batch is planned: arrays are copied now.
  const own: BatchOptions = {
    bounds:
      bounds === undefined || typeof bounds === "function" ? (bounds as BatchBounds) : copiedBounds(bounds),
    workers: checkWorkerCount(given.workers),
    onProgress: checkProgress(given.onProgress),
  };
  const orders = Array.isArray(problems) ? (problems.slice() as ExecutionProblem[]) : problems;
  let isBegun = false;
  const begin = (): AsyncGenerator<readonly BatchEntry[]> => {
    if (isBegun && isReadOnce(source)) {
      throw new Error(
        "This batch has been read, and its stream of problems with it: call planBatch anew, with a new one.",
      );
    }
    isBegun = true;
    return answersOf(orders, own);
  };
  let all: Promise<readonly BatchEntry[]> | undefined;
  return {
    [Symbol.asyncIterator]: () => new OneByOne(begin()),
    // biome-ignore lint/suspicious/noThenProperty: a batch may be awaited as a whole as well as read one by one
    then(fulfilled, rejected) {
      all ??= collect(begin);
      return all.then(fulfilled, rejected);
    },
  };
}

/** Whether it is a generator, or another iterator that gives itself to be read. */
function isReadOnce(source: Partial<Iterable<unknown> & AsyncIterable<unknown>>): boolean {
  return (
    (source as object) === source[Symbol.iterator]?.() ||
    (source as object) === source[Symbol.asyncIterator]?.()
  );
}

async function collect(begin: () => AsyncIterable<readonly BatchEntry[]>): Promise<readonly BatchEntry[]> {
  const list: BatchEntry[] = [];
  for await (const some of begin()) for (const entry of some) list.push(entry);
  return list;
}

/** Orders whose turn comes, on their way or still here. */
interface WaitingChunk {
  readonly chunk: Chunk;
  readonly sent?: { readonly packed: PackedOrders; readonly answer: Promise<OtherAnswers> };
}

/** So many answers are made at once: more would outlive the next collection of garbage, which then copies them. */
const mostMade = 32;

/** Answers in their order, some at a time. */
async function* answersOf(
  problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>,
  { bounds, workers: wanted, onProgress }: BatchOptions,
): AsyncGenerator<readonly BatchEntry[]> {
  const workers = await checkWorkers(wanted);
  const pool = await poolOf(workers);
  const total = Array.isArray(problems) ? problems.length : undefined;
  const waiting: WaitingChunk[] = [];
  const read: SharedArrayBuffer[] = [];
  let done = 0;
  const send = (chunk: Chunk): WaitingChunk => {
    if (isBrief(chunk)) return { chunk };
    const isSent = (_: unknown, i: number): boolean => !("status" in chunk.problems[i]);
    const own = typeof bounds === "function" ? chunk.bounds.filter(isSent) : bounds;
    const packed = packOrders(chunk.problems.filter(isSent) as ExecutionProblem[], own, read.pop());
    const answer = pool.run(packed, { name: "plan" }) as Promise<OtherAnswers>;
    // Answered in its turn: until then nobody hears of a failure.
    answer.catch(() => undefined);
    return { chunk, sent: { packed, answer } };
  };
  async function* next(): AsyncGenerator<readonly BatchEntry[]> {
    const { chunk, sent } = waiting.shift() as WaitingChunk;
    const entryOf = sent === undefined ? plannedHere(chunk) : received(chunk, sent.packed, await sent.answer);
    const { problems } = chunk;
    for (let first = 0; first < problems.length; first += mostMade) {
      const some = problems.slice(first, first + mostMade).map((_, i) => entryOf(first + i));
      done += some.length;
      if (total !== undefined) onProgress?.(done / total);
      yield some;
    }
    if (sent !== undefined) read.push(sent.packed.exchange);
  }
  // A short list is cut so that all workers share it.
  const length = Math.min(mostOrders, Math.ceil((total ?? Number.POSITIVE_INFINITY) / (8 * workers)));
  const chunks = chunksOf(problems, bounds, length);
  try {
    let step = await chunks.next();
    for (; !step.done; step = await chunks.next()) {
      waiting.push(send(step.value));
      // Two wait for each worker: it never rests, and no more is held.
      if (waiting.length >= 3 * workers) yield* next();
    }
    while (waiting.length > 0) yield* next();
    if (step.value !== undefined) throw step.value.error;
  } finally {
    await chunks.return(undefined);
  }
  if (total === 0) onProgress?.(1);
}
