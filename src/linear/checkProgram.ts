/**
 * From the linear program that a caller wrote to its sparse arrays: every number, name and limit is looked at once, here.
 *
 * @module
 */

import { anyFinite, checkChoice, checkKeys, checkName, checkNumber, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { LinearProgram, LinearRow, SparseProgram } from "./program";

const programFields: readonly (keyof LinearProgram)[] = [
  "sense",
  "objective",
  "constant",
  "rows",
  "lower",
  "upper",
  "variables",
];
const rowFields: readonly (keyof LinearRow)[] = ["coefficients", "lower", "upper", "equals", "name"];

/** Checks a program and stores it sparsely; throws InputError, and guesses nothing. */
export function checkProgram(program: LinearProgram): SparseProgram {
  const given = checkKeys("the linear program", program, programFields);
  const sense = checkChoice("sense", given.sense === undefined ? "minimize" : given.sense, [
    "minimize",
    "maximize",
  ]);
  const sign = sense === "minimize" ? 1 : -1;
  const written = checkList("objective", given.objective, "a list of at least 1 number");
  if (written.length === 0) {
    throw new InputError("objective", written, "a list of at least 1 number, one for each variable");
  }
  const count = written.length;
  const objective = finiteNumbers("objective", written);
  // `+ 0` keeps −0 out.
  for (let j = 0; j < count; j++) objective[j] = sign * objective[j] + 0;
  if (given.constant !== undefined) checkNumber("constant", given.constant, anyFinite, "");
  if (given.variables !== undefined) {
    const names = checkList("variables", given.variables, `a list of ${count} names`, count);
    for (let j = 0; j < count; j++) checkName(`variables[${j}]`, names[j]);
  }
  const lower = checkBounds("lower", given.lower, 0, count);
  const upper = checkBounds("upper", given.upper, Number.POSITIVE_INFINITY, count);
  for (let j = 0; j < count; j++) refuseEmptyRange("", `[${j}]`, lower[j], upper[j]);
  return { sign, objective, lower, upper, ...checkRows(given.rows, count) };
}

type Rows = Pick<SparseProgram, "starts" | "columns" | "values" | "rowLower" | "rowUpper">;

function checkRows(given: unknown, count: number): Rows {
  const rows = checkList("rows", given, "a list of rows");
  const starts = new Int32Array(rows.length + 1);
  const rowLower = new Float64Array(rows.length);
  const rowUpper = new Float64Array(rows.length);
  const columns: number[] = [];
  const values: number[] = [];
  // The last row in which a column was seen tells a second entry of the same row.
  const seen = new Int32Array(count).fill(-1);
  // By index: a hole is no row that `forEach` would see.
  for (let i = 0; i < rows.length; i++) {
    const written = rows[i];
    const where = `rows[${i}]`;
    const row = checkKeys(where, written, rowFields);
    if (row.name !== undefined) checkName(`${where}.name`, row.name);
    [rowLower[i], rowUpper[i]] = checkRange(where, row);
    const { at, numbers } = checkCoefficients(`${where}.coefficients`, row.coefficients, count);
    for (let p = 0; p < numbers.length; p++) {
      const column = at === undefined ? p : at[p];
      if (seen[column] === i) {
        throw new InputError(
          `${where}.coefficients.columns[${p}]`,
          column,
          "a column not yet named in this row",
        );
      }
      seen[column] = i;
      if (numbers[p] === 0) continue;
      columns.push(column);
      values.push(numbers[p]);
    }
    starts[i + 1] = values.length;
  }
  return { starts, columns: Int32Array.from(columns), values: Float64Array.from(values), rowLower, rowUpper };
}

/** The numbers of a row, and the columns they stand in where these are not simply 0, 1, 2 …. */
function checkCoefficients(
  where: string,
  given: unknown,
  count: number,
): { readonly at: readonly number[] | undefined; readonly numbers: Float64Array } {
  if (isList(given)) {
    const all = checkList(where, given, `a list of ${count} numbers, one for each variable`, count);
    return { at: undefined, numbers: finiteNumbers(where, all) };
  }
  const sparse = checkKeys(where, given, ["columns", "values"]);
  const at = checkList(`${where}.columns`, sparse.columns, "a list of column numbers") as readonly number[];
  for (let p = 0; p < at.length; p++) {
    const column = at[p];
    if (!Number.isInteger(column) || (column as number) < 0 || (column as number) >= count) {
      throw new InputError(`${where}.columns[${p}]`, column, `an integer from 0 to ${count - 1}`);
    }
  }
  const values = checkList(`${where}.values`, sparse.values, `a list of ${at.length} numbers`, at.length);
  return { at, numbers: finiteNumbers(`${where}.values`, values) };
}

function checkRange(where: string, row: Readonly<Record<string, unknown>>): readonly [number, number] {
  const { lower, upper, equals } = row;
  if (equals !== undefined) {
    if (lower !== undefined || upper !== undefined) {
      throw new InputError(`${where}.equals`, equals, "left out where lower or upper is given");
    }
    const value = checkNumber(`${where}.equals`, equals, anyFinite, "");
    return [value, value];
  }
  if (lower === undefined && upper === undefined) {
    throw new InputError(
      where,
      row,
      "a row with lower, upper or equals",
      "A row without a limit says nothing.",
    );
  }
  const least = checkBound(`${where}.lower`, lower ?? Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const most = checkBound(`${where}.upper`, upper ?? Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  refuseEmptyRange(`${where}.`, "", least, most);
  return [least, most];
}

function checkBounds(
  parameter: "lower" | "upper",
  given: unknown,
  fallback: number,
  count: number,
): Float64Array {
  const never = parameter === "lower" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (given === undefined || given === null || typeof given === "number") {
    return new Float64Array(count).fill(given === undefined ? fallback : checkBound(parameter, given, never));
  }
  const words = `one number for all variables or a list of ${count} numbers`;
  const values = checkList(parameter, given, words, count);
  const bounds = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    const value = values[j];
    bounds[j] = isBound(value, never) ? value : checkBound(`${parameter}[${j}]`, value, never);
  }
  return bounds;
}

/** A number, or the infinity that means "no limit"; the other infinity would allow nothing. */
function checkBound(parameter: string, value: unknown, never: number): number {
  if (isBound(value, never)) return value;
  // JSON has no infinity and writes null.
  if (value === null) return -never;
  const none = never > 0 ? "-Infinity" : "Infinity";
  throw new InputError(parameter, value, `a finite number, or ${none} for no limit`);
}

function isBound(value: unknown, never: number): value is number {
  return typeof value === "number" && !Number.isNaN(value) && value !== never;
}

function refuseEmptyRange(where: string, index: string, least: number, most: number): void {
  if (least <= most) return;
  throw new InputError(`${where}lower${index}`, least, `at most ${where}upper${index}, which is ${most}`);
}

function checkList(parameter: string, given: unknown, words: string, length?: number): ArrayLike<unknown> {
  if (isList(given) && (length === undefined || given.length === length)) return given;
  throw new InputError(parameter, given, words);
}

/** A copy; the name of an entry is formed only where the entry is wrong, since there may be very many. */
function finiteNumbers(parameter: string, values: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    numbers[i] =
      typeof value === "number" && Number.isFinite(value)
        ? value
        : checkNumber(`${parameter}[${i}]`, value, anyFinite, "");
  }
  return numbers;
}
