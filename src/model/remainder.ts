/**
 * Orders that may end unfinished. What is left at the end, R = x_N, is valued at the last price S_N less a price for each
 * share, so that cost = s(X S_0 − Σ n_k fill_k − R S_N) + remainderPrice · R: the implementation shortfall of Perold (1988) with
 * what it takes to get rid of the rest. The rest is held through the last interval, bears its risk, and pays for the
 * permanent impact of all trades; the price stands for everything after that.
 *
 * Wherever derivatives or bounds are listed by trade, the rest is one more trade at the end.
 *
 * @module
 */
import { InputError } from "../support/errors";
import type { ExecutionProblem } from "./executionProblem";
import type { Schedule } from "./schedule";

/** Whether the order may end unfinished. */
export function mayLeave({ remainderPrice }: ExecutionProblem): boolean {
  return remainderPrice !== undefined;
}

/** What a schedule leaves (shares). */
export function remainderOf({ remaining }: Pick<Schedule, "remaining">): number {
  return remaining[remaining.length - 1];
}

/** How many numbers a schedule is free to choose: a trade in each interval, and the rest where one may be left. */
export function choiceCount(problem: ExecutionProblem): number {
  return problem.intervals + (mayLeave(problem) ? 1 : 0);
}

/** Numbers by trade, with one more for the rest where one may be left. */
export function withRestEntry(
  problem: ExecutionProblem,
  byTrade: Float64Array,
  ofRest: number,
): Float64Array {
  if (!mayLeave(problem)) return byTrade;
  const longer = new Float64Array(byTrade.length + 1);
  longer.set(byTrade);
  longer[byTrade.length] = ofRest;
  return longer;
}

/** Trades with the rest as one more, after which nothing remains. */
export function withRest(
  problem: ExecutionProblem,
  schedule: Pick<Schedule, "trades" | "remaining">,
): Pick<Schedule, "trades" | "remaining"> {
  if (!mayLeave(problem)) return schedule;
  return {
    trades: [...schedule.trades, remainderOf(schedule)],
    remaining: [...schedule.remaining, 0],
  };
}

/** Rejects a problem that may end unfinished, for calls that know finished orders only. */
export function requireFinish(
  { remainderPrice }: ExecutionProblem,
  call: string,
  hint = "boundedSchedule, planSchedule and optimalSchedule also decide how much to leave.",
): void {
  if (remainderPrice === undefined) return;
  throw new InputError(
    "problem.remainderPrice",
    remainderPrice,
    `left out for ${call}, which knows orders that finish`,
    hint,
  );
}
