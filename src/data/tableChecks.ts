/**
 * Checks of whole columns, wherever they come from: a query, an array in memory.
 *
 * @module
 */
import { barColumns, barFault, isInOrder, type PriceBars } from "../support/bars";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";

/** What messages call a cell: `data.high[3]`, or `the query, row 4 (high)`. */
export type CellName = (column: string, row: number) => string;

/** Checks that every number of a column is finite. */
export function checkFiniteColumn(name: CellName, column: string, values: Series): void {
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value === "number" && Number.isFinite(value)) continue;
    throw new InputError(name(column, i), value, "a finite number");
  }
}

/** Checks that every volume is finite and not negative. */
export function checkVolumeColumn(name: CellName, column: string, values: Series): void {
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY) continue;
    throw new InputError(name(column, i), value, "a volume, a finite number, 0 or above");
  }
}

/** Checks that prices are finite and that open and close lie within low and high. */
export function checkBarColumns(name: CellName, bars: PriceBars): void {
  for (const column of barColumns) checkFiniteColumn(name, column, bars[column]);
  const { open, high, low, close } = bars;
  for (let i = 0; i < open.length; i++) {
    if (isInOrder(open[i], high[i], low[i], close[i])) continue;
    const bar = { open: open[i], high: high[i], low: low[i], close: close[i] };
    const fault = barFault(bar, "row");
    throw new InputError(name(fault.name, i), bar[fault.name], fault.allowed);
  }
}

/**
 * Checks that times are in order: bars one after another, prices also at the same time.
 *
 * @param text - how messages write a time
 */
export function checkTimeOrder(
  name: CellName,
  column: string,
  instants: Series,
  { isStrict, text }: { readonly isStrict: boolean; readonly text: (row: number) => string },
): void {
  for (let i = 1; i < instants.length; i++) {
    if (isStrict ? instants[i] > instants[i - 1] : instants[i] >= instants[i - 1]) continue;
    const words = isStrict ? "later than" : "not earlier than";
    const hint = isStrict
      ? "Sort the rows by time, and merge those with one time."
      : "Sort the rows by time.";
    throw new InputError(name(column, i), text(i), `${words} the time before it, ${text(i - 1)}`, hint);
  }
}
