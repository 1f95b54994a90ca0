/**
 * Bars and prices from text.
 *
 * @module
 */
import { type ColumnKind, type CsvOptions, checkText, parseTable, type RowCheck } from "./csv";

/** Bars that were read from a file. All columns have one length. */
export interface LoadedBars {
  /** Times as they stand in the file. */
  readonly times: readonly string[];
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Traded volume, where the file has it. */
  readonly volume: Float64Array | undefined;
}

/** Prices that were read from a file. */
export interface LoadedPrices {
  /** Times as they stand in the file. */
  readonly times: readonly string[];
  readonly prices: Float64Array;
}

const time: ColumnKind = { name: "time", headers: ["date", "time", "datetime", "timestamp"], holds: "time" };
const barColumns: readonly ColumnKind[] = [
  time,
  ...["open", "high", "low", "close"].map((name): ColumnKind => ({ name, headers: [name], holds: "price" })),
  { name: "volume", headers: ["volume"], holds: "quantity", isOptional: true },
];
const priceColumns: readonly ColumnKind[] = [
  time,
  { name: "price", headers: ["price", "close", "last"], holds: "price" },
];

const isInRange: RowCheck = (value) => {
  const [high, low] = [value("high"), value("low")];
  if (high < low) return { name: "high", allowed: `at least the row's low, ${low}` };
  for (const name of ["open", "close"]) {
    if (value(name) < low || value(name) > high) {
      return { name, allowed: `between the row's low, ${low}, and its high, ${high}` };
    }
  }
  return undefined;
};

/**
 * Reads bars from text in the form of a CSV file: a header, then a row a period, in the order of time. Columns are found
 * by their headers (date or time, open, high, low, close, and volume if there is one), in any order, capital letters or
 * small; others are left aside.
 *
 * Nothing is guessed and nothing is half loaded: a missing cell, a price that is not above 0, a high below the low, an
 * open or close outside of both, a time that is not later than the one before: each is an error that names line, column
 * and value.
 *
 * @param text - the file's content
 * @param options - separator and names of columns, where they are not the usual ones
 * @param name - what messages call the text (default `"the text"`)
 * @returns times and columns of numbers
 * @throws InputError when a cell is not what it should be; it then also has the fields `line` and `column`
 *
 * @example
 * ```ts
 * const text = "Date,Open,High,Low,Close\n2013-02-28,10,12,9,11\n2013-03-01,11,11,8,9\n";
 * parseBars(text).times; // → ["2013-02-28","2013-03-01"]
 * parkinsonVolatility(parseBars(text)).observations; // → 2
 * ```
 */
export function parseBars(text: string, options: CsvOptions = {}, name = "the text"): LoadedBars {
  const { times, numbers } = parseTable(checkText("text", text), name, barColumns, options, isInRange);
  const { open, high, low, close, volume } = numbers as Record<string, Float64Array>;
  return Object.freeze({ times, open, high, low, close, volume } as LoadedBars);
}

/**
 * Reads prices from text in the form of a CSV file: a header, then a row a price, with a time and a price.
 *
 * @param text - the file's content
 * @param options - separator and names of columns, where they are not the usual ones
 * @param name - what messages call the text (default `"the text"`)
 * @returns times and prices
 * @throws InputError when a cell is not what it should be; it then also has the fields `line` and `column`
 *
 * @example
 * ```ts
 * parsePrices("time;price\n2013-09-03 08:30:00;1640.25\n", { delimiter: ";" }).prices[0]; // → 1640.25
 * ```
 */
export function parsePrices(text: string, options: CsvOptions = {}, name = "the text"): LoadedPrices {
  const { times, numbers } = parseTable(checkText("text", text), name, priceColumns, options);
  return Object.freeze({ times, prices: numbers.price as Float64Array });
}
