/**
 * What the market did while an order was worked, checked.
 *
 * @module
 */
import {
  checkNumber,
  checkNumbers,
  checkRecord,
  isList,
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
    (given[field] ?? undefined) === undefined ? undefined : checkPrice(`market.${field}`, given[field]);
  const column = (field: "volumes" | "vwaps", range: NumberRange, unit: string): number[] | undefined =>
    (given[field] ?? undefined) === undefined
      ? undefined
      : checkNumbers(`market.${field}`, given[field], length - 1, range, unit);
  return {
    prices: checkNumbers("market.prices", given.prices, length, anyPrice, "currency/share"),
    volumes: column("volumes", notNegative, "shares"),
    vwaps: column("vwaps", anyPrice, "currency/share"),
    open: price("open"),
    close: price("close"),
  };
}

/** A simulated price may turn negative; one of zero has no basis points. */
const anyPrice = { contains: (value: number) => value !== 0, words: "a finite number other than 0" };

/** A price, of which only 0 is refused. */
export function checkPrice(name: string, value: unknown): number {
  return checkNumber(name, value, anyPrice, "currency/share");
}
