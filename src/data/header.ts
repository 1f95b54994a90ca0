/**
 * The row that names the columns.
 *
 * @module
 */
import { barKinds, type ColumnKind, plainHeader, timeHeaders } from "./columnKinds";
import { type Grid, rowTexts } from "./grid";
import type { CheckedOptions } from "./options";

/** Which column holds what: by name, the header or the number that the caller gave. */
export type GivenColumns = Readonly<Record<string, string | number | null>>;

/** A place for a column: which one it is, counted from 0, and what stands above it. */
export interface Place {
  readonly kind: ColumnKind;
  readonly column: number;
  /** `""` where there is no header. */
  readonly header: string;
}

/** Where a table stands. */
export interface Layout {
  /** Rows above the header, or above the first row of numbers where there is none. */
  readonly skipped: number;
  readonly headerRows: number;
  /** The first row of numbers. */
  readonly body: number;
  readonly headers: readonly string[];
  /** Columns of times, counted from 0: one, or a day and a time of day, or several times of which one is taken. */
  readonly times: readonly number[];
  readonly places: readonly Place[];
  /** The symbol above the columns, where the header has a row of them. */
  readonly symbol: string | undefined;
}

/** What a row gives as a header. */
export interface Header {
  readonly row: number;
  readonly headers: readonly string[];
  /** Columns of times, counted from 0. */
  readonly times: readonly number[];
  readonly places: readonly Place[];
  /** What a table needs and the row does not name. */
  readonly missing: readonly string[];
  /** Two columns, counted from 0, that are named as one. */
  readonly clash: { readonly kind: ColumnKind; readonly columns: readonly number[] } | undefined;
}

/** Headers of columns that hold something else than a price, or only one end of it. */
const notPrices: readonly string[] = barKinds
  .filter(({ name }) => name !== "close")
  .flatMap(({ headers }) => headers.flat());

/** How many rows may stand above a header. */
const mostRowsAbove = 100;

/** Where the header may stand. */
export function headerRows(grid: Grid, firstRow: number, { skipRows }: CheckedOptions): readonly number[] {
  const from = firstRow + (skipRows ?? 0);
  const to = Math.min(grid.rows, skipRows === undefined ? from + mostRowsAbove : from + 1);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** What a row gives as a header. A column that the caller names must be there, whether a table needs it or not. */
export function headerOf(
  headers: readonly string[],
  row: number,
  kinds: readonly ColumnKind[],
  given: GivenColumns,
): Header {
  const names = headers.map(plainHeader);
  const times = timesOf(names, given);
  const places: Place[] = [];
  const missing: string[] = times.length === 0 ? ["time"] : [];
  let clash: Header["clash"];
  for (const kind of kinds) {
    const own = given[kind.name];
    if (own === null) continue;
    const columns =
      Object.keys(given).length === 0 && isOnlyOther(kind, names, times)
        ? [1 - times[0]]
        : columnsOf(kind.headers, own, names);
    if (columns.length > 1) clash ??= { kind, columns };
    if (columns.length > 0) places.push({ kind, column: columns[0], header: headers[columns[0]] });
    else if (!kind.isOptional || own !== undefined) missing.push(kind.name);
  }
  return { row, headers, times, places, missing, clash };
}

/** Whether a table of two columns, a time and one with a name of its own, has no other that could be the price. */
function isOnlyOther({ name }: ColumnKind, names: readonly string[], times: readonly number[]): boolean {
  if (name !== "price" || names.length !== 2 || times.length !== 1) return false;
  const other = names[1 - times[0]];
  return /\p{L}/u.test(other) && !notPrices.includes(other);
}

/** The columns that the first group of headers with any names; or the one that the caller gave. */
function columnsOf(
  groups: readonly (readonly string[])[],
  own: string | number | undefined,
  names: readonly string[],
): readonly number[] {
  if (typeof own === "number") return own <= names.length ? [own - 1] : [];
  for (const group of own === undefined ? groups : [[plainHeader(own)]]) {
    const found = names.flatMap((name, i) => (group.includes(name) ? [i] : []));
    if (found.length > 0) return found;
  }
  return [];
}

function timesOf(names: readonly string[], { date, time }: GivenColumns): readonly number[] {
  const own = [date, time].filter((column) => column !== undefined && column !== null);
  if (own.length === 0) return columnsOf([timeHeaders], undefined, names);
  const found = own.map((column) => columnsOf([], column, names)[0]);
  return found.includes(undefined as never) ? [] : found;
}

/** The first row that names all that a table needs, or else the row that comes closest. */
export function findHeader(
  grid: Grid,
  rows: readonly number[],
  kinds: readonly ColumnKind[],
  given: GivenColumns,
): Header | undefined {
  let closest: Header | undefined;
  for (const row of rows) {
    const header = headerOf(rowTexts(grid, row), row, kinds, given);
    if (header.missing.length === 0) return header;
    if (closest === undefined || nearness(header) > nearness(closest)) closest = header;
  }
  return closest;
}

/** How much of a header a row is: by what it names, and where it names nothing by its number of cells. */
export function nearness({ places, times, headers }: Header): number {
  return places.length + times.length + Math.min(headers.length, 1000) / 1e4;
}
