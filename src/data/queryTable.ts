/**
 * A table of times and numbers from a query.
 *
 * @module
 */
import { checkChoice, checkKeys, checkName, checkObject, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { type QueryParameter, queryNumbers } from "./duckdb";
import {
  type FoundColumn,
  findQueryColumns,
  numberExpression,
  timeColumn,
  type WantedColumn,
} from "./queryColumns";
import { type QueryTimeOptions, readTimes } from "./queryTimes";

/** How a query is to be made, and its result to be read. */
export interface QueryOptions<T extends "text" | "instants" = "text"> extends QueryTimeOptions<T> {
  /** Path of a DuckDB database, which is opened for reading (default: none, which is enough for files). */
  readonly database?: string | undefined;
  /** Values of the query's parameters: an array for `?` and `$1`, an object for `$name`. */
  readonly parameters?: readonly QueryParameter[] | Readonly<Record<string, QueryParameter>> | undefined;
  /** Names of the columns, where they are not the usual ones: `{ time: "tradetime", close: "px_last" }`. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** Whether rows in which a value is NULL or NaN are to be `"refuse"`d (default) or `"drop"`ped. */
  readonly missing?: "refuse" | "drop" | undefined;
  /** Which prices may be: `"positive"` (default), or `"any"`, as of power, spreads and rates. */
  readonly prices?: "positive" | "any" | undefined;
  /** What messages call the result (default `"the query"`). */
  readonly name?: string | undefined;
}

/** A result that was read. */
export interface QueriedTable {
  readonly name: string;
  readonly times: readonly string[] | readonly number[];
  /** Milliseconds by which the order of times is judged. */
  readonly clock: Float64Array;
  /** How messages write the time of a row. */
  readonly text: (row: number) => string;
  readonly numbers: Readonly<Record<string, Float64Array>>;
  /** What was left out, in words. */
  readonly warnings: readonly string[];
  readonly mayBeNegative: boolean;
}

const fields: readonly string[] = [
  ...["database", "parameters", "columns", "missing", "prices", "name"],
  ...["times", "timeZone", "disambiguation"],
];

/** What messages call a cell of a result, whose rows are counted from 1. */
export const cellOf =
  (name: string) =>
  (column: string, row: number): string =>
    `${name}, row ${formatNumber(row + 1)} (${column})`;

/** Makes a query and reads its result. */
export async function queryTable(
  sql: string,
  wanted: readonly WantedColumn[],
  options: QueryOptions<"text" | "instants">,
): Promise<QueriedTable> {
  const given = checkKeys("options", options, fields) as QueryOptions<"text" | "instants">;
  const renamed = checkRenamed(given.columns, wanted);
  const { missing = "refuse", prices = "positive" } = given;
  const isDropped = checkChoice("missing", missing, ["refuse", "drop"]) === "drop";
  const mayBeNegative = checkChoice("prices", prices, ["positive", "any"]) === "any";
  const name = given.name === undefined ? "the query" : checkText("options.name", given.name);
  const database = given.database === undefined ? undefined : checkText("database", given.database);
  const query = { sql: checkText("sql", sql), database, parameters: checkParameters(given.parameters) };
  let found: readonly FoundColumn[] = [];
  const values = await queryNumbers(query, (columns) => {
    found = findQueryColumns(name, columns, wanted, renamed);
    return found.map(numberExpression);
  });
  const { columns, warnings } = wholeRows(name, values, found, isDropped);
  const [clock, ...numbers] = columns;
  if (clock.length === 0) {
    throw new InputError(`the result of ${name}`, 0, "at least one row", warnings.join(" "));
  }
  return {
    name,
    clock,
    ...readTimes(clock, found[0].column.type, given, (row) => cellOf(name)("time", row)),
    numbers: Object.fromEntries(found.slice(1).map((one, i) => [one.wanted.name, numbers[i]])),
    warnings,
    mayBeNegative,
  };
}

function checkRenamed(value: unknown, wanted: readonly WantedColumn[]): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const names = [timeColumn, ...wanted].map(({ name }) => name);
  const renamed = checkKeys("options.columns", value, names);
  for (const [name, own] of Object.entries(renamed)) checkName(`options.columns.${name}`, own);
  return renamed as Readonly<Record<string, string>>;
}

function checkParameters(
  value: unknown,
): readonly QueryParameter[] | Readonly<Record<string, QueryParameter>> {
  if (value === undefined) return [];
  const isArray = Array.isArray(value);
  const entries = isArray
    ? Array.from(value, (one: unknown, i): [string, unknown] => [`[${i}]`, one])
    : Object.entries(checkObject("parameters", value, "an array, or an object with named values"));
  for (const [key, one] of entries) {
    const isValue = one === null || ["string", "number", "bigint", "boolean"].includes(typeof one);
    const place = `parameters${isArray ? key : `.${key}`}`;
    if (!isValue) throw new InputError(place, one, "a number, a text, true, false or null");
  }
  return value as readonly QueryParameter[] | Readonly<Record<string, QueryParameter>>;
}

/** The rows in which no value is missing; or the refusal of the first that is. */
function wholeRows(
  name: string,
  columns: readonly Float64Array[],
  found: readonly FoundColumn[],
  isDropped: boolean,
): { readonly columns: readonly Float64Array[]; readonly warnings: readonly string[] } {
  const missing = missingRows(columns);
  if (missing.length === 0) return { columns, warnings: [] };
  if (!isDropped) {
    const at = columns.findIndex((column) => Number.isNaN(column[missing[0]]));
    const hint = 'Leave such rows out with missing: "drop", or in the query.';
    const place = cellOf(name)(found[at].wanted.name, missing[0]);
    throw new InputError(place, null, at === 0 ? "a time" : "a number", hint);
  }
  const left = new Set(missing);
  const kept = columns.map((column) => column.filter((_, row) => !left.has(row)));
  const rows = missing.length === 1 ? "row is" : "rows are";
  const warning =
    `${name}: ${formatNumber(missing.length)} ${rows} left out, in which a value is missing; ` +
    `the first is row ${formatNumber(missing[0] + 1)}.`;
  return { columns: kept, warnings: [warning] };
}

/** The rows in which a value is missing, in order. */
function missingRows(columns: readonly Float64Array[]): readonly number[] {
  const missing = new Set<number>();
  for (const column of columns) {
    for (let row = 0; row < column.length; row++) if (Number.isNaN(column[row])) missing.add(row);
  }
  return [...missing].sort((a, b) => a - b);
}
