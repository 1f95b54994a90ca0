/**
 * Whether something is a schedule of a problem: checked on every call that takes one.
 *
 * @module
 */
import { anyFinite, checkNumber, checkNumbers, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, Sum } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { gridTimes, uniformMarket } from "./market";
import { type PathSums, pathSums } from "./pathSums";
import { mayLeave } from "./remainder";
import { hasGridOf, type Schedule } from "./schedule";

/** Refuses trades in intervals in which the problem's profile allows none. */
export function checkClosed({ profile }: ExecutionProblem, name: string, trades: Series): void {
  const open = profile?.open;
  if (open === undefined) return;
  for (let k = 0; k < open.length; k++) {
    if (open[k] || trades[k] === 0) continue;
    throw new InputError(
      `${name}[${k}]`,
      trades[k],
      "0 (shares): profile.open says that this interval is closed",
    );
  }
}

/** How far numbers of one schedule may be apart beside their largest holding: some thousand times their rounding. */
const roundingShare = 1e-12;

/**
 * Rejects anything that is not a schedule of this problem: entries that are not finite numbers, trades that are not what
 * holdings differ by, another order, another grid. Every schedule is checked on every call, those made by this library too,
 * since their arrays can be changed; only the grid of one made here is known without a check.
 *
 * @returns the sums that the look has formed
 */
export function checkSchedule(problem: ExecutionProblem, schedule: Schedule): PathSums {
  if (!Array.isArray(schedule?.remaining) || !Array.isArray(schedule?.trades)) {
    throw new InputError(
      "schedule",
      schedule,
      "a schedule with the arrays remaining and trades",
      "scheduleFromTrades makes one of your numbers.",
    );
  }
  const { intervals: N, shares: X } = problem;
  const { remaining, trades } = schedule;
  if (trades.length !== N || remaining.length !== N + 1) {
    throw new InputError(
      "schedule",
      trades,
      `a schedule of ${N} intervals, as the problem has`,
      "Make the schedule from this problem.",
    );
  }
  const isKnown = hasGridOf(problem, schedule);
  if (!isKnown) checkEntries(schedule, N);
  if (!(Math.abs(remaining[0] - X) <= 1e-9 * X)) {
    throw new InputError(
      "schedule.remaining[0]",
      remaining[0],
      `the problem's ${X} shares`,
      "Make the schedule from this problem.",
    );
  }
  const sums = pathSums(schedule);
  // Where the sum of squares is so small, so is every difference, and their sum.
  const doubt = 1e-9 * X;
  const mostLeft = mayLeave(problem) ? X : 0;
  const isEnded = remaining[N] >= -doubt && remaining[N] <= mostLeft + doubt;
  if (!(sums.disagreement * N <= doubt * doubt && isEnded)) {
    checkEntries(schedule, N);
    checkAgreement(schedule, X, mostLeft);
  }
  if (isKnown) return sums;
  checkGrid(problem, schedule);
  checkClosed(problem, "schedule.trades", trades);
  return sums;
}

/** Refuses a schedule whose intervals begin and end at other times than the problem's. */
function checkGrid(problem: ExecutionProblem, { times }: Schedule): void {
  const { horizon, intervals: N, timeUnit } = problem;
  const tolerance = 1e-9 * horizon;
  const isUniform = uniformMarket(problem) !== undefined;
  const grid = isUniform ? times : gridTimes(problem);
  const step = horizon / N;
  for (let k = 0; k <= N; k++) {
    const off = times[k] - (isUniform ? k * step : grid[k]);
    if (off <= tolerance && -off <= tolerance) continue;
    throw new InputError(
      `schedule.times[${k}]`,
      times[k],
      `the problem's ${gridTimes(problem)[k]} ${timeUnit}`,
      "Make the schedule from this problem.",
    );
  }
}

/** Rejects entries that are not finite numbers, and a name that is not a string. */
function checkEntries({ name, remaining, trades, times }: Schedule, N: number): void {
  checkText("schedule.name", name);
  if (!isList(times) || times.length !== N + 1)
    checkNumbers("schedule.times", times, N + 1, anyFinite, "unit of time");
  checkAll("schedule.times", times, "unit of time");
  checkAll("schedule.trades", trades, "shares");
  checkAll("schedule.remaining", remaining, "shares");
}

/** By index: a hole is no entry that `forEach` would see. The name of an entry is formed only where the entry is wrong. */
function checkAll(parameter: string, values: readonly number[], unit: string): void {
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    // A difference to itself is 0 for finite numbers alone.
    if (typeof value === "number" && value - value === 0) continue;
    checkNumber(`${parameter}[${k}]`, value, anyFinite, unit);
  }
}

/**
 * Refuses a schedule that does not trade the order from X to what may be left, or whose trades are not what its holdings differ by.
 *
 * A billionth of the order is less than any trade. Where a strong drift makes holdings many times the order,
 * differences of holdings carry the rounding of the holdings, some 1e-16 of the largest for each operation behind it,
 * and a schedule must not be refused for that: a trillionth of the largest holding is allowed as well.
 */
function checkAgreement({ remaining, trades }: Schedule, shares: number, mostLeft: number): void {
  let largest = 0;
  for (const x of remaining) largest = Math.max(largest, Math.abs(x));
  const tolerance = Math.max(1e-9 * shares, roundingShare * largest);
  const N = trades.length;
  const refuse = (name: string, value: unknown, allowed: string): never => {
    throw new InputError(name, value, allowed, "scheduleFromTrades makes a schedule of its trades alone.");
  };
  const left = remaining[N];
  if (!(left >= -tolerance && left <= mostLeft + tolerance)) {
    refuse(
      `schedule.remaining[${N}]`,
      left,
      mostLeft === 0 ? "0 shares" : `between 0 and the order's ${shares} shares`,
    );
  }
  const traded = new Sum();
  for (let k = 0; k < N; k++) {
    traded.add(trades[k]);
    const step = remaining[k] - remaining[k + 1];
    if (Math.abs(step - trades[k]) <= tolerance) continue;
    refuse(`schedule.trades[${k}]`, trades[k], `${step} shares, remaining[${k}] less remaining[${k + 1}]`);
  }
  if (!(Math.abs(traded.value + (mostLeft === 0 ? 0 : left) - shares) <= tolerance)) {
    refuse(
      "the sum of schedule.trades",
      traded.value,
      mostLeft === 0 ? `the problem's ${shares} shares` : `the problem's ${shares} shares less what remains`,
    );
  }
}
