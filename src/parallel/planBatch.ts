/**
 * Many orders at once, on all cores.
 *
 * @module
 */
import { type Certificate, certify } from "../certify/schedule";
import type { ExecutionProblem } from "../model/executionProblem";
import { isLinear } from "../model/impactModel";
import { mayLeave } from "../model/remainder";
import { makeSchedule, mostWrittenOut, type Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";
import { checkKeys, checkProgress } from "../support/checks";
import { InputError } from "../support/errors";
import { type BatchBounds, type Chunk, checkBoundsForm, chunksOf, mostOrders } from "./batchChunks";
import { Cursor } from "./cursor";
import { OneByOne } from "./oneByOne";
import { readAnswer } from "./packedAnswers";
import { type PackedOrders, packOrders } from "./packedOrders";
import { type OtherAnswers, type Refusal, refusalOf } from "./planChunk";
import { checkWorkers, poolOf } from "./pool";

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

/** One order's answer: its optimum, the proof that there is none, or why it was refused. */
export type BatchEntry = PlannedOptimum | (BoundedInfeasible & InBatch) | (Refusal & InBatch);

/** Where an answer belongs. */
export interface InBatch {
  /** Its place in the batch, counted from 0. */
  readonly index: number;
}

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
 * @param problems - problems from `defineProblem`, in any list, generator or stream
 * @param options - bounds, number of workers, and a function to report progress to
 * @returns the answers, to be iterated or awaited
 * @throws InputError when an argument is not what it should be; a problem that is none is an answer, `"refused"`
 * @throws Error outside of Node, which has the threads
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
  const source = problems as
    | Partial<Iterable<ExecutionProblem> & AsyncIterable<ExecutionProblem>>
    | undefined
    | null;
  const isIterable = typeof source === "object" && source !== null;
  if (!isIterable || (source[Symbol.iterator] ?? source[Symbol.asyncIterator]) === undefined) {
    throw new InputError("problems", problems, "an array or a stream of problems");
  }
  const given = checkKeys("planBatch's options", options, ["bounds", "workers", "onProgress"]);
  checkProgress(given.onProgress);
  const { bounds } = given;
  if (bounds !== undefined && typeof bounds !== "function") checkBoundsForm(bounds);
  let all: Promise<readonly BatchEntry[]> | undefined;
  return {
    [Symbol.asyncIterator]: () => new OneByOne(answersOf(problems, options)),
    // biome-ignore lint/suspicious/noThenProperty: a batch may be awaited as a whole as well as read one by one
    then(fulfilled, rejected) {
      all ??= collect(answersOf(problems, options));
      return all.then(fulfilled, rejected);
    },
  };
}

async function collect(answers: AsyncIterable<readonly BatchEntry[]>): Promise<readonly BatchEntry[]> {
  const list: BatchEntry[] = [];
  for await (const some of answers) for (const entry of some) list.push(entry);
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
  for await (const chunk of chunksOf(problems, bounds, length)) {
    waiting.push(send(chunk));
    // Two wait for each worker: it never rests, and no more is held.
    if (waiting.length >= 3 * workers) yield* next();
  }
  while (waiting.length > 0) yield* next();
  if (total === 0) onProgress?.(1);
}

/** Whether its orders take no longer to plan than the way to a worker and back: short, without bounds, in closed form. */
function isBrief({ problems, bounds }: Chunk): boolean {
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
function plannedHere({ first, problems }: Chunk): (i: number) => BatchEntry {
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
function received(
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
