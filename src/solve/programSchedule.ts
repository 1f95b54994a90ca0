/**
 * From the optimum of a program to a schedule.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { plainArray } from "../support/numbers";
import type { ProgramOptimum } from "./boundedPieces";

/** The schedule of a program's optimum, in which what is left at the end is one more trade. */
export function scheduleOf(
  problem: ExecutionProblem,
  name: string,
  { trades, remaining }: Pick<ProgramOptimum, "trades" | "remaining">,
): Schedule {
  const { intervals: N } = problem;
  return makeSchedule(problem, name, plainArray(remaining, N + 1), plainArray(trades, N));
}
