/**
 * The rows of a table that hold numbers, and those around them that do not.
 *
 * @module
 */
import { DataError } from "../support/errors";
import { cellText, type Grid, isEmptyRow, lineOf, rowTexts, widthOf } from "./grid";
import type { Layout } from "./header";
import { isMissing } from "./numerals";
import type { CheckedOptions } from "./options";
import { checkSymbol } from "./symbols";

/** The rows to read. */
export interface Rows {
  /** Rows of the grid. */
  readonly rows: Uint32Array;
  readonly emptyRows: number;
  /** Rows below the last one. */
  readonly footer: number;
  readonly symbol: string | undefined;
}

/** How many rows may stand below the last one without being asked for. */
const mostRowsBelow = 10;

/**
 * Finds the rows to read, and refuses a row that has not as many cells as the others: where one is missing or too many,
 * nobody knows which.
 */
export function findRows(grid: Grid, layout: Layout, options: CheckedOptions): Rows {
  const { name, missing } = options;
  let end = grid.rows;
  while (end > layout.body && isEmptyRow(grid, end - 1)) end -= 1;
  const footer = options.skipFooter ?? footerRows(grid, layout, end);
  const last = Math.max(layout.body, end - footer);
  const width = tableWidth(grid, layout, last);
  refuseQuoteFaults(name, grid, layout, width);
  const rows = new Uint32Array(Math.max(0, last - layout.body));
  let count = 0;
  let emptyRows = 0;
  for (let row = layout.body; row < last; row++) {
    if (isEmptyRow(grid, row)) {
      if (missing === "refuse") throw emptyRow(name, grid, row);
      emptyRows += 1;
      continue;
    }
    if (widthOf(grid, row) !== width) throw wrongWidth(name, grid, layout, row, width);
    rows[count++] = row;
  }
  if (count === 0) {
    const place = { file: name, line: lineOf(grid, layout.body), column: 1 };
    throw new DataError(place, undefined, "a row of numbers");
  }
  const all = rows.subarray(0, count);
  return { ...ofOneSymbol(grid, layout, all, options), emptyRows, footer };
}

/** Rows at the end that hold a single text, or a word in place of a time: totals, sources, disclaimers. */
function footerRows(grid: Grid, { times: [time], body }: Layout, end: number): number {
  const isNote = (row: number): boolean => {
    if (isEmptyRow(grid, row)) return true;
    const texts = rowTexts(grid, row);
    const isAlone = texts.every((text, column) => (column === 0) === (text !== ""));
    if (isAlone) return !/^\d/.test(texts[0]) && /\p{L}{3}/u.test(texts[0]);
    const cell = texts[time] ?? "";
    return texts.length === widthOf(grid, body) && /^\p{L}[\p{L} ]*:?$/u.test(cell) && !isMissing(cell);
  };
  let count = 0;
  while (count < mostRowsBelow && end - count - 1 > body && isNote(end - count - 1)) count += 1;
  return count;
}

/** Cells of every row: as many as the header has, or as the first row where there is none. */
function tableWidth(grid: Grid, layout: Layout, end: number): number {
  const { headers, body } = layout;
  let first = body;
  while (first < end && isEmptyRow(grid, first)) first += 1;
  const width = first < end ? widthOf(grid, first) : 0;
  let named = headers.length;
  while (named > 0 && headers[named - 1] === "") named -= 1;
  // A delimiter may end every row, or the header's alone, or the rows' alone.
  const isTrailing = width > headers.length && cellText(grid, first, width - 1) === "";
  return headers.length === 0 ||
    (width >= named && width <= headers.length) ||
    (isTrailing && width === headers.length + 1)
    ? width
    : headers.length;
}

function emptyRow(file: string, grid: Grid, row: number): DataError {
  const hint = 'The line is empty: delete it, or leave out options.missing: "refuse".';
  return new DataError({ file, line: lineOf(grid, row), column: 1 }, "", "a row of numbers", hint);
}

function wrongWidth(file: string, grid: Grid, layout: Layout, row: number, width: number): DataError {
  const own = widthOf(grid, row);
  const line = lineOf(grid, row);
  const as = layout.headers.length === 0 ? "the first row" : "the header";
  if (own < width) {
    const place = { file, line, column: own + 1, header: layout.headers[own] ?? "" };
    return new DataError(place, undefined, `a cell: ${as} has ${width}, this row has ${own}`);
  }
  const isEmpty = cellText(grid, row, width) === "";
  const hint = isEmpty
    ? "Delete the delimiter that is too many."
    : grid.delimiter === ","
      ? "A number with a comma in it needs quotation marks, or another delimiter."
      : "";
  return new DataError(
    { file, line, column: width + 1 },
    cellText(grid, row, width),
    `nothing: ${as} has ${width} cells`,
    hint,
  );
}

/** Refuses rows whose quotation marks are not in order, or take in the cells of a whole row. */
function refuseQuoteFaults(file: string, grid: Grid, layout: Layout, width: number): void {
  const isOurs = (row: number): boolean => row >= layout.body - layout.headerRows;
  for (const [row, fault] of grid.quoteFaults) {
    if (!isOurs(row)) continue;
    const text = rowTexts(grid, row).join(grid.delimiter);
    throw new DataError({ file, line: lineOf(grid, row), column: 1 }, text, `well quoted: ${fault}`);
  }
  for (const [row, { delimiters, breaks }] of grid.spans) {
    if (!isOurs(row) || delimiters < Math.max(1, width - 1)) continue;
    const text = rowTexts(grid, row).join(grid.delimiter);
    const allowed = `well quoted: a pair of quotation marks takes in ${breaks + 1} lines and ${delimiters} delimiters`;
    const hint = "Delete the quotation mark that is too many.";
    throw new DataError({ file, line: lineOf(grid, row), column: 1 }, text, allowed, hint);
  }
}

/** The rows of the symbol to load. */
function ofOneSymbol(
  grid: Grid,
  layout: Layout,
  rows: Uint32Array,
  { name, symbol }: CheckedOptions,
): Pick<Rows, "rows" | "symbol"> {
  if (layout.symbol !== undefined) return { rows, symbol: layout.symbol };
  const place = layout.places.find(({ kind }) => kind.holds === "symbol");
  if (place === undefined) return { rows, symbol: checkSymbol(name, [], symbol) };
  const names = Array.from(rows, (row) => cellText(grid, row, place.column));
  const own = checkSymbol(name, [...new Set(names)], symbol);
  return { rows: rows.filter((_, i) => names[i] === own), symbol: own };
}
