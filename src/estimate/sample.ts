/**
 * Checks of observations.
 *
 * @module
 */

import { anyFinite, checkNumbers, isList, type NumberRange } from "../support/checks";
import { InputError } from "../support/errors";

/** The arrays that a set of fills has; each estimate reads two of them and lets the others pass. */
export const sampleFields: readonly string[] = ["rates", "slippages", "signedVolumes", "priceMoves"];

/** A copy of an array of at least so many finite numbers within a range. */
export function checkSample(
  parameter: string,
  values: unknown,
  least: number,
  range: NumberRange,
  unit: string,
): number[] {
  if (!isList(values) || values.length < least) {
    throw new InputError(parameter, values, `an array of at least ${least} numbers (${unit})`);
  }
  return checkNumbers(parameter, values, values.length, range, unit);
}

/** A copy of an array of finite numbers that belong one by one to those of another. */
export function checkPartner(
  parameter: string,
  values: unknown,
  partner: { readonly name: string; readonly length: number },
  unit: string,
): number[] {
  if (!isList(values) || values.length !== partner.length) {
    throw new InputError(
      parameter,
      values,
      `an array of ${partner.length} numbers (${unit}), one for each of ${partner.name}`,
    );
  }
  return checkNumbers(parameter, values, partner.length, anyFinite, unit);
}

/** Whether numbers differ by no more than rounding: a line through such points has any slope. */
export function isConstant(values: readonly number[]): boolean {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
}
