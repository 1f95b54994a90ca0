/**
 * Explains a schedule: for each slice, the cost saved and the risk carried by delaying one more share.
 *
 * @module
 */
import { type Certificate, certify } from "../certify/schedule";
import { type BoundArrays, checkBounds, freeBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem } from "../model/problem";
import { mayLeave, remainderOf, withRest, withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import {
  type BindingLimit,
  type ExplainedRemainder,
  type ExplainedSlice,
  explained,
  remainderWords,
  type ScheduleExplanation,
} from "./explanation";
import { marginalParts } from "./marginals";

/**
 * Explains a schedule: moving one share from a slice to the next saves cost and carries risk. At the optimum the two are
 * equal where nothing binds; else they differ by the prices of the limits that bind.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - a schedule of the problem, from any source
 * @param bounds - the bounds that it had to keep, as for `boundedSchedule`; without them, trades may be any number
 * @returns both sides for every slice, what binds, and what one more share of it is worth
 * @throws InputError when an argument is not what it should be
 *
 * Source: the Karush–Kuhn–Tucker conditions of AC eq. 15.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6,
 * });
 * const bounds = { upper: 250_000 };
 * const { schedule } = requireOptimal(boundedSchedule(problem, bounds));
 * const { verdict, slices } = explainSchedule(problem, schedule, bounds);
 * verdict; // → optimal
 * slices.map(({ binds }) => binds ?? "nothing"); // → ["upper bound","upper bound","nothing","nothing","nothing"]
 * Math.round(1e4 * (slices[0].limitPrice ?? 0)) / 1e4; // → 2.2319
 * const { costSaved = 0, riskCarried = 1 } = slices[2];
 * Math.abs(costSaved / riskCarried - 1) < 1e-10; // → true
 * ```
 */
export function explainSchedule(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds?: TradeBounds,
): ScheduleExplanation {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const arrays = bounds === undefined ? freeBounds(problem) : checkBounds(problem, bounds);
  return explanationOf(problem, schedule, arrays, certify(problem, schedule, bounds).verdict);
}

/** The explanation for callers that have checked their arguments and have the verdict already. */
export function explanationOf(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: Readonly<Record<keyof BoundArrays, ArrayLike<number>>>,
  verdict: Certificate["verdict"],
): ScheduleExplanation {
  const held = holding(problem, schedule, bounds);
  const { cost, risk, commonCost } = sides(problem, schedule, held);
  const slices = schedule.trades.map((trade, k): ExplainedSlice => {
    const isLast = k === problem.intervals - 1;
    const above = cost[k] + risk[k] - commonCost;
    const binds = held[k];
    return Object.freeze({
      interval: k + 1,
      trade,
      costSaved: isLast ? undefined : apart(cost[k], cost[k + 1]),
      riskCarried: isLast ? undefined : apart(risk[k + 1], risk[k]),
      binds,
      limitPrice: verdict === "optimal" ? priceOf(binds, above) : undefined,
    });
  });
  const imbalance = held.reduce(
    (worst, limit, k) =>
      limit === undefined ? Math.max(worst, Math.abs(cost[k] + risk[k] - commonCost)) : worst,
    0,
  );
  const rest = problem.intervals;
  const remainder = mayLeave(problem)
    ? explainedRemainder(remainderOf(schedule), held[rest], commonCost - cost[rest] - risk[rest], verdict)
    : undefined;
  const sentences = [
    ...explained(problem, verdict, slices),
    ...(remainder === undefined ? [] : remainderWords(problem, remainder, slices)),
  ];
  return Object.freeze({ verdict, slices: Object.freeze(slices), remainder, imbalance, sentences });
}

/** The difference of two marginal costs; 0 where it is no more than their own rounding. */
function apart(one: number, other: number): number {
  const difference = one - other;
  return Math.abs(difference) <= 1e-13 * Math.max(Math.abs(one), Math.abs(other)) ? 0 : difference;
}

function explainedRemainder(
  shares: number,
  limit: BindingLimit | undefined,
  saving: number,
  verdict: Certificate["verdict"],
): ExplainedRemainder {
  const binds = limit === undefined ? undefined : limit === "upper bound" ? "most left" : "finished";
  return Object.freeze({
    shares,
    binds,
    saving: verdict !== "optimal" ? undefined : binds === undefined ? 0 : saving,
  });
}

/** What holds each slice, and the rest where one may be left, to a billionth of the order. */
function holding(
  problem: ExecutionProblem,
  schedule: Schedule,
  { lower, upper }: Readonly<Record<keyof BoundArrays, ArrayLike<number>>>,
): (BindingLimit | undefined)[] {
  const { halfSpreads, open } = marketOf(problem);
  const near = 1e-9 * problem.shares;
  return withRest(problem, schedule).trades.map((n, k) => {
    // A pause is a closed interval by another name.
    if (open[k] === 0 || (lower[k] === 0 && upper[k] === 0)) return "closed";
    if (n >= upper[k] - near) return "upper bound";
    if (n <= lower[k] + near) return "lower bound";
    return Math.abs(n) <= near && halfSpreads[k] > 0 ? "spread" : undefined;
  });
}

/** Both sides of each slice's trade-off, at the margin. */
interface Sides {
  /** ∂E/∂n_k with the spread (currency/share). */
  readonly cost: Float64Array;
  /** λ ∂V/∂n_k (currency/share). */
  readonly risk: Float64Array;
  /** The sum of both, common to all slices that nothing binds (currency/share). */
  readonly commonCost: number;
}

function sides(
  problem: ExecutionProblem,
  schedule: Schedule,
  held: readonly (BindingLimit | undefined)[],
): Sides {
  const ε = withRestEntry(problem, marketOf(problem).halfSpreads, 0);
  const { trades } = withRest(problem, schedule);
  const { cost, variance } = marginalParts(problem, schedule);
  const risk = variance.map((value) => problem.riskAversion * value);
  for (let k = 0; k < cost.length; k++) cost[k] += ε[k] * Math.sign(trades[k]);
  const commonCost = commonOf(held, (k) => cost[k] + risk[k]);
  // At a trade of 0 the spread's slope is anything from −ε to ε: as near to the common cost as it can be.
  for (let k = 0; k < cost.length; k++) {
    if (trades[k] !== 0) continue;
    cost[k] += Math.min(ε[k], Math.max(-ε[k], commonCost - cost[k] - risk[k]));
  }
  return { cost, risk, commonCost };
}

/** The mean over slices that nothing binds; where all are bound, a price that fits the bounds if any does. */
function commonOf(held: readonly (BindingLimit | undefined)[], total: (k: number) => number): number {
  const of = (limit: BindingLimit | undefined): number[] =>
    held.flatMap((one, k) => (one === limit ? [total(k)] : []));
  const free = of(undefined);
  if (free.length > 0) return free.reduce((sum, value) => sum + value, 0) / free.length;
  const capped = of("upper bound");
  return capped.length > 0 ? Math.max(...capped) : Math.min(...of("lower bound"));
}

/** The value of one more share of a limit, from how far the slice's own marginal cost lies above the common one. */
function priceOf(limit: BindingLimit | undefined, above: number): number {
  if (limit === "upper bound" || limit === "closed") return Math.max(0, -above);
  return limit === "lower bound" ? Math.max(0, above) : 0;
}
