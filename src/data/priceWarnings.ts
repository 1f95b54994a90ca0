/**
 * What is possible but hardly true of prices, wherever they were loaded from.
 *
 * @module
 */
import type { PriceBars } from "../support/bars";
import { formatNumber, formatSignificant } from "../support/format";

/** What to do where a price of 0 or below is no slip. */
export const anySignHint =
  'Where prices may be 0 or below, as of power, spreads and rates, give options.prices: "any".';

type Extremes = Pick<PriceBars, "low" | "high" | "close">;

/** From this ratio of a price to the one before on, a split or a slipped decimal point is likelier than the market. */
const jump = 1.45;

/** Jumps that are told one by one. */
const mostTold = 5;

/**
 * Prices far from the one before them; where some are 0 or below, ratios mean nothing, and that is said instead.
 *
 * @param source - what messages call the table
 * @param text - how messages write the time of a row
 */
export function priceWarnings(
  source: string,
  prices: Extremes,
  text: (row: number) => string,
): readonly string[] {
  const { low, high, close } = prices;
  const below = notPositive(source, low, text);
  if (below !== undefined) return [below];
  const found: string[] = [];
  let jumps = 0;
  for (let i = 1; i < close.length; i++) {
    const before = close[i - 1];
    const [up, down] = [high[i] / before, low[i] / before];
    if (up < jump && down > 1 / jump) continue;
    jumps += 1;
    if (jumps > mostTold) continue;
    const [factor, price] = up >= jump ? [up, high[i]] : [down, low[i]];
    found.push(
      `${source}, ${text(i)}: the price ${price} is ${formatSignificant(factor)} × the one before it, ${before}. ` +
        "Is it a split, or a slipped decimal point?",
    );
  }
  if (jumps > mostTold) found.push(`${source}: ${formatNumber(jumps - mostTold)} more like these.`);
  return found;
}

/** Says how many prices are 0 or below, and what that means for what comes next. */
function notPositive(
  source: string,
  low: Extremes["low"],
  text: (row: number) => string,
): string | undefined {
  let [count, lowest] = [0, 0];
  for (let i = 0; i < low.length; i++) {
    if (low[i] > 0) continue;
    count += 1;
    if (low[i] < low[lowest]) lowest = i;
  }
  if (count === 0) return undefined;
  const words = count === 1 ? "1 price is 0 or below" : `${formatNumber(count)} prices are 0 or below`;
  return (
    `${source}: ${words}, the lowest ${low[lowest]} at ${text(lowest)}. Logarithmic returns and volatilities need prices ` +
    "above 0; costs and averages do not."
  );
}
