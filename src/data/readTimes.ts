/**
 * The times of a table, in the one form that all of them have.
 *
 * @module
 */
import type { DataError } from "../support/errors";
import { type Table, timeFault, timeText } from "./table";
import { readTimes, type TimeColumn } from "./times";

/**
 * Reads the times of a table.
 *
 * @throws DataError at the first that is none, or where the whole column can be read in two ways
 */
export function readTimeColumn(table: Table): TimeColumn {
  const cell = (row: number): string => timeText(table, row);
  const { readings, fault } = readTimes(cell, table.rows.length, table.options.dates);
  if (readings.length === 1) return readings[0];
  if (readings.length > 1) throw twoReadings(table, readings);
  const isSerial = /^\d{5}(?:\.\d+)?$/.test(cell(fault.row));
  const hint = isSerial ? "It seems to be a spreadsheet's count of days: format the column as dates." : "";
  throw timeFault(table, fault.row, fault.allowed, hint);
}

/** The refusal of times that can be read in two ways, with both and the option that decides. */
function twoReadings(table: Table, readings: readonly TimeColumn[]): DataError {
  const [one, other] = readings;
  const row = Math.max(
    0,
    one.texts.findIndex((text, i) => text !== other.texts[i]),
  );
  const words = readings.map(({ form, texts }) => `${texts[row]} (options.dates: "${form}")`);
  const allowed = "a date that can be read in one way only, here or in another row";
  return timeFault(table, row, allowed, `It may be ${words.join(" or ")}.`);
}
