/**
 * Prices or bars with their times, checked.
 *
 * @module
 */
import { barColumns, type PriceBars } from "../support/bars";
import { checkChoice, checkRecord, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import type { Disambiguation } from "../support/wallTime";
import { readInstants, type Times } from "./instants";
import { checkBarColumns, checkFiniteColumn, checkTimeOrder, checkVolumeColumn } from "./tableChecks";

/** Prices with their times: trades, quotes, samples. `loadPrices` and `queryPrices` give them. */
export interface PriceSeries {
  /** Texts in ISO 8601, or milliseconds since 1970; in order, several prices of one time allowed. */
  readonly times: Times;
  /** Prices (currency/share). */
  readonly prices: Series;
  /** Traded volumes (shares). */
  readonly volume?: Series | undefined;
}

/** Bars with their times. `loadBars` and `queryBars` give them. */
export interface BarSeries extends PriceBars {
  /** Texts in ISO 8601, or milliseconds since 1970; each later than the one before. */
  readonly times: Times;
  /** Traded volumes (shares). */
  readonly volume?: Series | undefined;
}

/** How the times of a series are to be read. */
export interface SeriesOptions {
  /** Time zone of texts without an offset of their own (default the calendar's). */
  readonly timeZone?: string | undefined;
  /** What to take where clocks are set, as of `instantsOf` (default `"reject"`). */
  readonly disambiguation?: Disambiguation | undefined;
  /** Whether a bar's time is that of its `"start"` (default) or its `"end"`; prices have no such thing. */
  readonly stamp?: "start" | "end" | undefined;
}

export const seriesOptions: readonly string[] = ["timeZone", "disambiguation", "stamp"];

/** What a row's time stands for: a price at that time, or a bar from it on or up to it. */
export type Stamp = "price" | "start" | "end";

/** A series in one form: a price is a bar of one price. */
export interface CheckedSeries extends PriceBars {
  readonly stamp: Stamp;
  readonly instants: Float64Array;
  readonly volume: Series | undefined;
}

/** Checks a series, and reads its times. */
export function checkSeriesOf(
  data: unknown,
  { timeZone, disambiguation, stamp }: SeriesOptions,
  zoneOfCalendar: string,
): CheckedSeries {
  const words = "an object with times and prices, or with times, open, high, low and close";
  const given = checkRecord("data", data, words);
  const isPrices = given.prices !== undefined;
  const names = isPrices ? (["prices"] as const) : barColumns;
  const options = { timeZone: timeZone ?? zoneOfCalendar, disambiguation };
  if (!isList(given.times)) throw new InputError("data.times", given.times, "an array of times");
  const instants = readInstants("data.times", given.times, options);
  const column = (name: string): Series => checkLength(name, given[name], instants.length);
  const [first, ...others] = names.map(column);
  const cell = (name: string, i: number): string => `data.${name}[${i}]`;
  const text = (i: number): string => String((given.times as Times)[i]);
  const volume = given.volume === undefined || given.volume === null ? undefined : column("volume");
  if (volume !== undefined) checkVolumeColumn(cell, "volume", volume);
  checkTimeOrder(cell, "times", instants, { isStrict: !isPrices, text });
  if (isPrices) {
    checkFiniteColumn(cell, "prices", first);
    if (stamp !== undefined) throw new InputError("stamp", stamp, "left out: prices have one time each");
    return { stamp: "price", instants, open: first, high: first, low: first, close: first, volume };
  }
  const [high, low, close] = others;
  checkBarColumns(cell, { open: first, high, low, close });
  const edge = checkChoice("stamp", stamp === undefined ? "start" : stamp, ["start", "end"] as const);
  return { stamp: edge, instants, open: first, high, low, close, volume };
}

function checkLength(name: string, values: unknown, length: number): Series {
  if (isList(values) && values.length === length) return values as Series;
  throw new InputError(`data.${name}`, values, `an array of ${length} numbers, as many as data.times`);
}
