/**
 * Tables of prices from text: what the file is is found out and said, everything is checked, and a table is loaded whole or
 * not at all.
 *
 * @module
 */
import { assemble, type Merge } from "./assemble";
import type { ColumnKind } from "./columnKinds";
import { endWarnings } from "./cut";
import { type Dialect, findDialect } from "./dialect";
import { checkIsTable, type Encoding } from "./encoding";
import { describeFindings, type Findings } from "./findings";
import { isEmptyRow, rowTexts } from "./grid";
import type { Layout } from "./header";
import { missingColumns, namedTwice, rowLost } from "./headerFaults";
import { type Kept, keepRows, type RowCheck } from "./keep";
import { rowAbove } from "./layout";
import { type CheckedOptions, type CsvOptions, checkCsvOptions } from "./options";
import { readColumns } from "./readColumns";
import { readTimeColumn } from "./readTimes";
import { findRows } from "./rows";
import { cellFault, type Table } from "./table";
import { chooseTimes } from "./timeColumns";

/** What a table must have. */
export interface TableKind {
  readonly columns: readonly ColumnKind[];
  /** What must hold across the cells of one row. */
  readonly checkRow?: RowCheck;
  /** How rows of one time become one. */
  readonly merge: Merge;
  /** Whether rows with a time of day may have that of the row before them where the caller does not say. */
  readonly mayRepeat: boolean;
}

/** A text to be read, and what is known of it. */
export interface Source {
  readonly text: string;
  readonly encoding: Encoding | undefined;
}

/** A table that was read: times and numbers, the oldest first. */
export interface ParsedTable {
  /** What messages call it. */
  readonly name: string;
  readonly times: readonly string[];
  /** Columns of numbers by name; an optional one that the file lacks is not there. */
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly findings: Findings;
  readonly readAs: string;
  readonly warnings: readonly string[];
}

/**
 * Reads a table from text.
 *
 * @throws DataError (an InputError with line and column) at the first cell that is not what it should be
 */
export function parseTable({ text, encoding }: Source, kind: TableKind, options: CsvOptions): ParsedTable {
  const names = ["date", "time", ...kind.columns.map(({ name }) => name)];
  const checked = checkCsvOptions(options, names);
  const { name } = checked;
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  checkIsTable(name, content);
  const dialect = findDialect(content, kind.columns, checked);
  const layout = layoutOf(dialect, kind, checked);
  const { grid } = dialect;
  const found = findRows(grid, layout, checked);
  const times = timesOf(dialect, layout, checked);
  const table: Table = { options: checked, grid, layout, times, rows: found.rows };
  const time = readTimeColumn(table);
  const places = layout.places.filter((place) => place.kind.holds !== "symbol");
  const numbers = readColumns(table, places);
  const kept = keepRows(table, places, numbers, kind.checkRow);
  if (kept.rows.length === 0) {
    const hint = "No row of the file has all of its prices.";
    const [{ column, kind: first }] = places;
    throw cellFault(table, 0, { column, name: first.name }, "a price in at least one row", hint);
  }
  const assembled = assemble(table, time, kept, kind.mayRepeat, kind.merge);
  const findings: Findings = Object.freeze({
    encoding,
    lineEnds: grid.lineEnds,
    delimiter: grid.delimiter,
    skippedRows: layout.skipped,
    headerRows: layout.headerRows,
    columns: columnsOf(times, layout, kept),
    symbol: found.symbol,
    dates: time.form,
    timeZone: time.zone,
    order: assembled.isNewestFirst ? "newest first" : "oldest first",
    decimal: numbers.decimal,
    thousands: numbers.thousands,
    marks: Object.freeze(numbers.marks),
    droppedRows: kept.droppedRows,
    incompleteRows: kept.incompleteRows,
    emptyRows: found.emptyRows,
    footerRows: found.footer,
    duplicates: assembled.duplicates,
    duplicatesWere: assembled.duplicatesWere,
    withoutVolume: kept.withoutVolume,
  });
  return {
    ...{ name, times: assembled.times, numbers: assembled.numbers, findings },
    readAs: describeFindings(findings),
    warnings: endWarnings(table, kept),
  };
}

/** Where the table stands, or the refusal of a header that lacks a column or names one twice. */
function layoutOf({ grid, found }: Dialect, { columns }: TableKind, options: CheckedOptions): Layout {
  const { layout, header } = found;
  if (layout === undefined) throw missingColumns(grid, header, columns, options);
  if (header?.clash !== undefined) {
    throw namedTwice(grid, header, header.clash.kind.name, header.clash.columns, options);
  }
  const above =
    options.skipRows === undefined
      ? rowAbove(grid, layout.body - layout.headerRows - layout.skipped, layout)
      : undefined;
  if (above !== undefined) throw rowLost(grid, above, options);
  return layout;
}

/** The columns of times that count. */
function timesOf({ grid }: Dialect, layout: Layout, options: CheckedOptions): readonly number[] {
  let first = layout.body;
  while (first < grid.rows && isEmptyRow(grid, first)) first += 1;
  const times = chooseTimes(rowTexts(grid, first), layout.times);
  if (times !== undefined) return times;
  const row = layout.body - layout.headerRows;
  throw namedTwice(grid, { headers: layout.headers, row }, "time", layout.times, options);
}

/** Header of each column that was read, or its number. */
function columnsOf(
  times: readonly number[],
  { headers }: Layout,
  { places }: Kept,
): Readonly<Record<string, string | number>> {
  const words = (column: number): string | number => (headers[column] ?? "").trim() || column + 1;
  const [day, clock] = times;
  const own = clock === undefined ? { time: words(day) } : { date: words(day), time: words(clock) };
  const numbers = places.map(({ kind, column }) => [kind.name, words(column)]);
  return Object.freeze({ ...own, ...(Object.fromEntries(numbers) as Record<string, string | number>) });
}
