/**
 * Bounds on the trade of each interval.
 *
 * @module
 */

import { checkKeys, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import type { ExecutionProblem } from "./problem";

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

/** Checks bounds and spreads them over the intervals. */
export function checkBounds(problem: ExecutionProblem, bounds: TradeBounds): BoundArrays {
  const given = checkKeys("bounds", bounds, ["least", "most"]);
  const { intervals } = problem;
  const least = spread(
    "bounds.least",
    given.least === undefined ? 0 : given.least,
    intervals,
    Number.NEGATIVE_INFINITY,
  );
  const most = spread(
    "bounds.most",
    given.most === undefined ? Number.POSITIVE_INFINITY : given.most,
    intervals,
    Number.POSITIVE_INFINITY,
  );
  for (let k = 0; k < intervals; k++) {
    if (least[k] <= most[k]) continue;
    const name = typeof given.most === "object" ? `bounds.most[${k}]` : "bounds.most";
    throw new InputError(
      name,
      most[k],
      `at least ${least[k]} (shares), the least trade of interval ${k + 1}`,
    );
  }
  return { least, most };
}

function spread(name: string, value: unknown, length: number, none: number): Float64Array {
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
