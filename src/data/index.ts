/**
 * Prices from anybody's CSV file, checked cell by cell. Needs Node: `optimal-execution/data`.
 *
 * @module
 */

export type { PriceBars } from "../support/bars";
export type { Series } from "../support/numbers";
export { type Loaded, type LoadedBars, type LoadedPrices, parseBars, parsePrices } from "./bars";
export type { DateForm } from "./dateForms";
export type { Encoding } from "./encoding";
export { loadBars, loadPrices } from "./file";
export type { Findings } from "./findings";
export type { Delimiter, LineEnds } from "./grid";
export type { CsvOptions, Thousands } from "./options";
