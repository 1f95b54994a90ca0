/**
 * Checks of arguments. Each returns the value that it was given, typed, or throws an {@link InputError} that
 * names the parameter, the value, what is allowed and its unit.
 *
 * @module
 */
import { InputError } from "../errors";

/** A range of real numbers, and how to say it. */
export interface NumberRange {
  readonly contains: (value: number) => boolean;
  readonly words: string;
}

export const anyFinite: NumberRange = { contains: () => true, words: "a finite number" };
export const positive: NumberRange = { contains: (value) => value > 0, words: "a finite number above 0" };
export const notNegative: NumberRange = {
  contains: (value) => value >= 0,
  words: "a finite number, 0 or above",
};

/** A finite number within a range. */
export function checkNumber(parameter: string, value: unknown, range: NumberRange, unit: string): number {
  if (typeof value === "number" && Number.isFinite(value) && range.contains(value)) return value;
  const allowed = unit === "" ? range.words : `${range.words} (${unit})`;
  throw new InputError(parameter, value, allowed, hintFor(value));
}

/** An integer between two bounds, both allowed. */
export function checkInteger(parameter: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  const words = `an integer from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
  throw new InputError(parameter, value, words, hintFor(value));
}

/** A copy of an array of a given length whose entries are finite numbers within a range. */
export function checkNumbers(
  parameter: string,
  values: unknown,
  length: number,
  range: NumberRange,
  unit: string,
): number[] {
  const isList = Array.isArray(values) || values instanceof Float64Array;
  if (!isList || values.length !== length) {
    throw new InputError(parameter, values, `an array of ${length} numbers (${unit})`);
  }
  return Array.from(values, (value: unknown, i) => checkNumber(`${parameter}[${i}]`, value, range, unit));
}

/** One of a few texts. */
export function checkChoice<T extends string>(parameter: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new InputError(parameter, value, choices.map((choice) => `"${choice}"`).join(" or "));
}

/** A short text that is not empty. */
export function checkName(parameter: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && value.length <= 40) return value;
  throw new InputError(parameter, value, "a text of 1 to 40 characters");
}

/** A plain object whose keys are all known. */
export function checkKeys(
  parameter: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(parameter, value, "an object with named fields");
  }
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      throw new InputError(
        `${parameter} field "${key}"`,
        (value as Record<string, unknown>)[key],
        `left out: there is no such field. Known fields: ${known.join(", ")}`,
      );
    }
  }
  return value as Readonly<Record<string, unknown>>;
}

function hintFor(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return "Write the number without quotation marks.";
  }
  if (typeof value === "bigint") return "Write the number without the n at its end.";
  return "";
}
