/**
 * What runs in a worker thread. Numbers come and go in shared memory: objects are copied on their way, field by field, and would
 * take longer than the work.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { simulateBlocks } from "../simulate/costs";
import type { PackedOrders } from "./packedOrders";
import { type OtherAnswers, planChunk } from "./planChunk";

/** A stretch of paths to walk. */
export interface SimulationTask {
  readonly problem: ExecutionProblem;
  readonly trades: Float64Array;
  readonly seed: string;
  readonly begin: number;
  readonly end: number;
  /** Where the costs go, from path `begin` on. */
  readonly costs: SharedArrayBuffer;
}

/** Walks a stretch of paths. */
export function simulate({ problem, trades, seed, begin, end, costs }: SimulationTask): void {
  const part = new Float64Array(costs, begin * Float64Array.BYTES_PER_ELEMENT, end - begin);
  simulateBlocks(checkProblem(problem), trades, { begin, end }, seed, part);
}

/** Plans some orders. */
export function plan(task: PackedOrders): OtherAnswers {
  return planChunk(task);
}
