/**
 * Many orders at once, on all cores.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { checkKeys, checkProgress, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { ChunkReader, type PlannedChunk, packProblems, type Refusal, refusalOf } from "./planChunk";
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
  readonly bounds?:
    | TradeBounds
    | ((problem: ExecutionProblem, index: number) => TradeBounds | undefined)
    | undefined;
  /** Number of worker threads, an integer from 1 to 256 (default: one for each core). */
  readonly workers?: number | undefined;
  /** Called from time to time with the fraction completed (0 to 1), where the number of problems is known. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Answers in the order of the problems, one by one; awaited, all of them in an array. */
export interface BatchRun extends AsyncIterable<BatchEntry>, PromiseLike<readonly BatchEntry[]> {}

/** Long enough that the way to a worker and back does not count, short enough that memory stays small. */
const chunkLength = 100;

/**
 * Plans many orders on worker threads: each as `optimalSchedule`, or within bounds as `boundedSchedule`, with its certificate.
 * Answers come in the order of the problems, and one that cannot be planned stops none of the others. Read one by one, with
 * `for await`, no more than a few hundred orders are held at a time, however many there are; `await planBatch(…)` gives them
 * all.
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
  if (bounds !== undefined && typeof bounds !== "function") checkForm(bounds);
  const iterate = (): AsyncGenerator<BatchEntry> => entriesOf(problems, options);
  let all: Promise<readonly BatchEntry[]> | undefined;
  return {
    [Symbol.asyncIterator]: iterate,
    // biome-ignore lint/suspicious/noThenProperty: a batch may be awaited as a whole as well as read one by one
    then(fulfilled, rejected) {
      all ??= collect(iterate());
      return all.then(fulfilled, rejected);
    },
  };
}

/** Bounds that can go to a worker, which says whether they suit an order. */
function checkForm(bounds: unknown): TradeBounds {
  const given = checkKeys("bounds", bounds, ["lower", "upper"]);
  const isBound = (bound: unknown): boolean => bound === null || typeof bound === "number";
  for (const field of ["lower", "upper"] as const) {
    const value = given[field];
    if (value === undefined || isBound(value) || (isList(value) && Array.from(value).every(isBound)))
      continue;
    throw new InputError(`bounds.${field}`, value, "a number, or an array of numbers (shares)");
  }
  return given;
}

async function collect(entries: AsyncIterable<BatchEntry>): Promise<readonly BatchEntry[]> {
  const list: BatchEntry[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

/** Some orders on their way. */
interface Chunk {
  readonly first: number;
  readonly problems: (ExecutionProblem | Refusal)[];
  readonly bounds: (TradeBounds | undefined)[];
  answer: Promise<PlannedChunk>;
}

async function* entriesOf(
  problems: Iterable<ExecutionProblem> | AsyncIterable<ExecutionProblem>,
  { bounds, workers: wanted, onProgress }: BatchOptions,
): AsyncGenerator<BatchEntry> {
  const workers = await checkWorkers(wanted);
  const pool = await poolOf(workers);
  const count = Array.isArray(problems) ? problems.length : undefined;
  const waiting: Chunk[] = [];
  let done = 0;
  const send = (chunk: Chunk): void => {
    const sent: ExecutionProblem[] = [];
    const own: (TradeBounds | undefined)[] = [];
    chunk.problems.forEach((problem, i) => {
      if ("status" in problem) return;
      sent.push(problem);
      own.push(chunk.bounds[i]);
    });
    const task = { problems: packProblems(sent), bounds: typeof bounds === "function" ? own : bounds };
    chunk.answer = pool.run(task, { name: "plan" }) as Promise<PlannedChunk>;
    // Answered in its turn: until then nobody hears of a failure.
    chunk.answer.catch(() => undefined);
    waiting.push(chunk);
  };
  const next = async (): Promise<readonly BatchEntry[]> => {
    const oldest = waiting.shift() as Chunk;
    const answers = readChunk(oldest, await oldest.answer);
    done += answers.length;
    if (count !== undefined) onProgress?.(done / count);
    return answers;
  };

  let index = 0;
  let chunk: Chunk | undefined;
  for await (const given of problems) {
    chunk ??= {
      first: index,
      problems: [],
      bounds: [],
      answer: Promise.resolve({ numbers: new Float64Array(0), others: [] }),
    };
    try {
      const problem = checkProblem(given);
      const own = typeof bounds === "function" ? bounds(problem, index) : bounds;
      chunk.bounds.push(own === undefined || own === bounds ? own : checkForm(own));
      chunk.problems.push(problem);
    } catch (error) {
      chunk.bounds.push(undefined);
      chunk.problems.push(refusalOf(error));
    }
    index++;
    if (chunk.problems.length < chunkLength) continue;
    send(chunk);
    chunk = undefined;
    // Two chunks wait for each worker: it never rests, and no more is held.
    if (waiting.length >= 3 * workers) for (const entry of await next()) yield entry;
  }
  if (chunk !== undefined) send(chunk);
  while (waiting.length > 0) for (const entry of await next()) yield entry;
  if (count === 0) onProgress?.(1);
}

function readChunk({ first, problems, bounds }: Chunk, { numbers, others }: PlannedChunk): BatchEntry[] {
  const reader = new ChunkReader(numbers);
  const apart = new Map(others);
  let sent = 0;
  return problems.map((problem, i): BatchEntry => {
    const index = first + i;
    if ("status" in problem) return Object.freeze({ ...problem, index });
    const other = apart.get(sent++);
    if (other !== undefined) return Object.freeze({ ...other, index });
    const isBounded = bounds[i] !== undefined;
    const { remaining, trades, certificate, marginalCost, lowerPrices, upperPrices } = reader.read(
      problem.intervals,
      isBounded,
    );
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
  });
}
