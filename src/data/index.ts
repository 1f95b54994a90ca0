/**
 * Prices from CSV files and databases of any origin, checked cell by cell; their time zones, sessions, volume profiles, and bars of
 * any length. Needs Node: `optimal-execution/data`.
 *
 * @module
 */

export type { PriceBars } from "../support/bars";
export type { SessionCalendar, Weekday } from "../support/calendar";
export type { Series } from "../support/numbers";
export type { PricePath, PricesBySession, SessionPrices } from "../support/sessions";
export type { Disambiguation } from "../support/wallTime";
export type { BarTable, EmptyCounts } from "./barBuilder";
export { type Loaded, type LoadedBars, type LoadedPrices, parseBars, parsePrices } from "./bars";
export type { LeftOutDay } from "./dailyVolumes";
export type { DateForm, Separator, Year } from "./dateForms";
export { describeSessions } from "./describeSessions";
export type { QueryParameter } from "./duckdb";
export type { Encoding } from "./encoding";
export { loadBars, loadPrices } from "./file";
export type { Findings } from "./findings";
export type { RowSpan } from "./gaps";
export type { Delimiter, LineEnds } from "./grid";
export {
  type InstantOptions,
  instantsOf,
  type Times,
  wallClockTimes,
} from "./instants";
export type { CsvOptions, Thousands } from "./options";
export type { OutsideRows } from "./placement";
export { type ProfileVolumesOptions, profileVolumes } from "./profileVolumes";
export { type QueriedBars, type QueriedPrices, queryBars, queryPrices } from "./query";
export type { QueryOptions } from "./queryTable";
export type { QueriedTimes, QueryTimeOptions } from "./queryTimes";
export { resample } from "./resample";
export type { ResampleCounts, ResampledBars, ResampleOptions } from "./resampledBars";
export type { BarSeries, PriceSeries, SeriesOptions } from "./series";
export type { Session, SessionOptions, SessionSplit } from "./sessionSplit";
export { splitSessions } from "./sessions";
export type { TradingTimeUnit } from "./timeUnit";
export { type VolumeProfile, type VolumeProfileOptions, volumeProfile } from "./volumeProfile";
