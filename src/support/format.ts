/**
 * Numbers as people read them, the same on every machine.
 *
 * @module
 */

import { checkInteger } from "./checks";
import { InputError } from "./errors";

/**
 * A number with separated thousands and a fixed number of decimals.
 *
 * @param value - the number
 * @param decimals - digits after the point, 0 to 20 (default 0)
 * @returns for example `"55,269.87"`; never `"-0"`
 * @throws InputError when `value` is no number or `decimals` no such integer
 *
 * @example
 * ```ts
 * formatNumber(55269.86539, 2); // → "55,269.87"
 * formatNumber(-0.2); // → "0"
 * ```
 */
export function formatNumber(value: number, decimals = 0): string {
  checkIsNumber(value);
  checkInteger("decimals", decimals, 0, 20);
  const text = formatter(withDecimals, decimals, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text;
}

/**
 * A number with a fixed count of significant digits, without an exponent where it can be read without one.
 *
 * @param value - the number
 * @param digits - significant digits, 1 to 21 (default 3)
 * @returns for example `"2e-6"` or `"0.00302"`
 * @throws InputError when `value` is no number or `digits` no such integer
 *
 * @example
 * ```ts
 * formatSignificant(0.0030195842); // → "0.00302"
 * formatSignificant(0.000002); // → "2e-6"
 * formatSignificant(1234567); // → "1,230,000"
 * ```
 */
export function formatSignificant(value: number, digits = 3): string {
  checkIsNumber(value);
  checkInteger("digits", digits, 1, 21);
  const rounded = Number(value.toPrecision(digits));
  // The largest doubles round to more than there is.
  if (!Number.isFinite(rounded) && Number.isFinite(value)) {
    return value.toExponential(Math.min(digits - 1, 20)).replace("e+", "e");
  }
  const size = Math.abs(rounded);
  if (rounded !== 0 && (size < 1e-4 || size >= 1e15)) return rounded.toExponential().replace("e+", "e");
  return formatter(withDigits, digits, { maximumSignificantDigits: digits }).format(rounded);
}

/** Formatters by their number of digits: to make one takes twenty times as long as to use it. */
const withDecimals: Intl.NumberFormat[] = [];
const withDigits: Intl.NumberFormat[] = [];

function formatter(
  made: Intl.NumberFormat[],
  digits: number,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  made[digits] ??= new Intl.NumberFormat("en-US", options);
  return made[digits];
}

/** An amount, of shares or of money, as a desk writes it: whole from a thousand on, as long as it can be read, and with six digits below. */
export function formatAmount(amount: number): string {
  const size = Math.abs(amount);
  return size >= 1000 && size < 1e21 ? formatNumber(amount) : readable(amount, 6);
}

/** A number for a sentence: what is beyond all use, or beyond the largest double, is said to be so. */
export function readable(value: number, digits = 3): string {
  if (Math.abs(value) <= 1e300) return formatSignificant(value, digits);
  return value > 0 ? "more than 1e300" : "less than -1e300";
}

/** Infinity and NaN are numbers too, and are written as such. */
function checkIsNumber(value: unknown): void {
  if (typeof value !== "number") throw new InputError("value", value, "a number");
}
