/**
 * A schedule: how many shares remain after each interval, and therefore how many each interval trades. Papers
 * call it a *trajectory*; the two words mean the same.
 *
 * @module
 */

import { beyondRange, type Series, Sum, unfilledArray } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { gridTimes, marketOf, uniformMarket } from "./market";

/**
 * An execution schedule over N intervals; shares are positive for both sides. Its arrays are not frozen, which would box
 * every number and take a hundred times as long: every call that takes a schedule looks again whether its holdings and
 * trades agree.
 */
export interface Schedule {
  /** What to call it in charts and tables, for example `"Optimal"`. */
  readonly name: string;
  /** x_0 … x_N, shares still to trade at the times `times` (N + 1 numbers; x_0 = X, and x_N = 0 unless shares may be left). */
  readonly remaining: readonly number[];
  /** n_1 … n_N, shares traded in each interval, n_k = x_{k−1} − x_k (N numbers, negative only where the schedule reverses). */
  readonly trades: readonly number[];
  /** v_1 … v_N, trading rates n_k / τ (N numbers, shares per unit of time). */
  readonly rates: readonly number[];
  /** t_0 … t_N, the grid kτ (N + 1 numbers, unit of time). */
  readonly times: readonly number[];
}

/**
 * Builds a schedule from holdings and trades that a solver or a baseline has computed, each in its own most
 * accurate way. Not for schedules from outside: those are to be checked first. Throws RangeError where a number is
 * infinite or none.
 */
export function makeSchedule(
  problem: ExecutionProblem,
  name: string,
  remaining: readonly number[],
  trades: readonly number[],
): Schedule {
  if (trades.length > mostWrittenOut) return makeLong(problem, name, remaining, trades);
  const rates = unfilledArray(trades.length);
  if (!fillRates(problem, remaining, trades, rates)) throw outOfRange(name, remaining);
  const times = gridTimes(problem);
  if (problem.profile !== undefined) return Object.freeze({ name, remaining, trades, rates, times });
  return Object.freeze(new EvenSchedule(name, remaining, trades, rates, times));
}

/** The same of a problem without a profile, where the solver has written the rates, all of them finite. */
export function makeEvenSchedule(
  problem: ExecutionProblem,
  name: string,
  { remaining, trades, rates }: Pick<Schedule, "remaining" | "trades" | "rates">,
): Schedule {
  return Object.freeze(new EvenSchedule(name, remaining, trades, rates, gridTimes(problem)));
}

/**
 * A schedule that was made here, on an even grid: its prototype tells it from others, and that its arrays hold numbers, at
 * no cost. Otherwise it is an object as braces make it.
 */
class EvenSchedule implements Schedule {
  constructor(
    readonly name: string,
    readonly remaining: readonly number[],
    readonly trades: readonly number[],
    readonly rates: readonly number[],
    readonly times: readonly number[],
  ) {}
}
Object.defineProperty(EvenSchedule.prototype, "constructor", { value: Object });

/** Up to here two arrays more cost less than the getters that would make them when they are asked for. */
export const mostWrittenOut = 2000;

/** A long schedule, whose rates and times are made when they are first asked for: most calls need neither. */
function makeLong(
  problem: ExecutionProblem,
  name: string,
  remaining: readonly number[],
  trades: readonly number[],
): Schedule {
  requireRange(problem, name, remaining, trades);
  let rates: readonly number[] | undefined;
  let times: readonly number[] | undefined;
  const schedule: Schedule = Object.freeze({
    name,
    remaining,
    trades,
    get rates(): readonly number[] {
      rates ??= tradingRates(problem, trades);
      return rates;
    },
    get times(): readonly number[] {
      times ??= gridTimes(problem);
      return times;
    },
  });
  grids.set(schedule, problem);
  return schedule;
}

/** The problems whose grids the long schedules have: to compare them number by number would make what nobody asked for. */
const grids = new WeakMap<object, ExecutionProblem>();

/** Whether a schedule was made here, so that its arrays hold numbers, whatever has become of these since. */
export function holdsNumbers(schedule: Schedule): boolean {
  return Object.getPrototypeOf(schedule) === EvenSchedule.prototype || grids.has(schedule);
}

/** Whether a schedule was made here on the problem's grid and with its open intervals. */
export function hasGridOf({ horizon, intervals, profile }: ExecutionProblem, schedule: Schedule): boolean {
  if (Object.getPrototypeOf(schedule) === EvenSchedule.prototype) {
    return profile === undefined && Math.abs(schedule.times[intervals] - horizon) <= 1e-9 * horizon;
  }
  const grid = grids.get(schedule);
  return grid?.horizon === horizon && grid.intervals === intervals && grid.profile === profile;
}

/** Refuses holdings and rates that are infinite or none, without making the rates. */
function requireRange(
  problem: ExecutionProblem,
  name: string,
  remaining: readonly number[],
  trades: readonly number[],
): void {
  // A difference of a number to itself is 0 unless it is infinite or none.
  let [probe, largest] = [0, 0];
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    probe += remaining[k] - remaining[k] + (n - n);
    if (n > largest) largest = n;
    else if (-n > largest) largest = -n;
  }
  if (probe === 0 && Number.isFinite(largest / (evenLength(problem) ?? 0))) return;
  if (!fillRates(problem, remaining, trades, unfilledArray(trades.length))) throw outOfRange(name, remaining);
}

/** The refusal of a schedule with a number that is infinite or none. */
function outOfRange(name: string, remaining: readonly number[]): RangeError {
  return beyondRange(
    remaining.every(Number.isFinite)
      ? `A trading rate of the schedule "${name}"`
      : `A holding of the schedule "${name}"`,
  );
}

/** x_0 … x_N after trades, by compensated sums; the last one is what rounding leaves of the order, or what is left of it. */
export function holdingsAfter(shares: number, trades: Series): number[] {
  const left = new Sum();
  left.add(shares);
  const remaining = [shares];
  for (const n of trades) {
    left.add(-n);
    remaining.push(left.value);
  }
  return remaining;
}

/** v_1 … v_N. */
function tradingRates(problem: ExecutionProblem, trades: readonly number[]): number[] {
  const rates = unfilledArray(trades.length);
  fillRates(problem, trades, trades, rates);
  return rates;
}

/** Writes v_1 … v_N; whether these and the holdings x_0 … x_{N−1} are finite, which costs nothing beside the divisions. */
function fillRates(
  problem: ExecutionProblem,
  remaining: readonly number[],
  trades: readonly number[],
  rates: number[],
): boolean {
  let probe = 0;
  const τ = evenLength(problem);
  if (τ !== undefined) {
    for (let k = 0; k < rates.length; k++) {
      const x = remaining[k];
      const v = trades[k] / τ;
      rates[k] = v;
      probe += x - x + (v - v);
    }
    return probe === 0;
  }
  const { lengths } = marketOf(problem);
  for (let k = 0; k < rates.length; k++) {
    const x = remaining[k];
    const v = trades[k] / lengths[k];
    rates[k] = v;
    probe += x - x + (v - v);
  }
  return probe === 0;
}

/** τ where nothing varies; undefined where something does. */
function evenLength(problem: ExecutionProblem): number | undefined {
  return problem.profile === undefined ? problem.horizon / problem.intervals : uniformMarket(problem)?.length;
}
