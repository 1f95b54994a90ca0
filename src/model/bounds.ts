/**
 * Bounds on the trade of each interval.
 *
 * @module
 */

import { checkKeys, checkNumber, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { type Bounds, Sum, zeros } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";
import { mayLeave, withRestEntry } from "./remainder";

/** Lower and upper bounds on the trade of each interval: one number for all, or one for each. */
export interface TradeBounds {
  /** Lower bound, −Infinity or null for none (shares; default 0: the schedule never trades against the order). */
  readonly lower?: Bounds | undefined;
  /** Upper bound, Infinity or null for none (shares; default none). */
  readonly upper?: Bounds | undefined;
  /** The most that may be left at the end, 0 or above, where the problem has a `remainderPrice` (shares; default the order). */
  readonly mostLeft?: number | undefined;
}

/** Bounds as N numbers each; one more for the rest where shares may be left. */
export interface BoundArrays {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Checks bounds and writes them out for every interval; where the problem is closed, both are 0. */
export function checkBounds(problem: ExecutionProblem, bounds: TradeBounds): BoundArrays {
  const given = checkKeys("bounds", bounds, ["lower", "upper", "mostLeft"]);
  const { intervals, profile } = problem;
  const mostLeft = checkMostLeft(problem, given.mostLeft);
  const lower = perInterval(
    "bounds.lower",
    given.lower === undefined ? 0 : given.lower,
    zeros(intervals),
    Number.NEGATIVE_INFINITY,
  );
  const upper = perInterval(
    "bounds.upper",
    given.upper === undefined ? Number.POSITIVE_INFINITY : given.upper,
    zeros(intervals),
    Number.POSITIVE_INFINITY,
  );
  const nameOf = (field: "lower" | "upper", k: number): string =>
    typeof given[field] === "object" ? `bounds.${field}[${k}]` : `bounds.${field}`;
  for (let k = 0; k < intervals; k++) {
    if (!(lower[k] <= upper[k])) {
      const allowed = `at least ${lower[k]} (shares), the lower bound of interval ${k + 1}`;
      throw new InputError(nameOf("upper", k), upper[k], allowed);
    }
    if (profile?.open?.[k] !== false) continue;
    const closed = "(shares), as profile.open says that this interval is closed";
    if (lower[k] > 0 && typeof given.lower === "object")
      throw new InputError(nameOf("lower", k), lower[k], `at most 0 ${closed}`);
    if (upper[k] < 0 && typeof given.upper === "object")
      throw new InputError(nameOf("upper", k), upper[k], `at least 0 ${closed}`);
    // One number for all is one for all intervals that can trade.
    lower[k] = 0;
    upper[k] = 0;
  }
  return withRestBounds(problem, lower, upper, mostLeft);
}

function withRestBounds(
  problem: ExecutionProblem,
  lower: Float64Array,
  upper: Float64Array,
  mostLeft: number,
): BoundArrays {
  return { lower: withRestEntry(problem, lower, 0), upper: withRestEntry(problem, upper, mostLeft) };
}

function checkMostLeft(problem: ExecutionProblem, value: unknown): number {
  const { shares } = problem;
  if (value === undefined) return shares;
  if (!mayLeave(problem)) {
    throw new InputError(
      "bounds.mostLeft",
      value,
      "left out where the order must finish",
      "Give the problem a remainderPrice, what a share left at the end costs.",
    );
  }
  const range = {
    contains: (most: number) => most >= 0 && most <= shares,
    words: `a number from 0 to the order's ${shares}`,
  };
  return checkNumber("bounds.mostLeft", value, range, "shares");
}

/** No bounds but those of closed intervals; no more than the order is left. */
export function freeBounds(problem: ExecutionProblem): BoundArrays {
  const { intervals, profile } = problem;
  const lower = zeros(intervals).fill(Number.NEGATIVE_INFINITY);
  const upper = zeros(intervals).fill(Number.POSITIVE_INFINITY);
  const open = profile?.open;
  if (open !== undefined) for (let k = 0; k < intervals; k++) if (!open[k]) lower[k] = upper[k] = 0;
  return withRestBounds(problem, lower, upper, problem.shares);
}

/** Bounds narrowed by what the others leave: n_k is at most X less all lower bounds but its own. */
export function impliedBounds(X: number, { lower, upper }: BoundArrays): BoundArrays {
  const N = lower.length;
  const [least, most] = [new Sum(), new Sum()];
  for (let k = 0; k < N; k++) {
    least.add(lower[k]);
    most.add(upper[k]);
  }
  // Infinite where two are: then nothing is implied. Where one is, the others' sum is not told by a difference.
  const room = X - least.value;
  const need = X - most.value;
  const narrowed = { lower: lower.slice(), upper: upper.slice() };
  if (Number.isFinite(need))
    for (let k = 0; k < N; k++) narrowed.lower[k] = Math.max(lower[k], upper[k] + need);
  if (Number.isFinite(room))
    for (let k = 0; k < N; k++) narrowed.upper[k] = Math.min(upper[k], lower[k] + room);
  return narrowed;
}

function perInterval(name: string, value: unknown, bounds: Float64Array, none: number): Float64Array {
  const { length } = bounds;
  if (typeof value === "number" || value === null) return bounds.fill(readBound(name, value, none));
  if (!isList(value) || value.length !== length) {
    throw new InputError(name, value, `a number, or an array of ${length} numbers (shares)`);
  }
  for (let k = 0; k < length; k++) {
    const bound = value[k];
    // The name is put together only for a bound that needs a second look.
    bounds[k] =
      typeof bound === "number" && bound - bound === 0 ? bound : readBound(`${name}[${k}]`, bound, none);
  }
  return bounds;
}

function readBound(name: string, bound: unknown, none: number): number {
  // JSON has no infinity and writes null.
  if (bound === null) return none;
  if (typeof bound === "number" && (Number.isFinite(bound) || bound === none)) return bound;
  throw new InputError(name, bound, `a finite number or ${none} (shares)`);
}
