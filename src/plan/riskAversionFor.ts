/**
 * λ in plain words: the risk aversion whose optimum does what a trader asks for.
 *
 * @module
 */

import { infeasibleWithin, optimaWithin } from "../compare/within";
import { costDistribution, valueAtRisk } from "../cost/distribution";
import { costReport } from "../cost/report";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { withRiskAversion } from "../model/remembered";
import type { Schedule } from "../model/schedule";
import type { BoundedInfeasible } from "../solve/bounded";
import { checkGoal, type Goal, goalWords, type RiskAversionGoal, valueWords } from "./riskAversionGoal";

import { type Point, scan } from "./riskAversionScan";

export type { RiskAversionGoal } from "./riskAversionGoal";

/** The risk aversion that meets a goal. */
export interface RiskAversionFound {
  /** There is one. */
  readonly status: "found";
  /** λ; of several, the smallest, which has the lowest expected cost (1/currency). */
  readonly riskAversion: number;
  /** All λ with the same value of the goal, where bounds make it flat: from `low` to `high`, which may be Infinity (1/currency). */
  readonly interval: {
    /** The lowest of them (1/currency). */
    readonly low: number;
    /** The highest of them, Infinity where there is none (1/currency). */
    readonly high: number;
  };
  /** Other λ that meet the goal, in rising order: they cost more and risk less (1/currency). */
  readonly others: readonly number[];
  /** The optimum for `riskAversion`. */
  readonly schedule: Schedule;
  /** The answer in words. */
  readonly message: string;
}

/** No risk aversion meets the goal. */
export interface RiskAversionImpossible {
  /** There is none. */
  readonly status: "impossible";
  /** The least value of the goal over all λ of 0 and above, in the goal's own unit. */
  readonly least: number;
  /** The greatest value, likewise. */
  readonly greatest: number;
  /** Why, in words. */
  readonly message: string;
}

/** What `riskAversionFor` finds. */
export type RiskAversionAnswer = RiskAversionFound | RiskAversionImpossible | BoundedInfeasible;

/**
 * The risk aversion whose optimum meets a goal: a fraction done by a time, an expected cost, a cost that is exceeded only with a given
 * probability, or a participation at the start.
 *
 * An expected cost, a fraction done and a participation rise with λ, so that one λ meets them, or an interval where bounds hold the
 * schedule. A quantile of the cost first falls, as risk does, and then rises: two λ can meet it.
 *
 * @param problem - a problem from `defineProblem`; its own `riskAversion` does not matter
 * @param goal - what the optimum is to do, see {@link RiskAversionGoal}
 * @param bounds - bounds on the trades, as for `boundedSchedule`; without them, trades may be any number
 * @returns λ, with others that meet the goal; or the range of what is possible; or the proof that no schedule satisfies the
 *   bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `optimalSchedule` does
 *
 * Source: AC § 2.3 and § 3.1, read from the schedule to λ.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 50, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   arrivalPrice: 50, timeUnit: "day", currency: "USD",
 * });
 * const half = riskAversionFor(problem, { kind: "done", fraction: 0.5, by: 1 });
 * half.status; // → found
 * if (half.status === "found") {
 *   half.message; // → "The optimum for a risk aversion of 1.31e-6/USD has 50% done within 1 day."
 *   Math.round(half.schedule.remaining[10]); // → 500000
 * }
 * const cheap = riskAversionFor(problem, { kind: "expectedCost", basisPoints: 40 });
 * cheap.message; // → "Impossible: the expected cost is at least 124.5 bp."
 * ```
 */
export function riskAversionFor(
  problem: ExecutionProblem,
  goal: RiskAversionGoal,
  bounds?: TradeBounds,
): RiskAversionAnswer {
  problem = checkProblem(problem);
  const checked = checkGoal(problem, goal);
  const infeasible = infeasibleWithin(problem, bounds);
  if (infeasible !== undefined) return infeasible;
  const optimumOf = optimaWithin(bounds);
  const optimumFor = (λ: number): Schedule => optimumOf(withRiskAversion(problem, λ));
  const valueAt = (λ: number): number => goalValue(problem, checked, optimumFor(λ));
  const points = scan(problem, valueAt);
  const roots = rootsOf(points, checked.target, valueAt);
  if (roots.length === 0) {
    const extremes = [smallestOf(points, valueAt, 1), -smallestOf(points, (λ) => -valueAt(λ), -1)] as const;
    return impossible(problem, checked, extremes);
  }
  const [first, ...others] = roots;
  const schedule = optimumFor(first.low);
  return Object.freeze({
    status: "found",
    riskAversion: first.low,
    interval: Object.freeze(first),
    others: Object.freeze(others.map(({ low }) => low)),
    schedule,
    message: goalWords(problem, checked, first, others),
  });
}

/** What a goal measures, of a schedule. */
function goalValue(problem: ExecutionProblem, goal: Goal, schedule: Schedule): number {
  switch (goal.kind) {
    case "done":
      return doneBy(schedule, goal.by) / problem.shares;
    case "expectedCost":
      return costReport(problem, schedule).expectedCost;
    case "costQuantile":
      return valueAtRisk(costDistribution(problem, schedule), goal.level);
    case "participation":
      return schedule.trades[goal.first] / goal.volume;
  }
}

/** Shares done by a time, along the line between two times of the grid. */
function doneBy({ times, remaining }: Schedule, by: number): number {
  const after = Math.max(
    1,
    times.findIndex((time) => time >= by),
  );
  const part = (by - times[after - 1]) / (times[after] - times[after - 1]);
  return remaining[0] - (remaining[after - 1] + part * (remaining[after] - remaining[after - 1]));
}

/** A difference of values that rounding alone may make. */
const sameness = 1e-11;

/** Intervals of λ where the value is the target, from the points between which it crosses or touches it. */
function rootsOf(
  points: readonly Point[],
  target: number,
  valueAt: (λ: number) => number,
): { readonly low: number; readonly high: number }[] {
  const isAt = (value: number): boolean => Math.abs(value - target) <= sameness * Math.abs(target);
  const roots: { low: number; high: number }[] = [];
  for (let i = 0; i < points.length; i++) {
    const [before, here] = [points[i - 1], points[i]];
    if (isAt(here.value)) {
      const low = before === undefined ? 0 : edge(here.λ, before.λ, (λ) => isAt(valueAt(λ)));
      while (i + 1 < points.length && isAt(points[i + 1].value)) i++;
      const after = points[i + 1];
      const high =
        after === undefined ? Number.POSITIVE_INFINITY : edge(points[i].λ, after.λ, (λ) => isAt(valueAt(λ)));
      roots.push({ low, high });
    } else if (before !== undefined && !isAt(before.value) && before.value > target !== here.value > target) {
      const isBefore = (λ: number): boolean => valueAt(λ) > target === before.value > target;
      const root = edge(before.λ, here.λ, isBefore);
      roots.push({ low: root, high: root });
    }
  }
  return roots;
}

/** The last λ, from one that holds towards one that does not, that still holds: by bisection, to rounding. */
function edge(from: number, to: number, holds: (λ: number) => boolean): number {
  let [good, bad] = [from, to];
  for (let i = 0; i < 100; i++) {
    // Below the grid's first λ, where 0 is the other end, halves lie as far apart as decades do elsewhere.
    const middle = good > 0 && bad > 0 ? Math.sqrt(good * bad) : 0.5 * (good + bad);
    if (middle === good || middle === bad) break;
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** The least value: at an end of the points, or near the lowest of them by golden sections. */
function smallestOf(points: readonly Point[], valueAt: (λ: number) => number, sign: 1 | -1): number {
  const values = points.map(({ value }) => sign * value);
  const lowest = values.indexOf(Math.min(...values));
  if (lowest <= 1 || lowest === points.length - 1) return values[lowest];
  let [a, b] = [Math.log(points[lowest - 1].λ), Math.log(points[lowest + 1].λ)];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const [c, d] = [b - golden * (b - a), a + golden * (b - a)];
    if (valueAt(Math.exp(c)) < valueAt(Math.exp(d))) b = d;
    else a = c;
  }
  return Math.min(values[lowest], valueAt(Math.exp(0.5 * (a + b))));
}

function impossible(
  problem: ExecutionProblem,
  goal: Goal,
  [least, greatest]: readonly [number, number],
): RiskAversionImpossible {
  const isTooLow = goal.target < least;
  const bound = isTooLow
    ? `at least ${valueWords(problem, goal, least)}`
    : `at most ${valueWords(problem, goal, greatest)}`;
  return Object.freeze({
    status: "impossible",
    least: goal.inUnit(least),
    greatest: goal.inUnit(greatest),
    // A budget that nothing exceeds is no bad news.
    message:
      isTooLow || !goal.isCost
        ? `Impossible: ${goal.subject} is ${bound}.`
        : `No risk aversion costs that much: ${goal.subject} is ${bound}.`,
  });
}
