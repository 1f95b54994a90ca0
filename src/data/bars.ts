/**
 * Bars and prices from text.
 *
 * @module
 */
import { barColumns, barFault, isInOrder, type PriceBars } from "../support/bars";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { ColumnKind } from "./columns";
import { type CsvOptions, parseTable, type RowCheck, type TableKind } from "./csv";

/** Bars that were read from a file. All columns have one length. */
export interface LoadedBars extends PriceBars<readonly number[]> {
  /** Times as they stand in the file. */
  readonly times: readonly string[];
  /** Traded volume, where the file has it. */
  readonly volume: readonly number[] | undefined;
  /** Prices that lie half above or a third below the price before them, at most five, and how many more there are. */
  readonly warnings: readonly string[];
}

/** Prices that were read from a file. */
export interface LoadedPrices {
  /** Times as they stand in the file. */
  readonly times: readonly string[];
  readonly prices: readonly number[];
  /** Prices that lie half above or a third below the price before them, at most five, and how many more there are. */
  readonly warnings: readonly string[];
}

const time: ColumnKind = { name: "time", headers: ["date", "time", "datetime", "timestamp"], holds: "time" };

const checkRange: RowCheck = (value) => {
  const bar = { open: value("open"), high: value("high"), low: value("low"), close: value("close") };
  return isInOrder(bar.open, bar.high, bar.low, bar.close) ? undefined : barFault(bar, "row");
};

const barTable: TableKind = {
  columns: [
    time,
    ...barColumns.map((name): ColumnKind => ({ name, headers: [name], holds: "price" })),
    { name: "volume", headers: ["volume"], holds: "quantity", isOptional: true },
  ],
  checkRow: checkRange,
};
const priceTable: TableKind = {
  columns: [time, { name: "price", headers: ["price", "close", "last"], holds: "price" }],
};

/** A text, which may be empty: that it then lacks a header is said with its line. */
function checkContent(text: unknown): string {
  if (typeof text === "string") return text;
  throw new InputError("text", text, "a text");
}

/** From this ratio of a price to the one before on, a split or a slipped decimal point is likelier than the market. */
const jump = 1.45;

/**
 * What is possible but hardly true: prices far from the one before them. `low` and `high` are those of each row, `last`
 * its last price.
 */
function jumpWarnings(
  name: string,
  times: readonly string[],
  { low, high, last }: Readonly<Record<"low" | "high" | "last", readonly number[]>>,
): readonly string[] {
  const found: string[] = [];
  let more = 0;
  for (let i = 1; i < last.length; i++) {
    const before = last[i - 1];
    const [up, down] = [high[i] / before, low[i] / before];
    if (up < jump && down > 1 / jump) continue;
    if (found.length === 5) more += 1;
    else {
      const factor = up >= jump ? up : down;
      const price = up >= jump ? high[i] : low[i];
      found.push(
        `${name}, ${times[i]}: the price ${price} is ${formatSignificant(factor)} × the one before it, ${before}. ` +
          "Is it a split, or a slipped decimal point?",
      );
    }
  }
  if (more > 0) found.push(`${name}: ${more} more like these.`);
  return Object.freeze(found);
}

/**
 * Reads bars from text in the form of a CSV file: a header, then a row a period, in the order of time. Columns are found
 * by their headers (date or time, open, high, low, close, and volume if there is one), in any order, capital letters or
 * small; other columns are ignored.
 *
 * Nothing is guessed and nothing is half loaded: a missing cell, a price that is not above 0, a high below the low, an
 * open or close outside of both, a time that is not later than the one before: each is an error that names line, column
 * and value. What is possible but hardly true, a price far from the one before it, is loaded and said in `warnings`.
 *
 * @param text - the file's content
 * @param options - separator and names of columns, where they are not the usual ones, and what messages call the text
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
export function parseBars(text: string, options: CsvOptions = {}): LoadedBars {
  const { name, times, numbers } = parseTable(checkContent(text), barTable, options);
  const { volume, ...prices } = numbers;
  const { open, high, low, close } = prices as Record<keyof PriceBars, readonly number[]>;
  const warnings = jumpWarnings(name, times, { low, high, last: close });
  return Object.freeze({ times, open, high, low, close, volume, warnings });
}

/**
 * Reads prices from text in the form of a CSV file: a header, then a row a price, with a time and a price. A price far
 * from the one before it is loaded and said in `warnings`.
 *
 * @param text - the file's content
 * @param options - separator and names of columns, where they are not the usual ones, and what messages call the text
 * @returns times and prices
 * @throws InputError when a cell is not what it should be; it then also has the fields `line` and `column`
 *
 * @example
 * ```ts
 * parsePrices("time;price\n2013-09-03 08:30:00;1640.25\n", { delimiter: ";" }).prices[0]; // → 1640.25
 * ```
 */
export function parsePrices(text: string, options: CsvOptions = {}): LoadedPrices {
  const { name, times, numbers } = parseTable(checkContent(text), priceTable, options);
  const { price: prices } = numbers;
  const warnings = jumpWarnings(name, times, { low: prices, high: prices, last: prices });
  return Object.freeze({ times, prices, warnings });
}
