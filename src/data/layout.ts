/**
 * Where a table stands in its file: rows above it, rows of headers, which column holds what.
 *
 * @module
 */
import { bareLayout, numberedLayout } from "./bareLayout";
import type { ColumnKind } from "./columnKinds";
import { formsOf } from "./dateForms";
import { cellText, type Grid, widthOf } from "./grid";
import { groupedHeader } from "./groupedHeader";
import { findHeader, type Header, headerRows, type Layout } from "./header";
import type { CheckedOptions } from "./options";

/** A layout, or what comes closest to a header where there is none. */
export type FoundLayout =
  | { readonly layout: Layout; readonly header: Header | undefined }
  | { readonly layout: undefined; readonly header: Header | undefined };

/** A row above the table that begins like one of its rows, where there is one: its numbers would be lost. */
export function rowAbove(grid: Grid, firstRow: number, { body, times }: Layout): number | undefined {
  const width = body < grid.rows ? widthOf(grid, body) : 0;
  for (let row = firstRow; row < body; row++) {
    const isWide = widthOf(grid, row) >= width;
    if (isWide && formsOf(cellText(grid, row, times[0])).length > 0) return row;
  }
  return undefined;
}

/**
 * Finds a table: by columns that the caller numbers; else by one row of headers; else by rows of fields and symbols; else,
 * where the first row already holds numbers, by the order of columns that all files without a header have.
 */
export function findLayout(
  grid: Grid,
  firstRow: number,
  kinds: readonly ColumnKind[],
  options: CheckedOptions,
): FoundLayout {
  const { columns = {}, header: wanted } = options;
  const rows = headerRows(grid, firstRow, options);
  const isNumbered = Object.values(columns).some((column) => typeof column === "number");
  if (isNumbered) {
    const layout = numberedLayout(grid, firstRow, rows, kinds, options);
    return { layout, header: undefined };
  }
  const header = wanted === 0 ? undefined : findHeader(grid, rows, kinds, columns);
  if (header !== undefined && header.missing.length === 0 && (wanted === undefined || wanted === 1)) {
    const { row, headers, times, places } = header;
    const place = { skipped: row - firstRow, headerRows: 1, body: row + 1 };
    return { layout: { ...place, headers, times, places, symbol: undefined }, header };
  }
  const grouped =
    wanted === 0 || wanted === 1 ? undefined : groupedHeader(grid, firstRow, rows, kinds, options);
  if (grouped !== undefined) return { layout: grouped, header: undefined };
  const isBare = (wanted ?? 0) === 0 && rows.length > 0 && Object.keys(columns).length === 0;
  const bare = isBare ? bareLayout(grid, firstRow, rows[0], kinds) : undefined;
  return { layout: bare, header };
}
