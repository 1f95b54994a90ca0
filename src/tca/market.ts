/**
 * What the market did while an order was worked, checked.
 *
 * @module
 */
import {
  anyFinite,
  checkNumber,
  checkNumbers,
  checkRecord,
  isList,
  isMissing,
  type NumberRange,
  notNegative,
} from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";

/** What the market did while an order was worked. Other fields are left alone. */
export interface MarketData {
  /** S_0 … S_N: the price on arrival, and at the end of each of N intervals (N + 1 numbers, currency/share). */
  readonly prices: Series;
  /** What the whole market traded in each interval, 0 or above (N numbers, shares). */
  readonly volumes?: Series | undefined;
  /** Volume-weighted average price of each interval, a vendor's own column (N numbers, currency/share). */
  readonly vwaps?: Series | undefined;
  /** The session's opening price (currency/share). */
  readonly open?: number | undefined;
  /** The session's closing price (currency/share). */
  readonly close?: number | undefined;
}

/** Checks market data. */
export function checkMarket(market: unknown): MarketData {
  const given = checkRecord(
    "market",
    market,
    "an object with prices, and volumes where a benchmark needs them",
  );
  if (!isList(given.prices) || given.prices.length < 2) {
    throw new InputError("market.prices", given.prices, "an array of at least 2 prices (currency/share)");
  }
  const { length } = given.prices;
  const price = (field: "open" | "close"): number | undefined =>
    isMissing(given[field]) ? undefined : checkPrice(`market.${field}`, given[field]);
  const column = (field: "volumes" | "vwaps", range: NumberRange, unit: string): number[] | undefined =>
    isMissing(given[field])
      ? undefined
      : checkNumbers(`market.${field}`, given[field], length - 1, range, unit);
  return {
    prices: checkNumbers("market.prices", given.prices, length, anyFinite, "currency/share"),
    volumes: column("volumes", notNegative, "shares"),
    vwaps: column("vwaps", anyFinite, "currency/share"),
    open: price("open"),
    close: price("close"),
  };
}

/** A price, of either sign: spreads, power and oil trade below 0. */
export function checkPrice(name: string, value: unknown): number {
  return checkNumber(name, value, anyFinite, "currency/share");
}
