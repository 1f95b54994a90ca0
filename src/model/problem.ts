/**
 * The gate of execution problems: validated once, and trusted by everything downstream.
 *
 * @module
 */

import {
  anyFinite,
  checkChoice,
  checkInteger,
  checkKeys,
  checkName,
  checkNumber,
  isFrozenData,
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { checkEarlierTrades } from "./earlierTrades";
import type { ExecutionProblem, ProblemInput, Timing } from "./executionProblem";
import type { OwnImpact } from "./impactKind";
import { checkImpact, coefficientsOf, type ImpactModel, isLinear } from "./impactModel";
import { type QuantityName, type Units, unitOf } from "./notation";
import { plausibilityWarnings } from "./plausibility";
import { checkProfile } from "./profile";
import { isRemembered, linearView, remember, withLaw } from "./remembered";

const knownFields: readonly (keyof ProblemInput)[] = [
  "side",
  "shares",
  "horizon",
  "intervals",
  "volatility",
  "temporaryImpact",
  "permanentImpact",
  "impact",
  "ownImpact",
  "earlierTrades",
  "halfSpread",
  "remainderPrice",
  "drift",
  "riskAversion",
  "timing",
  "profile",
  "arrivalPrice",
  "timeUnit",
  "currency",
  "warnings",
];

/** Ten million intervals are far beyond any use and still fit into memory. */
export const mostIntervals = 10_000_000;

/**
 * Checks an execution problem and freezes it.
 *
 * @param input - the problem, see {@link ProblemInput} for fields, units and defaults
 * @returns the problem with defaults filled in and `warnings` about implausible units
 * @throws InputError when a value is outside its range, of the wrong type, missing, or a field is unknown;
 *   nothing is guessed
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000,
 *   horizon: 5,
 *   intervals: 5,
 *   volatility: 0.95,
 *   temporaryImpact: 2.5e-6,
 *   timeUnit: "day",
 *   currency: "USD",
 * });
 * problem.side; // → "sell"
 * problem.timing; // → "start"
 * ```
 */
export function defineProblem(input: ProblemInput): ExecutionProblem {
  const given = checkKeys("defineProblem's argument", input, knownFields);
  const units: Units = {
    timeUnit: checkName("timeUnit", given.timeUnit === undefined ? "time" : given.timeUnit),
    currency: checkName("currency", given.currency === undefined ? "currency" : given.currency),
  };
  const number = (name: QuantityName, range: NumberRange, fallback?: number): number => {
    const value = given[name] === undefined ? fallback : given[name];
    const isRight = typeof value === "number" && Number.isFinite(value) && range.contains(value);
    // `+ 0` turns −0, which JSON does not know, into 0.
    return (isRight ? value : checkNumber(name, value, range, unitOf(name, units))) + 0;
  };

  const impact = givenImpact(given, units);
  const grid = {
    horizon: number("horizon", positive),
    intervals: checkInteger("intervals", given.intervals, 1, mostIntervals),
  };
  const coefficients = impact === undefined ? undefined : coefficientsOf(impact);
  const problem = {
    side: checkChoice("side", given.side === undefined ? "sell" : given.side, ["sell", "buy"]),
    shares: number("shares", positive),
    ...grid,
    volatility: number("volatility", notNegative),
    temporaryImpact: coefficients?.temporaryImpact ?? number("temporaryImpact", positive),
    permanentImpact: coefficients?.permanentImpact ?? number("permanentImpact", notNegative, 0),
    ownImpact:
      given.ownImpact === undefined ? undefined : checkChoice("ownImpact", given.ownImpact, ownImpacts),
    earlierTrades: checkEarlierTrades(given.earlierTrades, units),
    halfSpread: number("halfSpread", notNegative, 0),
    remainderPrice: given.remainderPrice === undefined ? undefined : number("remainderPrice", notNegative),
    drift: number("drift", anyFinite, 0),
    riskAversion: number("riskAversion", anyFinite, 0),
    timing: checkChoice("timing", given.timing === undefined ? "start" : given.timing, timings),
    profile: checkProfile(given.profile, grid, units),
    arrivalPrice: given.arrivalPrice === undefined ? undefined : number("arrivalPrice", anyFinite),
    ...units,
    warnings: [] as readonly string[],
  };
  if (!(problem.horizon / problem.intervals > 0)) {
    throw new InputError(
      "horizon",
      problem.horizon,
      `long enough for ${problem.intervals.toLocaleString("en")} intervals above 0 (${unitOf("horizon", units)})`,
      "State time in a smaller unit.",
    );
  }
  // Assigned, not added by a spread, which would give every problem a hidden class of its own and slow down all that reads it.
  problem.warnings = Object.freeze(plausibilityWarnings(problem, impact ?? linearView(problem)));
  return remember(impact === undefined || isLinear({ impact }) ? problem : withLaw(problem, impact));
}

const timings: readonly Timing[] = ["start", "mid", "end"];
const ownImpacts: readonly OwnImpact[] = ["none", "half", "full"];

/**
 * The law of impact where it is given as one. A problem shows its law without listing it among its fields: such a view is
 * none that was given.
 */
function givenImpact(given: Readonly<Record<string, unknown>>, units: Units): ImpactModel | undefined {
  if (!Object.keys(given).includes("impact") || given.impact === undefined) return undefined;
  for (const name of ["temporaryImpact", "permanentImpact"] as const) {
    if (given[name] === undefined) continue;
    throw new InputError(
      name,
      given[name],
      "left out where impact is given: both say the same thing",
      "To change a problem's law: { ...problem, temporaryImpact: undefined, permanentImpact: undefined, impact }.",
    );
  }
  return checkImpact(given.impact, units);
}

/**
 * The checked problem behind what a caller gives; for the first line of every public call. What {@link defineProblem} made
 * is believed. A copy, by `structuredClone`, through JSON or from another loaded copy of the library, is checked anew:
 * each time, unless it is frozen, since it can still change.
 */
export function checkProblem(problem: ExecutionProblem): ExecutionProblem {
  if (isRemembered(problem)) return problem;
  const known = copies.get(problem);
  if (known !== undefined) return known;
  if (!hasProblemFields(problem)) {
    throw new InputError(
      "problem",
      problem,
      "the result of defineProblem",
      "Call defineProblem({ … }) first.",
    );
  }
  const checked = defineProblem(problem);
  if (isFrozenData(problem)) copies.set(problem, checked);
  return checked;
}

/** Frozen copies of problems that have been checked, so that to ask again costs nothing. */
const copies = new WeakMap<object, ExecutionProblem>();

/** The fields that every problem has, given or filled in with defaults: an object without one of them has not been checked. */
const ownFields: readonly (keyof ExecutionProblem)[] = [
  "side",
  "shares",
  "horizon",
  "intervals",
  "volatility",
  "halfSpread",
  "drift",
  "riskAversion",
  "timing",
  "timeUnit",
  "currency",
  "warnings",
];

function hasProblemFields(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const has = (name: keyof ExecutionProblem): boolean =>
    Object.hasOwn(value, name) && (value as ExecutionProblem)[name] !== undefined;
  return ownFields.every(has) && (has("impact") || (has("temporaryImpact") && has("permanentImpact")));
}

/** +1 for a sell, −1 for a buy: the sign with which trades move the price down. */
export function sideSign(problem: ExecutionProblem): 1 | -1 {
  return problem.side === "sell" ? 1 : -1;
}
