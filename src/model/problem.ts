/**
 * The execution problem: an order, a market and an attitude to risk, validated once. Everything downstream
 * trusts what passes this gate.
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
  type NumberRange,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { readable } from "../support/format";
import { type QuantityName, type Units, unitOf } from "./notation";

/** The direction of the order. Shares are positive for both. */
export type Side = "sell" | "buy";

/**
 * Which price a trade gets, because the literature disagrees:
 *
 * - `"start"`: the price before the interval's noise and before the trade's own permanent impact
 *   (Almgren and Chriss 2001, eq. 2);
 * - `"end"`: the price after both, so that a trade pays its own permanent impact in full and the whole order
 *   is exposed to the first interval's noise (seed A's printed formulas).
 */
export type Timing = "start" | "end";

/** What `defineProblem` takes: a problem in words and numbers, in any consistent set of units. */
export interface ProblemInput {
  /** `"sell"` (default) or `"buy"`. */
  readonly side?: Side | undefined;
  /** Size of the order X, above 0 for both sides (shares). */
  readonly shares: number;
  /** Time allowed T, above 0 (unit of time). */
  readonly horizon: number;
  /** Number of equal intervals N, an integer from 1 to 10,000,000. */
  readonly intervals: number;
  /** Price volatility σ, 0 or above: standard deviation of the price per √time, not of returns (currency/share/√time). */
  readonly volatility: number;
  /** Temporary impact η, above 0: price conceded per unit of trading rate (currency·time/share²). */
  readonly temporaryImpact: number;
  /** Permanent impact γ, 0 or above (default 0): lasting price move per share traded (currency/share²). */
  readonly permanentImpact?: number | undefined;
  /** Half of the bid–ask spread and fees ε, 0 or above (default 0) (currency/share). */
  readonly halfSpread?: number | undefined;
  /** Expected price trend α, positive when the price rises (default 0) (currency/share/time). */
  readonly drift?: number | undefined;
  /** Risk aversion λ: currency of expected cost that one unit of variance is worth (default 0) (1/currency). */
  readonly riskAversion?: number | undefined;
  /** Which price a trade gets (default `"start"`). */
  readonly timing?: Timing | undefined;
  /** Price S₀ when the order arrives, above 0; needed only for basis points and plausibility warnings (currency/share). */
  readonly arrivalPrice?: number | undefined;
  /** Name of the time unit, for titles and messages (default `"time"`). */
  readonly timeUnit?: string | undefined;
  /** Name of the currency, for titles and messages (default `"currency"`). */
  readonly currency?: string | undefined;
  /** Ignored and computed anew, so that `defineProblem({ ...problem, riskAversion: 0 })` works. */
  readonly warnings?: readonly string[] | undefined;
}

/** A validated, frozen problem. The fields are those of {@link ProblemInput}, with the defaults filled in. */
export interface ExecutionProblem extends Units {
  /** `"sell"` or `"buy"`. */
  readonly side: Side;
  /** Size of the order X (shares). */
  readonly shares: number;
  /** Time allowed T (unit of time). */
  readonly horizon: number;
  /** Number of equal intervals N. */
  readonly intervals: number;
  /** Price volatility σ (currency/share/√time). */
  readonly volatility: number;
  /** Temporary impact η (currency·time/share²). */
  readonly temporaryImpact: number;
  /** Permanent impact γ (currency/share²). */
  readonly permanentImpact: number;
  /** Half of the bid–ask spread and fees ε (currency/share). */
  readonly halfSpread: number;
  /** Expected price trend α, positive when the price rises (currency/share/time). */
  readonly drift: number;
  /** Risk aversion λ (1/currency). */
  readonly riskAversion: number;
  /** Which price a trade gets. */
  readonly timing: Timing;
  /** Price S₀ when the order arrives, where it was given (currency/share). */
  readonly arrivalPrice: number | undefined;
  /** What looks like a slip of units; empty when nothing does, or when there is no `arrivalPrice` to compare with. */
  readonly warnings: readonly string[];
}

const knownFields: readonly (keyof ProblemInput)[] = [
  "side",
  "shares",
  "horizon",
  "intervals",
  "volatility",
  "temporaryImpact",
  "permanentImpact",
  "halfSpread",
  "drift",
  "riskAversion",
  "timing",
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
  const number = (name: QuantityName, range: NumberRange, fallback?: number): number =>
    checkNumber(name, given[name] === undefined ? fallback : given[name], range, unitOf(name, units));

  const problem: Omit<ExecutionProblem, "warnings"> = {
    side: checkChoice("side", given.side === undefined ? "sell" : given.side, ["sell", "buy"]),
    shares: number("shares", positive),
    horizon: number("horizon", positive),
    intervals: checkInteger("intervals", given.intervals, 1, mostIntervals),
    volatility: number("volatility", notNegative),
    temporaryImpact: number("temporaryImpact", positive),
    permanentImpact: number("permanentImpact", notNegative, 0),
    halfSpread: number("halfSpread", notNegative, 0),
    drift: number("drift", anyFinite, 0),
    riskAversion: number("riskAversion", anyFinite, 0),
    timing: checkChoice("timing", given.timing === undefined ? "start" : given.timing, ["start", "end"]),
    arrivalPrice: given.arrivalPrice === undefined ? undefined : number("arrivalPrice", positive),
    ...units,
  };
  if (!(problem.horizon / problem.intervals > 0)) {
    throw new InputError(
      "horizon",
      problem.horizon,
      `long enough for ${problem.intervals.toLocaleString("en")} intervals above 0 (${unitOf("horizon", units)})`,
      "State time in a smaller unit.",
    );
  }
  return remember({ ...problem, warnings: Object.freeze(plausibilityWarnings(problem)) });
}

/** The problems that have passed the gate, so that to ask again costs nothing. */
const passed = new WeakSet<object>();

function remember(problem: ExecutionProblem): ExecutionProblem {
  passed.add(Object.freeze(problem));
  return problem;
}

/** A checked problem with another risk aversion, any finite number: for loops in which the gate would take too long. */
export function withRiskAversion(problem: ExecutionProblem, riskAversion: number): ExecutionProblem {
  return remember({ ...problem, riskAversion });
}

/**
 * Length of one interval, τ = T/N.
 *
 * @param problem - a problem from {@link defineProblem}
 * @returns the length (unit of time)
 * @throws InputError when `problem` is not from `defineProblem`
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1e6, horizon: 3600, intervals: 60, volatility: 0, temporaryImpact: 1 });
 * intervalLength(problem); // → 60
 * ```
 */
export function intervalLength(problem: ExecutionProblem): number {
  checkProblem(problem);
  return stepLength(problem);
}

/** τ = T/N of a problem that is known to be one. */
export function stepLength({ horizon, intervals }: Pick<ExecutionProblem, "horizon" | "intervals">): number {
  return horizon / intervals;
}

/** t_0 … t_N, the grid kτ. */
export function gridTimes({ horizon: T, intervals: N }: ExecutionProblem): number[] {
  const times = new Array<number>(N + 1);
  const isSafe = Number.isFinite(T * N);
  for (let k = 0; k <= N; k++) times[k] = isSafe ? (T * k) / N : T * (k / N);
  return times;
}

/** Refuses anything that has not passed {@link defineProblem}; for the first line of every public call. */
export function checkProblem(problem: ExecutionProblem): void {
  if (passed.has(problem)) return;
  if (!isProblem(problem)) {
    throw new InputError(
      "problem",
      problem,
      "the result of defineProblem",
      "Call defineProblem({ … }) first.",
    );
  }
  passed.add(problem);
}

/**
 * Whether a frozen object that did not come from this gate could have: a problem of another loaded copy of the library
 * does, one that was tampered with on the way does not.
 */
function isProblem(value: unknown): boolean {
  try {
    if (!Object.isFrozen(value) || !Array.isArray((value as ExecutionProblem).warnings)) return false;
    const defined = defineProblem(value as ExecutionProblem);
    // The fields themselves, not what a getter says today.
    const fields = Object.getOwnPropertyDescriptors(value as Record<string, unknown>);
    return knownFields.every(
      (name) => name === "warnings" || (name in fields && Object.is(fields[name]?.value, defined[name])),
    );
  } catch {
    // Whatever it was that went wrong, this is no problem.
    return false;
  }
}

/** +1 for a sell, −1 for a buy: the sign with which trades move the price down. */
export function sideSign(problem: ExecutionProblem): 1 | -1 {
  return problem.side === "sell" ? 1 : -1;
}

/** How often a unit of time fits into a year of the calendar: with the market open less, a year holds less still. */
const timesPerYear: Readonly<Record<string, number>> = {
  second: 365 * 86_400,
  minute: 365 * 1440,
  hour: 365 * 24,
  day: 365,
  week: 52,
  month: 12,
  year: 1,
};

/**
 * Compares σ√T, σ over a year where the unit of time is a known one, and the impacts with the arrival price. The
 * thresholds are wide: what they flag is not a view on the market but a likely slip of units.
 */
function plausibilityWarnings(problem: Omit<ExecutionProblem, "warnings">): string[] {
  const { arrivalPrice, shares, horizon, volatility, temporaryImpact, permanentImpact, halfSpread } = problem;
  if (arrivalPrice === undefined) return [];
  const percent = (share: number): string => `${readable(100 * share)} % of the arrival price`;
  const warnings: string[] = [];
  const warn = (name: QuantityName, says: string, slip: string): void => {
    warnings.push(`${name}: ${says}. ${slip} Expected unit: ${unitOf(name, problem)}.`);
  };

  const swing = (volatility * Math.sqrt(horizon)) / arrivalPrice;
  if (swing > 0.5) {
    warn(
      "volatility",
      `over the horizon the price would move by ${percent(swing)} (more than 50 %)`,
      "Is it a volatility per year, or in percent?",
    );
  } else if (volatility > 0 && swing < 1e-5) {
    warn(
      "volatility",
      `over the horizon the price would move by ${percent(swing)} (less than 0.001 %)`,
      "Is it a volatility of returns? Multiply that by the price.",
    );
  } else if (volatility > 0) {
    const yearly =
      (volatility * Math.sqrt(timesPerYear[problem.timeUnit.replace(/s$/, "")] ?? Number.NaN)) / arrivalPrice;
    if (yearly > 10) {
      warn(
        "volatility",
        `over a year the price would move by ${percent(yearly)} (more than 1,000 %)`,
        "Is it for another unit of time, or from prices with a split or a slipped decimal point?",
      );
    } else if (yearly < 0.02) {
      warn(
        "volatility",
        `over a year the price would move by ${percent(yearly)} (less than 2 %)`,
        "Is it a volatility of returns? Multiply that by the price: priceVolatility does.",
      );
    }
  }
  const temporary = (temporaryImpact * (shares / horizon)) / arrivalPrice;
  if (temporary > 0.2) {
    warn(
      "temporaryImpact",
      `trading evenly would concede ${percent(temporary)} (more than 20 %)`,
      "Is it per trade instead of per unit of trading rate, or for another time unit?",
    );
  }
  const permanent = (permanentImpact * shares) / arrivalPrice;
  if (permanent > 0.2) {
    warn(
      "permanentImpact",
      `the order would move the price by ${percent(permanent)} for good (more than 20 %)`,
      "Is it per lot, or a share of the price instead of a price?",
    );
  }
  const spread = halfSpread / arrivalPrice;
  if (spread > 0.05) {
    warn("halfSpread", `it is ${percent(spread)} (more than 5 %)`, "Is it in basis points, or in cents?");
  }
  return warnings;
}
