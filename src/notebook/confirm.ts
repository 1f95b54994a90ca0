/**
 * A visible check for notebooks: a claim that stops the notebook when it is false.
 *
 * @module
 */

import { checkNumber, checkText, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";

/**
 * Prints a claim that holds, or throws when it does not.
 *
 * @param claim - what is claimed, in words
 * @param holds - whether it holds
 * @throws InputError when the claim is no text, or neither two numbers nor a yes or no are given
 * @throws Error when it does not hold
 *
 * @example
 * ```ts
 * confirm("parts are smaller than the whole", 1 < 2); // → ✓ parts are smaller than the whole
 * ```
 */
export function confirm(claim: string, holds: boolean): void;
/**
 * Prints a claim with its numbers, or throws when two numbers that should agree do not.
 *
 * @param claim - what is claimed, in words
 * @param actual - the number that was computed
 * @param expected - the number that it should be
 * @param tolerance - the largest allowed |actual − expected| / |expected| (default 1e-12); where `expected` is
 *   0, the largest allowed |actual|
 * @throws InputError when an argument is not a number, or the tolerance below 0 or infinite
 * @throws Error when the numbers do not agree, with both of them
 *
 * @example
 * ```ts
 * confirm("three tenths", 0.1 + 0.2, 0.3); // → ✓ three tenths: 0.3, relative tolerance 1e-12
 * confirm("shares sold", 6 * 7, 42); // → ✓ shares sold: 42
 * ```
 */
export function confirm(claim: string, actual: number, expected: number, tolerance?: number): void;
export function confirm(claim: string, actual: number | boolean, expected?: number, tolerance = 1e-12): void {
  checkText("claim", claim);
  if (typeof actual === "boolean") {
    if (!actual) throw new Error(`✗ ${claim}`);
    console.log(`✓ ${claim}`);
    return;
  }
  const { agrees, line } = compared(claim, actual, expected, tolerance);
  if (!agrees) throw new Error(line);
  console.log(line);
}

/** Whether two numbers agree, and the line that says so. */
export function compared(
  claim: string,
  actual: unknown,
  expected: unknown,
  tolerance: number,
): { readonly agrees: boolean; readonly line: string } {
  const target = checkNotNaN("expected", expected);
  const value = checkNotNaN("actual", actual);
  checkNumber("tolerance", tolerance, notNegative, "");
  // Two infinities of one sign agree; their difference is no number.
  const difference = value === target ? 0 : Math.abs(value - target);
  const [kind, off] =
    target === 0 || difference === 0
      ? ([target === 0 ? "absolute" : "relative", difference] as const)
      : (["relative", Number.isFinite(target) ? difference / Math.abs(target) : difference] as const);
  const allowed = `${kind} tolerance ${formatSignificant(tolerance)}`;
  const [found, wanted] = [formatSignificant(value, 10), formatSignificant(target, 10)];
  // Written so that an infinite difference fails.
  if (!(off <= tolerance)) {
    const line = `✗ ${claim}: ${found} ≠ ${wanted}, off by ${off.toExponential(1)}, ${allowed}`;
    return { agrees: false, line };
  }
  // Digits of rounding are left out: they differ from machine to machine.
  const isPlain = Number.isInteger(value) && difference === 0 && target !== 0;
  const numbers = target === 0 ? "0" : found === wanted ? found : `${found} ≈ ${wanted}`;
  return {
    agrees: true,
    line: isPlain ? `✓ ${claim}: ${found}` : `✓ ${claim}: ${numbers}, ${allowed}`,
  };
}

function checkNotNaN(name: string, value: unknown): number {
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  throw new InputError(name, value, "a number");
}

/** Of all answers that a call may give, those that are not a refusal. */
export type Found<Result> =
  Result extends Record<"status", infer Status> ? ("optimal" extends Status ? Result : never) : Result;

/**
 * Returns the optimum of a result that may be infeasible; otherwise throws with the solver's proof.
 *
 * @param result - what a call gives that can answer `"infeasible"`, `"unbounded"` or `"not-optimal"`
 * @returns the result, known to be an optimum
 * @throws Error when its `status` or `verdict` is not `"optimal"`, with the solver's words
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 9, horizon: 3, intervals: 3, volatility: 1, temporaryImpact: 1 });
 * requireOptimal(boundedSchedule(problem, { upper: 4 })).schedule.trades; // → [3, 3, 3]
 * ```
 */
export function requireOptimal<Result extends object>(
  result: Result extends PromiseLike<unknown> ? never : Result,
): Found<Result> {
  const given = checkRecordOrList(result);
  const said = given.status ?? given.verdict;
  if (said !== undefined && !(typeof said === "string" && answers.includes(said))) {
    throw new InputError("result", result, "the result of a solver");
  }
  if (said === "optimal") return result as unknown as Found<Result>;
  if (said !== undefined) {
    const { message } = given;
    throw new Error(
      typeof message === "string" ? message : `The result is not an optimum: it says "${said}".`,
    );
  }
  // Points, entries and bands say nothing of themselves, and are answers.
  const isAnswer = Array.isArray(result)
    ? result.length > 0
    : given.low !== undefined && given.high !== undefined;
  if (isAnswer) return result as unknown as Found<Result>;
  throw new InputError("result", result, "the result of a solver");
}

/** What solvers, certificates and batches say; other results have statuses of their own. */
const answers: readonly string[] = [
  ...["optimal", "not-optimal", "no-optimum", "unproven", "infeasible", "unbounded"],
  ...["done", "unfinished", "refused"],
];

function checkRecordOrList(result: unknown): Readonly<Record<string, unknown>> {
  if (typeof result !== "object" || result === null) {
    throw new InputError("result", result, "the result of a solver");
  }
  if (typeof (result as { readonly then?: unknown }).then === "function") {
    throw new InputError("result", result, "the result itself, not a promise of it", "Await it first.");
  }
  return result as Readonly<Record<string, unknown>>;
}
