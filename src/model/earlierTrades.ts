/**
 * Trades made before an order, which impact that fades remembers.
 *
 * @module
 */
import { anyFinite, checkKeys, checkNumber, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import type { EarlierTrade } from "./executionProblem";
import type { Units } from "./notation";

/** The trades of a problem's input, checked. */
export function checkEarlierTrades(value: unknown, { timeUnit }: Units): readonly EarlierTrade[] | undefined {
  if (value === undefined) return undefined;
  if (!isList(value) || value.length > 100_000) {
    throw new InputError("earlierTrades", value, "an array of at most 100,000 { ago, shares }");
  }
  return Object.freeze(
    Array.from(value, (one, i) => {
      const { ago, shares } = checkKeys(`earlierTrades[${i}]`, one, ["ago", "shares"]);
      return Object.freeze({
        ago: checkNumber(`earlierTrades[${i}].ago`, ago, notNegative, timeUnit),
        shares: checkNumber(`earlierTrades[${i}].shares`, shares, anyFinite, "shares"),
      });
    }),
  );
}
