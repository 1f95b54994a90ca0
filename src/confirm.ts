/**
 * A visible check for notebooks: a claim that stops the notebook when it is false.
 *
 * @module
 */
import { InputError } from "./errors";
import { formatSignificant } from "./format";

/**
 * Prints a claim with its numbers, or throws when two numbers that should agree do not.
 *
 * @param claim - what is claimed, in words
 * @param actual - the number that was computed
 * @param expected - the number that it should be
 * @param tolerance - the largest allowed |actual − expected| / |expected| (default 1e-12); where `expected` is
 *   0, the largest allowed |actual|
 * @throws InputError when an argument is not a number
 * @throws Error when the numbers do not agree, with both of them
 *
 * @example
 * ```ts
 * confirm("three tenths", 0.1 + 0.2, 0.3); // → ✓ three tenths: 0.3 = 0.3 within 1e-12
 * ```
 */
export function confirm(claim: string, actual: number, expected: number, tolerance = 1e-12): void {
  for (const [name, value] of Object.entries({ actual, expected, tolerance })) {
    if (typeof value !== "number" || Number.isNaN(value)) throw new InputError(name, value, "a number");
  }
  const difference = Math.abs(actual - expected);
  const relative = expected === 0 ? difference : difference / Math.abs(expected);
  const numbers = `${formatSignificant(actual, 9)} = ${formatSignificant(expected, 9)}`;
  // Written so that an infinite difference fails.
  if (!(relative <= tolerance)) {
    throw new Error(`✗ ${claim}: ${numbers} is off by ${relative.toExponential(1)}, more than ${tolerance}`);
  }
  console.log(`✓ ${claim}: ${numbers} within ${tolerance}`);
}
