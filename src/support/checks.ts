/**
 * Checks of arguments. Each returns the value that it was given, typed, or throws an {@link InputError} that
 * names the parameter, the value, what is allowed and its unit.
 *
 * @module
 */
import { InputError } from "./errors";
import { unfilledArray } from "./numbers";

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

export const portion: NumberRange = {
  contains: (value) => value > 0 && value <= 1,
  words: "a number above 0 and at most 1",
};

/** Numbers between two others, both left out, which a message writes by `write`. */
export function between(low: number, high: number, write: (value: number) => string = String): NumberRange {
  return {
    contains: (value) => value > low && value < high,
    words: `a number above ${write(low)} and below ${write(high)}`,
  };
}

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
  if (!isList(values) || values.length !== length) {
    throw new InputError(
      parameter,
      values,
      `an array of ${length} numbers${unit === "" ? "" : ` (${unit})`}`,
    );
  }
  const numbers = unfilledArray(length);
  for (let i = 0; i < length; i++) {
    const value = values[i];
    // The name is put together only for an entry that needs a second look.
    const isRight = typeof value === "number" && Number.isFinite(value) && range.contains(value);
    numbers[i] = isRight ? value : checkNumber(`${parameter}[${i}]`, value, range, unit);
  }
  return numbers;
}

/** Whether a field of a record is left out; JSON and tables write null for that. */
export function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** An array, or an array of doubles; also one of another realm, such as a cell's, whose classes are others. */
export function isList(values: unknown): values is readonly unknown[] {
  return Array.isArray(values) || Object.prototype.toString.call(values) === "[object Float64Array]";
}

/** One of a few texts. */
export function checkChoice<T extends string>(parameter: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const words = choices.map((choice) => `"${choice}"`);
  const last = words.pop();
  throw new InputError(parameter, value, words.length === 0 ? `${last}` : `${words.join(", ")} or ${last}`);
}

/** A short text that is not empty. */
export function checkName(parameter: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && value.length <= 40) return value;
  throw new InputError(parameter, value, "a text of 1 to 40 characters");
}

/** Any text that is not empty. */
export function checkText(parameter: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new InputError(parameter, value, "a text");
}

/** A function to report progress to, where one is given. */
export function checkProgress(value: unknown): ((fraction: number) => void) | undefined {
  if (value === undefined || typeof value === "function")
    return value as ((fraction: number) => void) | undefined;
  throw new InputError(
    "onProgress",
    value,
    "a function that takes the fraction completed, such as progressBar gives",
  );
}

/** An object with named fields, whatever they are. */
export function checkObject(
  parameter: string,
  value: unknown,
  allowed = "an object with named fields",
): Readonly<Record<string, unknown>> {
  if (isPlain(value)) return value;
  const isOther = typeof value === "object" && value !== null && !Array.isArray(value);
  throw new InputError(parameter, value, allowed, isOther ? "Write a plain object, { name: value, … }." : "");
}

/**
 * Whether something is an object as braces make it. Its prototype is asked for its own, not for its identity: a cell
 * has an `Object.prototype` of its own.
 */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object, such as a report, with some fields that are finite numbers; what else it has is passed over. */
export function checkFields(
  parameter: string,
  value: unknown,
  fields: readonly string[],
  allowed: string,
): void {
  if (typeof value !== "object" || value === null) throw new InputError(parameter, value, allowed);
  for (const field of fields) {
    checkNumber(`${parameter}.${field}`, (value as Record<string, unknown>)[field], anyFinite, "");
  }
}

/** Fields that a result has: their names alone, whatever they hold, or what each of them may hold. */
export type Fields = readonly string[] | Readonly<Record<string, (value: unknown) => boolean>>;

/** Whether something is an object with such fields. */
export function hasFields(value: unknown, fields: Fields): boolean {
  if (typeof value !== "object" || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  if (isList(fields)) return fields.every((field) => given[field] !== undefined);
  return Object.entries(fields).every(([field, holds]) => holds(given[field]));
}

/** An object that has some fields: enough to tell one result from another. */
export function checkHas(parameter: string, value: unknown, fields: Fields, allowed: string): void {
  if (!hasFields(value, fields)) throw new InputError(parameter, value, allowed);
}

/** An array of at least one object, each with some fields. */
export function checkEach(parameter: string, values: unknown, fields: Fields, allowed: string): void {
  if (!Array.isArray(values) || values.length === 0) {
    throw new InputError(parameter, values, `an array of at least one ${allowed}`);
  }
  for (let i = 0; i < values.length; i++)
    checkHas(`${parameter}[${i}]`, values[i], fields, `${/^[aeiou]/.test(allowed) ? "an" : "a"} ${allowed}`);
}

/** An object of at least one array, each of objects with some fields, and all of one length. */
export function checkGroups(parameter: string, groups: unknown, fields: Fields, allowed: string): void {
  const words = `an object with arrays by name, each of at least one ${allowed}`;
  const entries = Object.entries(checkObject(parameter, groups, words));
  if (entries.length === 0) throw new InputError(parameter, groups, words);
  const length = (entries[0]?.[1] as readonly unknown[])?.length;
  for (const [name, values] of entries) {
    checkEach(`${parameter}["${name}"]`, values, fields, allowed);
    if ((values as readonly unknown[]).length !== length) {
      throw new InputError(`${parameter}["${name}"]`, values, `an array of ${length}, as many as the first`);
    }
  }
}

/** A record from outside, such as a fill: any object, whatever else it holds and whatever made it. */
export function checkRecord(
  parameter: string,
  value: unknown,
  allowed: string,
): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new InputError(parameter, value, allowed);
}

/** A plain object whose keys are all known. */
export function checkKeys(
  parameter: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const given = checkObject(parameter, value);
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) {
      throw new InputError(
        `${parameter} field "${key}"`,
        given[key],
        `left out: there is no such field. Known fields: ${known.join(", ")}`,
      );
    }
  }
  return given;
}

function hintFor(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return "Write the number without quotation marks.";
  }
  if (typeof value === "bigint") return "Write the number without the n at its end.";
  return "";
}

/** Whether nobody can change an object any more: frozen through and through, and without getters. */
export function isFrozenData(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (!Object.isFrozen(value)) return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (field) => "value" in field && isFrozenData(field.value),
  );
}
