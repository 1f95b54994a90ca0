/**
 * Tables without a header: columns by number, or in the order that such files have.
 *
 * @module
 */
import type { ColumnKind } from "./columnKinds";
import { formsOf } from "./dateForms";
import { type Grid, rowTexts } from "./grid";
import type { Layout } from "./header";
import { headerOf } from "./header";
import { isMissing, readNumeral } from "./numerals";
import type { CheckedOptions } from "./options";
import { readClock } from "./timeOfDay";

const styles = ([".", ","] as const).map((decimal) => ({
  ...{ decimal, readsMarks: true },
  thousands: [",", ".", " ", "'"] as const,
}));

/** Whether a cell is a number, by whichever decimal mark, or says that there is none. */
export function isNumeric(text: string): boolean {
  return isMissing(text) || styles.some((style) => !Number.isNaN(readNumeral(text, style).value));
}

/**
 * The layout of a table whose columns the caller numbers. Its first row is the first one with a time and numbers at these
 * places; a row above it that has words there is its header.
 */
export function numberedLayout(
  grid: Grid,
  firstRow: number,
  rows: readonly number[],
  kinds: readonly ColumnKind[],
  { columns = {}, header: wanted, skipRows }: CheckedOptions,
): Layout | undefined {
  const isOfForm = (text: string): boolean => formsOf(text).length > 0;
  const own = kinds.filter(({ name, isOptional }) => !isOptional || typeof columns[name] === "number");
  const last = rows.length === 0 ? firstRow : rows[rows.length - 1] + (wanted ?? 1);
  for (let row = rows[0] ?? grid.rows; row <= last && row < grid.rows; row++) {
    const cells = rowTexts(grid, row);
    const above = row > firstRow && wanted !== 0 ? rowTexts(grid, row - 1) : [];
    const named = above.length < cells.length ? cells.map(() => "") : above;
    const { times, places, missing, headers } = headerOf(named, row, own, columns);
    if (missing.length > 0) continue;
    const isBody =
      isOfForm(cells[times[0]] ?? "") &&
      places.every(({ kind, column }) => kind.holds === "symbol" || isNumeric(cells[column] ?? ""));
    if (!isBody) continue;
    const isNamed =
      row > firstRow + (skipRows ?? 0) && places.some(({ column }) => !isNumeric(named[column]));
    const headerRows = wanted ?? (isNamed ? 1 : 0);
    const skipped = row - headerRows - firstRow;
    if (skipRows !== undefined && skipped !== skipRows) continue;
    return { ...{ skipped, headerRows, body: row, headers, times, places }, symbol: undefined };
  }
  return undefined;
}

/**
 * The order of columns in files without a header: time, open, high, low, close and volume, or a time and a price. Exchanges'
 * candles with a Unix time have more columns behind the volume: 7 in all, or 12 of which the 7th is the time of closing.
 */
export function bareLayout(
  grid: Grid,
  firstRow: number,
  row: number,
  kinds: readonly ColumnKind[],
): Layout | undefined {
  const cells = rowTexts(grid, row);
  const forms = formsOf(cells[0]);
  if (forms.length === 0) return undefined;
  const second = cells[1] ?? "";
  const times = second.includes(":") && readClock(second) !== undefined ? [0, 1] : [0];
  const numbers = cells.slice(times.length);
  while (numbers.length > 0 && numbers[numbers.length - 1] === "") numbers.pop();
  const prices = kinds.filter(({ holds }) => holds === "price");
  const isCandle =
    forms[0].startsWith("Unix") &&
    prices.length === 4 &&
    (numbers.length === 6 || (numbers.length === 11 && formsOf(numbers[5]).length > 0));
  const volume = kinds.filter(({ holds }) => holds === "quantity");
  const found =
    numbers.length === prices.length
      ? prices
      : isCandle || numbers.length === prices.length + volume.length
        ? [...prices, ...volume]
        : undefined;
  if (found === undefined || !numbers.slice(0, found.length).every(isNumeric)) return undefined;
  const places = found.map((kind, i) => ({ kind, column: times.length + i, header: "" }));
  return {
    ...{ skipped: row - firstRow, headerRows: 0, body: row, headers: [], times, places },
    symbol: undefined,
  };
}
