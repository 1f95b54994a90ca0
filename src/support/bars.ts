/**
 * Bars: what a period's prices are boiled down to, and the one rule by which a bar is in order.
 *
 * @module
 */
import { checkNumber, isList, positive } from "./checks";
import { InputError } from "./errors";
import type { Series } from "./numbers";

/** Prices of periods in the order of time, a column each, all of the same length (currency/share). */
export interface PriceBars<Column = Series> {
  /** First price of each period. */
  readonly open: Column;
  /** Highest price of each period. */
  readonly high: Column;
  /** Lowest price of each period. */
  readonly low: Column;
  /** Last price of each period. */
  readonly close: Column;
}

/** The columns of bars, in the order in which they are written everywhere. */
export const barColumns: readonly (keyof PriceBars)[] = ["open", "high", "low", "close"];

/** Prices that were computed, such as adjusted ones, may miss their limits by so much of themselves: some rounding errors. */
const slack = 1e-12;

/** The rule: open and close lie within low and high, but for rounding. NaN and holes fail it as well. */
export function isInOrder(open: number, high: number, low: number, close: number): boolean {
  if (low <= open && low <= close && open <= high && close <= high) return true;
  return isAtMost(low, open) && isAtMost(low, close) && isAtMost(open, high) && isAtMost(close, high);
}

function isAtMost(price: number, limit: number): boolean {
  return price - limit <= slack * Math.abs(limit);
}

/** Which price of a bar is wrong, and what it must be. */
export interface BarFault {
  readonly name: "open" | "high" | "close";
  readonly allowed: string;
}

/**
 * Says what is wrong with one bar that is not in order though each of its prices is a number.
 *
 * @param noun - what the reader sees the bar as: a bar of an array, a row of a file
 */
export function barFault({ open, high, low }: PriceBars<number>, noun: "bar" | "row"): BarFault {
  if (!isAtMost(low, high)) return { name: "high", allowed: `at least the ${noun}'s low, ${low}` };
  const name = isAtMost(low, open) && isAtMost(open, high) ? "close" : "open";
  return { name, allowed: `between the ${noun}'s low, ${low}, and its high, ${high}` };
}

/** Checks bars and hands them back: four columns of one length, prices above 0, low ≤ open, close ≤ high. */
export function checkBars(bars: PriceBars, least: number): PriceBars {
  if (typeof bars !== "object" || bars === null) {
    throw new InputError("bars", bars, "an object with columns open, high, low and close");
  }
  for (const name of barColumns) checkColumn(bars, name, least);
  const { open, high, low, close } = bars;
  for (const name of barColumns) checkTypes(`bars.${name}`, bars[name]);
  for (let i = 0; i < open.length; i++) {
    const h = high[i];
    const l = low[i];
    // Where a bar is in order, these two limits hold for all four of its prices.
    const isPriced = l > 0 && h < Number.POSITIVE_INFINITY;
    if (!(isPriced && isInOrder(open[i], h, l, close[i]))) refuseBar(bars, i);
  }
  return bars;
}

function checkColumn(bars: PriceBars, name: keyof PriceBars, least: number): void {
  const column: unknown = bars[name];
  if (!isList(column) || column.length < least) {
    throw new InputError(
      `bars.${name}`,
      column,
      `an array of at least ${least} prices, numbers above 0 (currency/share)`,
    );
  }
  if (column.length !== bars.open.length) {
    throw new InputError(`bars.${name}`, column, `an array of ${bars.open.length} prices, as bars.open has`);
  }
}

/** Texts compare like numbers and must be found before; a typed array cannot hold any. */
function checkTypes(parameter: string, column: Series): void {
  if (!Array.isArray(column)) return;
  const wrong = column.findIndex((price: unknown) => typeof price !== "number");
  if (wrong >= 0) checkNumber(`${parameter}[${wrong}]`, column[wrong], positive, "currency/share");
}

/** Says what is wrong with a bar that something is wrong with. */
function refuseBar({ open, high, low, close }: PriceBars, i: number): never {
  const bar: PriceBars<unknown> = { open: open[i], high: high[i], low: low[i], close: close[i] };
  for (const name of barColumns) {
    const price = bar[name];
    if (!(typeof price === "number" && price > 0 && Number.isFinite(price))) {
      throw new InputError(`bars.${name}[${i}]`, price, "a finite number above 0 (currency/share)");
    }
  }
  const { name, allowed } = barFault(bar as PriceBars<number>, "bar");
  throw new InputError(`bars.${name}[${i}]`, bar[name], `${allowed} (currency/share)`);
}
