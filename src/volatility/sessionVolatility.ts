/**
 * Price volatility from prices within sessions: nights left out, missing rows counted with the time that really passed.
 *
 * @module
 */
import {
  checkChoice,
  checkEach,
  checkHas,
  checkKeys,
  checkNumber,
  checkText,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { logInterval, type PriceVolatility } from "../support/estimate";
import { Sum, total } from "../support/numbers";
import type { PricesBySession } from "../support/sessions";
import { changesBySession, nightMoves, type SessionChanges } from "./sessionChanges";
import { varianceSettings } from "./variance";

/** How σ is to be estimated. */
export interface SessionVolatilityOptions {
  /**
   * Least time between two prices of a change, above 0 (the split's unit of time; default: every pair of neighbors counts).
   * With the τ of the schedule it leaves out the noise of trading that is shorter than an interval.
   */
  readonly sampling?: number | undefined;
  /**
   * What the standard error answers:
   *
   * - `"returns"` (default): how well the σ of these sessions is known, by the fourth powers of the changes;
   * - `"sessions"`: how well the σ of sessions like these is known, by its variation from one to the next; at least 5
   *   sessions.
   */
  readonly errors?: "returns" | "sessions" | undefined;
  /** Probability that the intervals are to cover the truth with, between 0 and 1 (default 0.95). */
  readonly level?: number | undefined;
}

/** How far prices move from a close to the next open. */
export interface OvernightMove extends PriceVolatility {
  /** Standard deviation of the move of a night (currency/share), weekends among them. */
  readonly value: number;
  /** Number of nights. */
  readonly nights: number;
}

/** A price volatility within sessions; `value` is σ (currency/share/√time). Plain data. */
export interface SessionVolatility extends PriceVolatility {
  /** Unit of the time in σ: it must be that of the problem, or go through `priceVolatility`. */
  readonly timeUnit: string;
  /** Probability that the intervals are to cover the truth with. */
  readonly level: number;
  /** Number of price changes. */
  readonly observations: number;
  /** Number of sessions. */
  readonly sessions: number;
  /** Trading time that the changes span (unit of time). */
  readonly time: number;
  /** The move from a close to the next open, which σ leaves out; undefined where there are fewer than two nights. */
  readonly overnight: OvernightMove | undefined;
}

/**
 * The price volatility σ of the execution model from prices within sessions. With changes d over times Δ, α = Σd/T, T = ΣΔ:
 *
 *     σ² = Σ(d − αΔ)² / (T − ΣΔ²/T)
 *
 * Neither nights nor breaks are in it. A change across missing rows counts with the time that it took, so that rows may be
 * missing; the mean is that over time, so that a day may be livelier at its ends. It goes straight into `defineProblem` (its
 * `value`) and `volatilityBand`.
 *
 * @param split - from `splitSessions`
 * @param options - least time between prices, what the standard error answers, level of the interval
 * @returns σ per √(the split's unit of time) with standard error and interval, and the move overnight apart
 * @throws InputError when an argument is not what it should be, or there are not two price changes
 *
 * Source: realized variance over T, with the mean taken out; its error is that of O. E. Barndorff-Nielsen and N. Shephard,
 * Journal of the Royal Statistical Society B 64 (2002) 253–280, √(⅔ Σ(d − αΔ)⁴) before division by T.
 *
 * @example
 * ```ts
 * const calendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
 * const times = ["2024-03-08 09:30", "2024-03-08 09:31", "2024-03-08 09:33", "2024-03-08 09:34", "2024-03-11 09:30"];
 * const { value, timeUnit, observations } = sessionVolatility(
 *   splitSessions({ times, prices: [50, 50.1, 50, 50.1, 70] }, calendar),
 * );
 * value; // → 0.11619
 * `per √${timeUnit}, from ${observations} changes`; // → per √minute, from 3 changes
 * ```
 */
export function sessionVolatility(
  split: PricesBySession,
  options: SessionVolatilityOptions = {},
): SessionVolatility {
  const known = ["sampling", "errors", "level"];
  const given = checkKeys("sessionVolatility's options", options, known) as SessionVolatilityOptions;
  checkHas("split", split, ["timeUnit", "sessions"], "a result of splitSessions");
  const timeUnit = checkText("split.timeUnit", split.timeUnit);
  checkEach("split.sessions", split.sessions, ["date", "stretches"], "session, as splitSessions gives it");
  const sampling =
    given.sampling === undefined ? 0 : checkNumber("sampling", given.sampling, positive, timeUnit);
  const errors = given.errors === undefined ? "returns" : given.errors;
  const isBySession = checkChoice("errors", errors, ["returns", "sessions"] as const) === "sessions";
  const { level, z } = varianceSettings({ level: given.level });
  const changes = changesBySession(split.sessions, sampling);
  const { σ, standardError, observations, time } = estimate(changes, isBySession, sampling);
  return Object.freeze({
    value: σ,
    standardError,
    interval: logInterval(σ, standardError, z),
    timeUnit,
    level,
    observations,
    sessions: changes.length,
    time,
    overnight: overnightMove(split, z),
  });
}

/** σ with its standard error. */
function estimate(
  sessions: readonly SessionChanges[],
  isBySession: boolean,
  sampling: number,
): {
  readonly σ: number;
  readonly standardError: number;
  readonly observations: number;
  readonly time: number;
} {
  const sumOf = (term: (move: number, time: number) => number): number => total(sumsOf(sessions, term));
  const observations = sumOf(() => 1);
  const T = sumOf((_, time) => time);
  if (!(observations >= 2 && T > 0)) {
    const hint = sampling > 0 ? "Take a shorter sampling." : "";
    throw new InputError("the number of price changes within sessions", observations, "at least 2", hint);
  }
  const α = sumOf((move) => move) / T;
  const square = (move: number, time: number): number => (move - α * time) ** 2;
  const variance = sumOf(square) / (T - sumOf((_, time) => time * time) / T);
  const spread = isBySession
    ? betweenSessions(sumsOf(sessions, (move, time) => square(move, time) - variance * time))
    : (2 / 3) * sumOf((move, time) => square(move, time) ** 2);
  const σ = Math.sqrt(variance);
  return { σ, standardError: σ === 0 ? 0 : Math.sqrt(spread) / T / (2 * σ), observations, time: T };
}

/** The sum of a term over the changes of each session. */
function sumsOf(
  sessions: readonly SessionChanges[],
  term: (move: number, time: number) => number,
): readonly number[] {
  return sessions.map(({ moves, times }) => {
    const sum = new Sum();
    for (let i = 0; i < moves.length; i++) sum.add(term(moves[i], times[i]));
    return sum.value;
  });
}

/** Variance of a sum over sessions, from how far each is from its expectation. */
function betweenSessions(excesses: readonly number[]): number {
  const n = excesses.length;
  if (n >= 5) return (n / (n - 1)) * total(excesses.map((excess) => excess * excess));
  const hint = 'Take errors "returns": so few say nothing of how sessions differ.';
  throw new InputError("errors", "sessions", `"returns" for fewer than 5 sessions; there are ${n}`, hint);
}

/** The deviation of moves from a close to the next open. */
function overnightMove({ sessions }: PricesBySession, z: number): OvernightMove | undefined {
  const moves = nightMoves(sessions);
  const n = moves.length;
  if (n < 2) return undefined;
  const mean = total(moves) / n;
  const value = Math.sqrt(total(moves.map((move) => (move - mean) ** 2)) / (n - 1));
  const standardError = value / Math.sqrt(2 * (n - 1));
  return Object.freeze({ value, standardError, interval: logInterval(value, standardError, z), nights: n });
}
