/**
 * Bounds on the trade of each interval.
 *
 * @module
 */

import { checkKeys, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import type { ExecutionProblem } from "./executionProblem";

/** The least and the most that each interval may trade: one number for all, or one for each. */
export interface TradeBounds {
  /** Least trade, −Infinity for no bound (shares; default 0: the schedule never trades against the order). */
  readonly least?: number | Series | undefined;
  /** Most trade, Infinity for no bound (shares; default no bound). */
  readonly most?: number | Series | undefined;
}

/** Bounds as N numbers each. */
export interface BoundArrays {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Checks bounds and writes them out for every interval; where the problem is closed, both are 0. */
export function checkBounds(problem: ExecutionProblem, bounds: TradeBounds): BoundArrays {
  const given = checkKeys("bounds", bounds, ["least", "most"]);
  const { intervals, profile } = problem;
  const least = perInterval(
    "bounds.least",
    given.least === undefined ? 0 : given.least,
    intervals,
    Number.NEGATIVE_INFINITY,
  );
  const most = perInterval(
    "bounds.most",
    given.most === undefined ? Number.POSITIVE_INFINITY : given.most,
    intervals,
    Number.POSITIVE_INFINITY,
  );
  const nameOf = (field: "least" | "most", k: number): string =>
    typeof given[field] === "object" ? `bounds.${field}[${k}]` : `bounds.${field}`;
  for (let k = 0; k < intervals; k++) {
    if (!(least[k] <= most[k])) {
      const allowed = `at least ${least[k]} (shares), the least trade of interval ${k + 1}`;
      throw new InputError(nameOf("most", k), most[k], allowed);
    }
    if (profile?.open?.[k] !== false) continue;
    const closed = "(shares), as profile.open says that this interval is closed";
    if (least[k] > 0 && typeof given.least === "object")
      throw new InputError(nameOf("least", k), least[k], `at most 0 ${closed}`);
    if (most[k] < 0 && typeof given.most === "object")
      throw new InputError(nameOf("most", k), most[k], `at least 0 ${closed}`);
    // One number for all is one for all intervals that can trade.
    least[k] = 0;
    most[k] = 0;
  }
  return { least, most };
}

/** No bounds but those of closed intervals. */
export function freeBounds({ intervals, profile }: ExecutionProblem): BoundArrays {
  const least = new Float64Array(intervals).fill(Number.NEGATIVE_INFINITY);
  const most = new Float64Array(intervals).fill(Number.POSITIVE_INFINITY);
  profile?.open?.forEach((isOpen, k) => {
    if (!isOpen) least[k] = most[k] = 0;
  });
  return { least, most };
}

function perInterval(name: string, value: unknown, length: number, none: number): Float64Array {
  const allowed = `a finite number or ${none} (shares)`;
  const isBound = (bound: unknown): boolean =>
    typeof bound === "number" && (Number.isFinite(bound) || bound === none);
  if (typeof value === "number") {
    if (!isBound(value)) throw new InputError(name, value, allowed);
    return new Float64Array(length).fill(value);
  }
  if (!isList(value) || value.length !== length) {
    throw new InputError(name, value, `a number, or an array of ${length} numbers (shares)`);
  }
  for (let k = 0; k < length; k++) {
    if (!isBound(value[k])) throw new InputError(`${name}[${k}]`, value[k], allowed);
  }
  return Float64Array.from(value as Series);
}
