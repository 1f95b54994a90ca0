/**
 * Prices from anybody's CSV file, checked cell by cell. Needs Node: `optimal-execution/data`.
 *
 * @module
 */

export type { PriceBars } from "../support/bars";
export type { Series } from "../support/numbers";
export { type LoadedBars, type LoadedPrices, parseBars, parsePrices } from "./bars";
export type { CsvOptions } from "./csv";
export { loadBars, loadPrices } from "./file";
