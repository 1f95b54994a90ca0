/**
 * Which column has the times, where several could.
 *
 * @module
 */
import { formsOf } from "./dateForms";
import { readClock } from "./timeOfDay";

/**
 * The column of times, or those of day and time of day, by the cells of the first row. Of several columns that each hold
 * whole times, a Unix time goes before all others, because it needs no time zone, and one with a time of day before one
 * without. Nothing where that does not decide.
 */
export function chooseTimes(
  cells: readonly string[],
  columns: readonly number[],
): readonly number[] | undefined {
  if (columns.length === 1) return columns;
  const text = (column: number): string => cells[column] ?? "";
  const clocks = columns.filter((column) => isClock(text(column)));
  const days = columns.filter((column) => !clocks.includes(column) && formsOf(text(column)).length > 0);
  if (days.length + clocks.length < columns.length) return undefined;
  if (days.length === 1 && clocks.length === 1) return [days[0], clocks[0]];
  if (clocks.length > 0) return undefined;
  const unix = days.filter((column) => formsOf(text(column)).some((form) => form.startsWith("Unix")));
  if (unix.length > 0) return unix.length === 1 ? unix : undefined;
  const precise = days.filter((column) => text(column).includes(":"));
  return precise.length === 1 ? precise : undefined;
}

/** Whether a cell holds a time of day and no date. */
export function isClock(text: string): boolean {
  return readClock(text) !== undefined && (text.includes(":") || formsOf(text).length === 0);
}
