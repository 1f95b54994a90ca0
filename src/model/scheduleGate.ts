/**
 * Schedules from outside: from numbers of any origin, checked against the order, the grid and each other.
 *
 * @module
 */
import { anyFinite, checkName, checkNumber, checkNumbers, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, Sum, total } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { gridTimes, uniformMarket } from "./market";
import { type PathSums, pathSums } from "./pathSums";
import { checkProblem } from "./problem";
import { mayLeave } from "./remainder";
import { hasGridOf, makeSchedule, type Schedule } from "./schedule";

/**
 * A schedule by its trades, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param trades - n_1 … n_N, negative where the schedule trades against the order; they must sum to the order, or to less where
 *   the problem has a `remainderPrice` (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N finite numbers, or their sum is off the order by more than 1e-9 of it
 * @throws RangeError when a holding or a trading rate leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromTrades(problem, [50, 30, 20]).remaining; // → [100, 50, 20, 0]
 * ```
 */
export function scheduleFromTrades(problem: ExecutionProblem, trades: Series, name = "Given"): Schedule {
  problem = checkProblem(problem);
  const given = checkNumbers("trades", trades, problem.intervals, anyFinite, "shares");
  checkClosed(problem, "trades", given);
  const sum = total(given);
  const { shares } = problem;
  const isUnfinished = mayLeave(problem) && sum >= 0 && sum < shares * (1 - 1e-9);
  if (!(Math.abs(sum - shares) <= 1e-9 * shares || isUnfinished)) {
    throw new InputError(
      "the sum of trades",
      sum,
      mayLeave(problem) ? `between 0 and the order's ${shares} shares` : `the order's ${shares} shares`,
      Number.isFinite(sum) ? hintOf(problem, sum) : "",
    );
  }
  const left = new Sum();
  left.add(shares);
  const remaining = [shares];
  for (const n of given) {
    left.add(-n);
    remaining.push(left.value);
  }
  if (!isUnfinished) remaining[problem.intervals] = 0;
  return makeSchedule(problem, checkName("name", name), remaining, [...given]);
}

function hintOf(problem: ExecutionProblem, sum: number): string {
  const off = `It is off by ${sum - problem.shares} shares.`;
  if (mayLeave(problem) || !(sum >= 0 && sum < problem.shares)) return off;
  return `${off} A problem with a remainderPrice may leave shares.`;
}

/**
 * A schedule by what remains after each interval, from any source, checked.
 *
 * @param problem - a problem from `defineProblem`
 * @param remaining - x_0 … x_N, beginning with the order and ending with 0, or with what is left where the problem has a
 *   `remainderPrice` (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N + 1 finite numbers, the ends are off by more than 1e-9 of the order, or two
 *   neighbors are so far apart that the trade between them is not a finite number
 * @throws RangeError when a trading rate leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 100, horizon: 1, intervals: 3, volatility: 0, temporaryImpact: 1 });
 * scheduleFromRemaining(problem, [100, 50, 20, 0]).trades; // → [50, 30, 20]
 * ```
 */
export function scheduleFromRemaining(
  problem: ExecutionProblem,
  remaining: Series,
  name = "Given",
): Schedule {
  problem = checkProblem(problem);
  const { shares, intervals } = problem;
  const given = checkNumbers("remaining", remaining, intervals + 1, anyFinite, "shares");
  for (const [k, end] of [
    [0, shares],
    [intervals, 0],
  ] as const) {
    if (Math.abs(given[k] - end) <= 1e-9 * shares) continue;
    if (k > 0 && mayLeave(problem) && given[k] > 0 && given[k] <= shares) continue;
    throw new InputError(
      `remaining[${k}]`,
      given[k],
      k === 0
        ? `the order's ${shares} shares`
        : mayLeave(problem)
          ? `between 0 and the order's ${shares} shares`
          : "0 shares",
    );
  }
  const last = given[intervals] > 1e-9 * shares ? given[intervals] : 0;
  const x = [shares, ...given.slice(1, -1), last];
  const trades = x.slice(1).map((after, k) => x[k] - after);
  const far = trades.findIndex((n) => !Number.isFinite(n));
  if (far !== -1) {
    throw new InputError(
      `remaining[${far + 1}]`,
      x[far + 1],
      `so near to remaining[${far}] that the trade between them is a finite number (shares)`,
    );
  }
  checkClosed(problem, "the trades between remaining", trades);
  return makeSchedule(problem, checkName("name", name), x, trades);
}

/** Refuses trades in intervals in which the problem's profile allows none. */
function checkClosed({ profile }: ExecutionProblem, name: string, trades: Series): void {
  profile?.open?.forEach((isOpen, k) => {
    if (isOpen || trades[k] === 0) return;
    throw new InputError(
      `${name}[${k}]`,
      trades[k],
      "0 (shares): profile.open says that this interval is closed",
    );
  });
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
