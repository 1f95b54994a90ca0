/**
 * Schedules to compare with: what a desk does without an optimizer.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf, uniformMarket } from "../model/market";
import { checkProblem } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { checkKeys, checkNumber, checkNumbers, notNegative, portion } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { finite, type Series, total, unfilledArray } from "../support/numbers";

/**
 * Equal slices over the horizon, known as TWAP after the time-weighted average price that it follows. In a market that does
 * not vary it is the cheapest schedule in expectation, and the optimum of a trader without risk aversion.
 *
 * @param problem - a problem from `defineProblem`
 * @returns N trades of X/N, called `"TWAP"`; with a profile, trades in proportion to the lengths of the open intervals
 * @throws InputError when `problem` is not from `defineProblem`
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: AC eq. 9.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1 });
 * equalSchedule(problem).trades; // → [250, 250, 250, 250]
 * equalSchedule(problem).remaining; // → [1000, 750, 500, 250, 0]
 * ```
 */
export function equalSchedule(problem: ExecutionProblem): Schedule {
  problem = checkProblem(problem);
  const { shares: X, intervals: N } = problem;
  if (uniformMarket(problem) === undefined) {
    const { lengths, open } = marketOf(problem);
    return inProportion(
      problem,
      "TWAP",
      lengths.map((length, k) => length * open[k]),
    );
  }
  const remaining = unfilledArray(N + 1);
  for (let k = 0; k <= N; k++) remaining[k] = (X * (N - k)) / N;
  return makeSchedule(problem, "TWAP", remaining, unfilledArray(N).fill(X / N));
}

/** Trades in proportion to weights, whose sum is above 0. */
function inProportion(problem: ExecutionProblem, name: string, weights: Series): Schedule {
  const { shares: X } = problem;
  const sum = total(weights);
  const trades = unfilledArray(weights.length);
  for (let k = 0; k < trades.length; k++) trades[k] = X * (weights[k] / sum);
  return makeSchedule(problem, name, remainingAfter(X, trades), trades);
}

/**
 * Everything in the first interval that is open: no risk under timing `"start"`, and all the impact.
 *
 * @param problem - a problem from `defineProblem`
 * @returns one trade of X, then none, called `"Immediate"`
 * @throws InputError when `problem` is not from `defineProblem`
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: AC eqs. 12 and 13 for its cost.
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1 });
 * immediateSchedule(problem).trades; // → [1000, 0, 0, 0]
 * ```
 */
export function immediateSchedule(problem: ExecutionProblem): Schedule {
  problem = checkProblem(problem);
  const { shares: X, intervals: N, profile } = problem;
  const first = profile?.open?.indexOf(true) ?? 0;
  const remaining = Array.from({ length: N + 1 }, (_, k) => (k <= first ? X : 0));
  const trades = Array.from({ length: N }, (_, k) => (k === first ? X : 0));
  return makeSchedule(problem, "Immediate", remaining, trades);
}

/**
 * Trades in proportion to a volume profile: with the market's own volumes this follows its volume-weighted average
 * price (VWAP). A day's volumes are known only after the close, so in practice use a forecast.
 *
 * @param problem - a problem from `defineProblem`
 * @param volumes - expected market volume of each interval, 0 or above, not all 0; only the proportions count (default the
 *   problem's `profile.volumes`). Closed intervals are left out
 * @returns N trades of X·volume/Σvolume, called `"VWAP-like"`
 * @throws InputError when `problem` is not from `defineProblem`, or `volumes` are not N such numbers
 * @throws RangeError when a result leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1 });
 * volumeSchedule(problem, [4, 1, 1, 4]).trades; // → [400, 100, 100, 400]
 * ```
 */
export function volumeSchedule(problem: ExecutionProblem, volumes?: Series): Schedule {
  problem = checkProblem(problem);
  return inProportion(problem, "VWAP-like", checkVolumes(problem, volumes));
}

/** Options of `participationSchedule`. */
export interface ParticipationOptions {
  /** Fraction of the market's volume to trade, above 0 and at most 1. */
  readonly participation: number;
  /** Expected market volume of each interval, 0 or above, not all 0 (N numbers, shares; default `profile.volumes`). */
  readonly volumes?: Series | undefined;
}

/** What comes of trading a fixed fraction of the market's volume. */
export type ParticipationResult =
  | {
      /** The order is done within the horizon. */
      readonly status: "done";
      /** The schedule, which trades the whole order. */
      readonly schedule: Schedule;
      /** Nothing is left. */
      readonly remainder: 0;
    }
  | {
      /** The horizon ends before the order does. */
      readonly status: "unfinished";
      /** n_1 … n_N, what is traded (shares). */
      readonly trades: readonly number[];
      /** x_0 … x_N, ending at `remainder` (shares). */
      readonly remaining: readonly number[];
      /** What is left (shares). */
      readonly remainder: number;
      /** The smallest participation that would finish: X/Σvolume. Above 1 the volume itself is too small. */
      readonly sufficientParticipation: number;
      /** What is left, and what would do, in words. */
      readonly message: string;
    };

/**
 * Trades a fixed fraction of each interval's expected volume until the order is done (percentage of volume, POV).
 *
 * @param problem - a problem from `defineProblem`
 * @param options - the participation, and the market's volumes; closed intervals are left out
 * @returns `"done"` with a schedule called `"POV"`, or `"unfinished"` with the remainder and the participation that would do
 * @throws InputError when an argument is not what it should be
 * @throws RangeError when a result leaves the range of doubles
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1 });
 * const volumes = [4000, 4000, 4000, 4000];
 * const done = participationSchedule(problem, { participation: 0.1, volumes });
 * if (done.status === "done") done.schedule.trades; // → [400, 400, 200, 0]
 * const slow = participationSchedule(problem, { participation: 0.05, volumes });
 * slow.remainder; // → 200
 * if (slow.status === "unfinished") slow.sufficientParticipation; // → 0.0625
 * ```
 */
export function participationSchedule(
  problem: ExecutionProblem,
  options: ParticipationOptions,
): ParticipationResult {
  problem = checkProblem(problem);
  const given = checkKeys("participationSchedule's options", options, ["participation", "volumes"]);
  const participation = checkNumber("participation", given.participation, portion, "fraction of volume");
  const usable = checkVolumes(problem, given.volumes);
  const { shares: X } = problem;
  let left = X;
  const trades = usable.map((volume) => {
    const trade = Math.min(participation * volume, left);
    left -= trade;
    return trade;
  });
  const remaining = remainingAfter(X, trades);
  if (remaining[trades.length] === 0) {
    return Object.freeze({
      status: "done",
      schedule: makeSchedule(problem, "POV", remaining, trades),
      remainder: 0,
    });
  }
  const sufficient = finite("The participation that would finish", X / total(usable));
  return Object.freeze({
    status: "unfinished",
    trades: Object.freeze(trades),
    remaining: Object.freeze(remaining),
    remainder: left,
    sufficientParticipation: sufficient,
    message:
      `The schedule is unfinished: at ${formatSignificant(100 * participation)}% of the volume, ` +
      `${formatSignificant(left, 6)} of ${formatSignificant(X, 6)} shares are left at the horizon. ` +
      (sufficient <= 1
        ? `A participation of ${formatSignificant(sufficient, 6)} would finish.`
        : "The order is larger than the whole volume."),
  });
}

/** The volumes in which the order may take part, not all 0: those that are given, or the profile's. */
function checkVolumes(problem: ExecutionProblem, volumes: unknown): number[] {
  const { intervals, profile } = problem;
  const given = volumes ?? profile?.volumes;
  if (given === undefined) {
    throw new InputError(
      "volumes",
      undefined,
      `an array of ${intervals} numbers (shares)`,
      "Or give the problem profile.volumes.",
    );
  }
  const usable = checkNumbers("volumes", given, intervals, notNegative, "shares");
  profile?.open?.forEach((isOpen, k) => {
    if (!isOpen) usable[k] = 0;
  });
  const sum = total(usable);
  if (sum > 0 && Number.isFinite(sum)) return usable;
  throw new InputError(
    "the sum of volumes",
    sum,
    "a finite number above 0 (shares)",
    sum === 0
      ? "All volumes are 0, so there is no profile to follow."
      : "Together these volumes are more than a number can hold: state them in larger units.",
  );
}

/** What remains after each trade; the end is 0 where only rounding keeps it from it. */
function remainingAfter(shares: number, trades: readonly number[]): number[] {
  const remaining = unfilledArray(trades.length + 1);
  remaining[0] = shares;
  let left = shares;
  for (let k = 0; k < trades.length; k++) {
    // Rounding must not leave a rest of the other side.
    left = Math.max(0, left - trades[k]);
    remaining[k + 1] = left;
  }
  if (Math.abs(left) <= 1e-9 * shares) remaining[trades.length] = 0;
  return remaining;
}
