/**
 * Bars and prices by SQL: from Parquet files, DuckDB databases, and whatever else DuckDB reads.
 *
 * @module
 */
import { barColumns, type PriceBars } from "../support/bars";
import { InputError } from "../support/errors";
import { plainArray } from "../support/numbers";
import { anySignHint, priceWarnings } from "./priceWarnings";
import type { WantedColumn } from "./queryColumns";
import { cellOf, type QueriedTable, type QueryOptions, queryTable } from "./queryTable";
import type { QueriedTimes } from "./queryTimes";
import { checkBarColumns, checkFiniteColumn, checkTimeOrder, checkVolumeColumn } from "./tableChecks";

/** Bars from a query. Plain data, in the form that `loadBars` gives. */
export interface QueriedBars<T extends "text" | "instants" = "text"> extends PriceBars<readonly number[]> {
  /** Times, as texts or as milliseconds since 1970. */
  readonly times: QueriedTimes<T>;
  /** Traded volume, where the result has it (shares). */
  readonly volume: readonly number[] | undefined;
  /** What a reader should know: rows left out, prices of 0 or below, jumps. */
  readonly warnings: readonly string[];
}

/** Prices from a query. Plain data, in the form that `loadPrices` gives. */
export interface QueriedPrices<T extends "text" | "instants" = "text"> {
  /** Times, as texts or as milliseconds since 1970. */
  readonly times: QueriedTimes<T>;
  /** Prices (currency/share). */
  readonly prices: readonly number[];
  /** Traded volume, where the result has it (shares). */
  readonly volume: readonly number[] | undefined;
  /** What a reader should know: rows left out, prices of 0 or below, jumps. */
  readonly warnings: readonly string[];
}

const volume: WantedColumn = { name: "volume", names: ["volume", "size"], isOptional: true };
const barTable: readonly WantedColumn[] = [
  ...barColumns.map((name): WantedColumn => ({ name, names: [name] })),
  volume,
];
const priceTable: readonly WantedColumn[] = [{ name: "price", names: ["price", "close", "last"] }, volume];

/**
 * Loads bars by SQL, with the checks that a file gets: `SELECT time, open, high, low, close, volume FROM 'bars.parquet' ORDER BY
 * time`. Columns are found by their names. Of millions of trades it is fastest to make bars in the query (`GROUP BY
 * time_bucket(…)`), and to ask for instants instead of texts.
 *
 * Needs the package `@duckdb/node-api` beside this library, which is loaded with the first query.
 *
 * @param sql - one SELECT, ordered by time
 * @param options - database, parameters, names of columns, what becomes of missing values, which prices may be, form and zone of the times
 * @returns times and columns of numbers
 * @throws InputError when DuckDB rejects the query, a column is missing or of the wrong type, a value is missing, times are
 *   not in order, or a bar's prices contradict each other; the message names row and column
 * @throws Error when `@duckdb/node-api` is not installed
 *
 * @example
 * ```ts
 * const bars = await queryBars(
 *   "SELECT * FROM (VALUES (TIMESTAMP '2024-03-08 09:30:00', 50, 50.2, 49.9, 50.1, 1200)) AS t(time, open, high, low, close, volume)",
 * );
 * bars.times; // → ["2024-03-08 09:30:00"]
 * bars.high; // → [50.2]
 * ```
 */
export async function queryBars<T extends "text" | "instants" = "text">(
  sql: string,
  options: QueryOptions<T> = {},
): Promise<QueriedBars<T>> {
  const table = await queryTable(sql, barTable, options);
  const { volume: traded, ...prices } = table.numbers;
  const bars = prices as Record<keyof PriceBars, Float64Array>;
  checkTable(table, true);
  checkBarColumns(cellOf(table.name), bars);
  for (const column of barColumns) checkSign(table, column, bars[column]);
  return Object.freeze({
    times: table.times as QueriedTimes<T>,
    open: plainArray(bars.open),
    high: plainArray(bars.high),
    low: plainArray(bars.low),
    close: plainArray(bars.close),
    volume: traded === undefined ? undefined : plainArray(traded),
    warnings: warningsOf(table, bars),
  });
}

/**
 * Loads prices by SQL: trades, quotes or samples, several of one time allowed. As `queryBars`, for a result with a time, a
 * price (or close, or last) and perhaps a volume (or size).
 *
 * @param sql - one SELECT, ordered by time
 * @param options - database, parameters, names of columns, what becomes of missing values, which prices may be, form and zone of the times
 * @returns times, prices, and volumes where there are some
 * @throws InputError when DuckDB rejects the query, a column is missing or of the wrong type, a value is missing, or times
 *   are not in order; the message names row and column
 * @throws Error when `@duckdb/node-api` is not installed
 *
 * @example
 * ```ts
 * const sql = "SELECT TIMESTAMPTZ '2024-03-08 14:30:00.250+00' AS time, 50.1 AS price, $size AS size";
 * const trades = await queryPrices(sql, { parameters: { size: 300 }, timeZone: "America/New_York" });
 * trades.times; // → ["2024-03-08 09:30:00.250-05:00"]
 * trades.volume; // → [300]
 * ```
 */
export async function queryPrices<T extends "text" | "instants" = "text">(
  sql: string,
  options: QueryOptions<T> = {},
): Promise<QueriedPrices<T>> {
  const table = await queryTable(sql, priceTable, options);
  const { price: prices, volume: traded } = table.numbers;
  checkTable(table, false);
  checkFiniteColumn(cellOf(table.name), "price", prices);
  checkSign(table, "price", prices);
  return Object.freeze({
    times: table.times as QueriedTimes<T>,
    prices: plainArray(prices),
    volume: traded === undefined ? undefined : plainArray(traded),
    warnings: warningsOf(table, { low: prices, high: prices, close: prices }),
  });
}

/** Checks what bars and prices have in common. */
function checkTable({ name, clock, text, numbers }: QueriedTable, isStrict: boolean): void {
  checkTimeOrder(cellOf(name), "time", clock, { isStrict, text });
  if (numbers.volume !== undefined) checkVolumeColumn(cellOf(name), "volume", numbers.volume);
}

/** Rejects prices of 0 or below, unless they were asked for. */
function checkSign({ name, mayBeNegative }: QueriedTable, column: string, prices: Float64Array): void {
  if (mayBeNegative) return;
  const row = prices.findIndex((price) => !(price > 0));
  if (row === -1) return;
  throw new InputError(cellOf(name)(column, row), prices[row], "a price, a number above 0", anySignHint);
}

function warningsOf(
  { name, text, warnings }: QueriedTable,
  prices: Pick<PriceBars, "low" | "high" | "close">,
): readonly string[] {
  return Object.freeze([...warnings, ...priceWarnings(name, prices, text)]);
}
