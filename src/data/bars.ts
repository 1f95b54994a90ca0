/**
 * Bars and prices from text.
 *
 * @module
 */
import { barColumns, barFault, isInOrder, type PriceBars } from "../support/bars";
import { InputError } from "../support/errors";
import { plainArray, total } from "../support/numbers";
import type { Merge } from "./assemble";
import { barKinds, priceKinds } from "./columnKinds";
import { parseTable, type Source, type TableKind } from "./csv";
import type { Findings } from "./findings";
import type { RowCheck } from "./keep";
import type { CsvOptions } from "./options";
import { priceWarnings } from "./priceWarnings";

/** What every table that was read from a file says about itself. */
export interface Loaded {
  /**
   * Times in ISO 8601, with a blank between day and time of day, the oldest first, as precise as the file has them:
   * `2013-09-03`, `2013-09-03 08:30`, `2013-09-03 08:30:15.250`; with `Z` or an offset like `-05:00` where the file states
   * one or counts from 1970.
   */
  readonly times: readonly string[];
  /** What the file turned out to be, in one sentence: `"semicolon, dates DD.MM.YYYY, decimal comma"`. */
  readonly readAs: string;
  /** The same as data. */
  readonly findings: Findings;
  /**
   * What is possible but hardly true: prices that lie half above or a third below the price before them, at most five, and
   * how many more there are; a file without a line end at its end, which may have been cut; prices of 0 or below.
   */
  readonly warnings: readonly string[];
}

/** Bars that were read from a file. All columns have one length. */
export interface LoadedBars extends PriceBars<readonly number[]>, Loaded {
  /** Traded volume, where the file has it for every bar. */
  readonly volume: readonly number[] | undefined;
}

/** Prices that were read from a file. */
export interface LoadedPrices extends Loaded {
  /** Prices (currency/share). */
  readonly prices: readonly number[];
}

const checkRange: RowCheck = (value) => {
  const bar = { open: value("open"), high: value("high"), low: value("low"), close: value("close") };
  return isInOrder(bar.open, bar.high, bar.low, bar.close) ? undefined : barFault(bar, "row");
};

/** How the bars of one time become one bar. */
const mergeBars: Merge = (name, values, from, to) => {
  if (name === "open") return values[from];
  if (name === "close") return values[to];
  const own = values.subarray(from, to + 1);
  if (name === "volume") return total(own);
  return own.reduce((one, other) => (name === "high" ? Math.max(one, other) : Math.min(one, other)));
};

const barTable: TableKind = { columns: barKinds, checkRow: checkRange, merge: mergeBars, mayRepeat: false };
const priceTable: TableKind = {
  columns: priceKinds,
  merge: (_, values, __, to) => values[to],
  mayRepeat: true,
};

/** A text, which may be empty: that it then lacks a header is said with its line. */
function checkContent(text: unknown): string {
  if (typeof text === "string") return text;
  throw new InputError("text", text, "a text");
}

/**
 * Reads bars from text in the form of a CSV file. What the file is is found out: delimiter, line ends, rows above the
 * header and below the last row, headers of one row or of several or none, the form of dates, the order of rows, decimal
 * mark and thousands, signs around numbers, one symbol or many. Columns are found by their headers, in any order; other
 * columns are ignored. The result says what was found in `readAs`, and `options` has a field for each finding.
 *
 * Nothing is guessed and nothing is half loaded: a date or a number that can be read in two ways, a row with a cell too few,
 * some of its prices missing, a price that is not above 0, a high below the low, an open or close outside of both, a time
 * twice or out of order: each is an error that names line, column and value, and the option that decides where there is
 * one. What is possible but hardly true is loaded and said in `warnings`.
 *
 * @param text - the file's content
 * @param options - how the file is written, where that is to be forced, and what messages call the text
 * @returns times, columns of numbers, and what was found out
 * @throws InputError when a cell is not what it should be; it then also has the fields `line` and `column`
 *
 * @example
 * ```ts
 * const text = "Date,Open,High,Low,Close\n2013-02-28,10,12,9,11\n2013-03-01,11,11,8,9\n";
 * parseBars(text).times; // → ["2013-02-28","2013-03-01"]
 * parkinsonVolatility(parseBars(text)).observations; // → 2
 * const european = "Datum;Eröffnung;Hoch;Tief;Schluss\n01.03.2013;11,0;11,0;8,0;9,0\n28.02.2013;10,0;12,0;9,0;11,5\n";
 * parseBars(european).close; // → [11.5,9]
 * parseBars(european).findings.order; // → newest first
 * ```
 */
export function parseBars(text: string, options: CsvOptions = {}): LoadedBars {
  return barsFrom({ text: checkContent(text), encoding: undefined }, options);
}

/** Bars from which on the gaps between them tell opening from closing prices. */
const tellingBars = 20;

/**
 * Without a header, the columns are read in the order that such files have. Where each price taken for a close lies nearer
 * to the open before it than each open to the close before it, the two stand the other way round.
 */
function checkDirection(name: string, open: readonly number[], close: readonly number[]): void {
  const gap = (later: readonly number[], earlier: readonly number[]): number =>
    total(later.slice(1).map((price, i) => Math.abs(price - earlier[i])));
  if (open.length < tellingBars || gap(open, close) <= gap(close, open)) return;
  const allowed = `given: ${name} has no header, and its first and last price seem to stand the other way round`;
  const hint = "Number its columns: options.columns: { time: 1, open: 2, high: 3, low: 4, close: 5 }.";
  throw new InputError("options.columns", undefined, allowed, hint);
}

/** Reads bars from a text of a known encoding. */
export function barsFrom(source: Source, options: CsvOptions): LoadedBars {
  const { name, times, numbers, readAs, findings, warnings } = parseTable(source, barTable, options);
  const [open, high, low, close] = barColumns.map((column) => plainArray(numbers[column]));
  const volume = numbers.volume === undefined ? undefined : plainArray(numbers.volume);
  if (findings.headerRows === 0 && options.columns === undefined) checkDirection(name, open, close);
  const all = Object.freeze([...priceWarnings(name, { low, high, close }, (row) => times[row]), ...warnings]);
  return Object.freeze({ times, open, high, low, close, volume, readAs, findings, warnings: all });
}

/**
 * Reads prices from text in the form of a CSV file, with a time and a price in each row, and finds out what the file is: see
 * {@link parseBars}. Rows with a time of day may have the time of the row before them, as ticks do.
 *
 * @param text - the file's content
 * @param options - how the file is written, where that is to be forced, and what messages call the text
 * @returns times, prices, and what was found out
 * @throws InputError when a cell is not what it should be; it then also has the fields `line` and `column`
 *
 * @example
 * ```ts
 * parsePrices("time;price\n2013-09-03 08:30:00;1640.25\n").prices[0]; // → 1640.25
 * const spread = "Date,Last\n01/24/2024,-0.25\n01/25/2024,0.5\n";
 * parsePrices(spread, { prices: "any" }).readAs; // → comma, dates MM/DD/YYYY, price from "Last"
 * ```
 */
export function parsePrices(text: string, options: CsvOptions = {}): LoadedPrices {
  return pricesFrom({ text: checkContent(text), encoding: undefined }, options);
}

/** Reads prices from a text of a known encoding. */
export function pricesFrom(source: Source, options: CsvOptions): LoadedPrices {
  const { name, times, numbers, readAs, findings, warnings } = parseTable(source, priceTable, options);
  const prices = plainArray(numbers.price);
  const all = [
    ...priceWarnings(name, { low: prices, high: prices, close: prices }, (row) => times[row]),
    ...warnings,
  ];
  return Object.freeze({ times, prices, readAs, findings, warnings: Object.freeze(all) });
}
