/**
 * A desk's constraints, and the bounds on each trade that they imply.
 *
 * @module
 */
import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { gridTimes, marketOf } from "../model/market";
import { mayLeave } from "../model/remainder";
import {
  anyFinite,
  checkChoice,
  checkInteger,
  checkKeys,
  checkNumber,
  isList,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";

/** A cap on the order's fraction of the market's volume. */
export interface ParticipationCap {
  /** The fraction, above 0; below 1 of the total volume (0.1 is 10%). */
  readonly fraction: number;
  /**
   * Of what: `"others"` (default), the volume of `profile.volumes`, which the market trades without the order:
   * n_k ≤ f V_k; or `"total"`, that volume and the order's own trades together: n_k ≤ f (V_k + n_k).
   */
  readonly of?: "others" | "total" | undefined;
}

/** A time without trading. */
export interface TradingPause {
  /** When it begins (unit of time). */
  readonly from: number;
  /** When it ends (unit of time). */
  readonly to: number;
}

/** A trade that is fixed already. */
export interface FixedTrade {
  /** Its interval, counted from 1. */
  readonly interval: number;
  /** Its size (shares). */
  readonly shares: number;
}

/** What a schedule must satisfy besides the order and its clock. */
export interface PlanConstraints extends TradeBounds {
  /** Cap on the fraction of the market's volume in each interval; needs `profile.volumes`. */
  readonly participation?: ParticipationCap | undefined;
  /** Times without trading, from–to: an interval that one touches trades nothing (unit of time, from 0 to the horizon). */
  readonly pauses?: readonly TradingPause[] | undefined;
  /** Trades that are fixed already, by interval, counted from 1 (shares). */
  readonly fixed?: readonly FixedTrade[] | undefined;
  /** Size of a lot: every trade is a whole number of them (shares). */
  readonly lot?: number | undefined;
  /** The smallest trade that is worth sending: every trade is 0 or at least this (shares). */
  readonly minimumTrade?: number | undefined;
}

/** Checked constraints, kept separate so that one can be relaxed while the others stay. */
export interface Limits {
  readonly problem: ExecutionProblem;
  /** Bounds on each trade by `lower` and `upper` alone (shares). */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** The most that may be left, 0 where the order must finish (shares). */
  readonly mostLeft: number;
  readonly participation: { readonly fraction: number; readonly of: "others" | "total" } | undefined;
  /** Intervals that a pause touches. */
  readonly paused: Uint8Array;
  /** Fixed trades, NaN where there is none (shares). */
  readonly fixed: Float64Array;
  /** Which of the constraints were given. */
  readonly has: { readonly lower: boolean; readonly upper: boolean; readonly pauses: boolean };
  readonly lots: { readonly lot: number; readonly minimumTrade: number | undefined } | undefined;
}

const known = ["lower", "upper", "mostLeft", "participation", "pauses", "fixed", "lot", "minimumTrade"];

export function checkLimits(problem: ExecutionProblem, constraints: PlanConstraints): Limits {
  const given = checkKeys("constraints", constraints, known);
  const bounds = { lower: given.lower, upper: given.upper, mostLeft: given.mostLeft } as TradeBounds;
  const arrays = checkBounds(problem, bounds);
  const { intervals: N } = problem;
  // What may be left is the last of the upper bounds.
  const [lower, upper] = [arrays.lower.slice(0, N), arrays.upper.slice(0, N)];
  const mostLeft = arrays.upper[N] ?? 0;
  const { lot, minimumTrade } = given;
  if (minimumTrade !== undefined && lot === undefined) {
    throw new InputError(
      "constraints.lot",
      lot,
      "given with a minimumTrade (shares)",
      "A lot of 1 share will do.",
    );
  }
  return {
    ...{ problem, lower, upper, mostLeft },
    participation: checkParticipation(problem, given.participation),
    paused: checkPauses(problem, given.pauses),
    fixed: checkFixed(problem, given.fixed),
    has: {
      lower: given.lower !== undefined,
      upper: given.upper !== undefined,
      pauses: given.pauses !== undefined,
    },
    lots:
      lot === undefined
        ? undefined
        : { lot: lot as number, minimumTrade: minimumTrade as number | undefined },
  };
}

function checkParticipation(problem: ExecutionProblem, value: unknown): Limits["participation"] {
  if (value === undefined) return undefined;
  const given = checkKeys("constraints.participation", value, ["fraction", "of"]);
  const fraction = checkNumber(
    "constraints.participation.fraction",
    given.fraction,
    positive,
    "fraction of volume",
  );
  const of = checkChoice("constraints.participation.of", given.of ?? "others", ["others", "total"] as const);
  if (of === "total" && fraction >= 1) {
    throw new InputError("constraints.participation.fraction", fraction, "below 1 of the total volume");
  }
  if (problem.profile?.volumes === undefined) {
    throw new InputError(
      "problem.profile.volumes",
      undefined,
      "given for a cap on participation (shares)",
      "Build it from past days with volumeProfile, or give N numbers.",
    );
  }
  return { fraction, of };
}

function checkPauses(problem: ExecutionProblem, value: unknown): Uint8Array {
  const paused = new Uint8Array(problem.intervals);
  if (value === undefined) return paused;
  if (!isList(value)) throw new InputError("constraints.pauses", value, "an array of { from, to }");
  const times = gridTimes(problem);
  const { timeUnit, horizon } = problem;
  for (let i = 0; i < value.length; i++) {
    const name = `constraints.pauses[${i}]`;
    const pause = checkKeys(name, value[i], ["from", "to"]);
    const from = checkNumber(`${name}.from`, pause.from, notNegative, timeUnit);
    const to = checkNumber(`${name}.to`, pause.to, anyFinite, timeUnit);
    if (!(to > from && to <= horizon * (1 + 1e-9))) {
      throw new InputError(
        `${name}.to`,
        to,
        `above ${from}, where the pause begins, and at most ${horizon} (${timeUnit})`,
      );
    }
    // An interval that only touches the pause at an end is not part of it.
    const slack = 1e-9 * horizon;
    for (let k = 0; k < paused.length; k++) {
      if (times[k] < to - slack && times[k + 1] > from + slack) paused[k] = 1;
    }
  }
  return paused;
}

function checkFixed(problem: ExecutionProblem, value: unknown): Float64Array {
  const fixed = new Float64Array(problem.intervals).fill(Number.NaN);
  if (value === undefined) return fixed;
  if (!isList(value)) throw new InputError("constraints.fixed", value, "an array of { interval, shares }");
  for (let i = 0; i < value.length; i++) {
    const name = `constraints.fixed[${i}]`;
    const entry = checkKeys(name, value[i], ["interval", "shares"]);
    const interval = checkInteger(`${name}.interval`, entry.interval, 1, problem.intervals);
    if (!Number.isNaN(fixed[interval - 1])) {
      throw new InputError(`${name}.interval`, interval, "an interval that no other entry fixes");
    }
    fixed[interval - 1] = checkNumber(`${name}.shares`, entry.shares, anyFinite, "shares");
  }
  return fixed;
}

/** Shares that a cap lets each interval trade. */
export function capsOf(problem: ExecutionProblem, { fraction, of }: ParticipationCap): Float64Array {
  const factor = of === "total" ? fraction / (1 - fraction) : fraction;
  return Float64Array.from(problem.profile?.volumes ?? [], (volume) => factor * volume);
}

/** The bounds that limits imply on each trade, and on what may be left where something may. */
export interface ImpliedBounds {
  readonly lower: number[];
  readonly upper: number[];
  readonly mostLeft?: number;
}

/** The bounds that limits imply; a fixed trade overrides all other limits. */
export function boundsOf(limits: Limits): ImpliedBounds {
  const { problem, participation, paused, fixed } = limits;
  const caps = participation === undefined ? undefined : capsOf(problem, participation);
  const { open } = marketOf(problem);
  const [lower, upper] = [Array.from(limits.lower), Array.from(limits.upper)];
  for (let k = 0; k < lower.length; k++) {
    if (caps !== undefined) {
      upper[k] = Math.min(upper[k], caps[k]);
      // A cap holds whichever way the order trades.
      lower[k] = Math.max(lower[k], -caps[k]);
    }
    if (paused[k] === 1 || open[k] === 0) lower[k] = upper[k] = 0;
    if (!Number.isNaN(fixed[k])) lower[k] = upper[k] = fixed[k];
  }
  return mayLeave(problem) ? { lower, upper, mostLeft: limits.mostLeft } : { lower, upper };
}
