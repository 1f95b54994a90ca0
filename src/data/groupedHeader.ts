/**
 * Headers of several rows: fields and symbols, as tables with columns on two levels are written.
 *
 * @module
 */
import { type ColumnKind, plainHeader, timeHeaders } from "./columnKinds";
import { type Grid, rowTexts } from "./grid";
import type { Layout } from "./header";
import { headerOf } from "./header";
import { isMissing, readNumeral } from "./numerals";
import type { CheckedOptions } from "./options";
import { checkSymbol } from "./symbols";

/**
 * The layout of a table with a row of fields and a row of symbols, in either order, above a column of times, which a third
 * row may name. Nothing where there is none.
 */
export function groupedHeader(
  grid: Grid,
  firstRow: number,
  rows: readonly number[],
  kinds: readonly ColumnKind[],
  { name, columns = {}, symbol, header: wanted }: CheckedOptions,
): Layout | undefined {
  for (const row of rows) {
    const fields = rowTexts(grid, row).map((text, i) => (i === 0 ? "" : text));
    const required = kinds.filter(({ isOptional }) => !isOptional);
    const found = headerOf(fields, row, required, { ...columns, time: 1 });
    if (found.missing.length > 0) continue;
    const symbolRow = [row + 1, row - 1].find((other) => other >= rows[0] && isSymbolRow(grid, other));
    if (symbolRow === undefined) continue;
    const symbols = rowTexts(grid, symbolRow);
    const last = Math.max(row, symbolRow);
    const body = isTimeRow(grid, last + 1) ? last + 2 : last + 1;
    const first = Math.min(row, symbolRow);
    if (wanted !== undefined && wanted !== body - first) continue;
    const own = checkSymbol(name, [...new Set(symbols.slice(1))], symbol);
    const headers = fields.map((field, i) => (symbols[i] === own ? field : ""));
    const { places } = headerOf(headers, row, kinds, { ...columns, time: 1 });
    return {
      ...{ skipped: first - firstRow, headerRows: body - first, body, headers, times: [0] },
      ...{ places, symbol: own },
    };
  }
  return undefined;
}

/** Whether every cell but the first is a word. */
function isSymbolRow(grid: Grid, row: number): boolean {
  if (row < 0 || row >= grid.rows) return false;
  const cells = rowTexts(grid, row).slice(1);
  const style = { decimal: ".", thousands: [","], readsMarks: true } as const;
  return (
    cells.length > 0 &&
    cells.every((text) => !isMissing(text) && Number.isNaN(readNumeral(text, style).value))
  );
}

/** Whether a row names the column of times and nothing else. */
function isTimeRow(grid: Grid, row: number): boolean {
  if (row >= grid.rows) return false;
  const [first = "", ...others] = rowTexts(grid, row);
  return timeHeaders.includes(plainHeader(first)) && others.every((text) => text === "");
}
