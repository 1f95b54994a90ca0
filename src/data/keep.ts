/**
 * Which rows of a table are kept: what their numbers may be, and what becomes of rows that lack some.
 *
 * @module
 */
import type { Place } from "./header";
import type { NumberColumns } from "./numbers";
import { anySignHint } from "./priceWarnings";
import { allowedWords } from "./readColumns";
import { cellFault, type Table } from "./table";

/** A check across the cells of one row: what is wrong, or nothing. */
export type RowCheck = (
  value: (name: string) => number,
) => { readonly name: string; readonly allowed: string } | undefined;

/** The rows that are kept, and the columns. */
export interface Kept {
  /** Rows, counted among the table's. */
  readonly rows: Uint32Array;
  readonly places: readonly Place[];
  readonly columns: readonly Float64Array[];
  /** Rows without any price. */
  readonly droppedRows: number;
  /** Rows that lack some of their numbers, dropped because the caller wants it. */
  readonly incompleteRows: number;
  /** Rows without a quantity, for which its column was left out. */
  readonly withoutVolume: number;
}

/** Decides about every row, and refuses the first that is not as it should be. */
export function keepRows(
  table: Table,
  places: readonly Place[],
  { columns }: NumberColumns,
  checkRow: RowCheck | undefined,
): Kept {
  const left = withoutGaps(table, places, columns);
  const isPrice = left.places.map(({ kind }) => kind.holds === "price");
  const least = isPrice.map((one) =>
    one ? (table.options.prices === "any" ? -Infinity : 0) : -Number.MIN_VALUE,
  );
  const values = left.columns;
  const index = new Map(left.places.map(({ kind }, i) => [kind.name, i]));
  const kept = new Uint32Array(table.rows.length);
  let count = 0;
  let droppedRows = 0;
  let row = 0;
  const value = (name: string): number => values[index.get(name) as number][row];
  for (; row < table.rows.length; row++) {
    let lacking = 0;
    for (let j = 0; j < values.length; j++) {
      const number = values[j][row];
      if (number > least[j] && number < Number.POSITIVE_INFINITY) continue;
      if (!Number.isNaN(number)) {
        const { column, kind } = left.places[j];
        const hint = isPrice[j] && number <= 0 && number > Number.NEGATIVE_INFINITY ? anySignHint : "";
        const allowed = allowedWords(left.places[j], table.options);
        throw cellFault(table, row, { column, name: kind.name }, allowed, hint);
      }
      lacking += 1;
    }
    if (lacking > 0) {
      if (isPriceless(left.places, values, row)) droppedRows += 1;
      checkGap(table, left.places, values, row);
      continue;
    }
    const wrong = checkRow?.(value);
    if (wrong !== undefined) {
      const place = left.places[index.get(wrong.name) as number];
      throw cellFault(table, row, { column: place.column, name: wrong.name }, wrong.allowed);
    }
    kept[count++] = row;
  }
  const incompleteRows = table.rows.length - count - droppedRows;
  return { ...left, rows: kept.subarray(0, count), droppedRows, incompleteRows };
}

/** Leaves out an optional column that lacks numbers in rows with prices, unless the caller wants it or its rows dropped. */
function withoutGaps(
  { rows, options }: Table,
  places: readonly Place[],
  columns: readonly Float64Array[],
): Pick<Kept, "places" | "columns" | "withoutVolume"> {
  const volume = places.findIndex(({ kind }) => kind.isOptional);
  if (volume < 0) return { places, columns, withoutVolume: 0 };
  let priced = 0;
  let gaps = 0;
  for (let row = 0; row < rows.length; row++) {
    if (columns.every((column, j) => j === volume || Number.isNaN(column[row]))) continue;
    priced += 1;
    if (Number.isNaN(columns[volume][row])) gaps += 1;
  }
  const isWanted = options.missing !== undefined || options.columns?.[places[volume].kind.name] !== undefined;
  const isKept = gaps === 0 || (isWanted && gaps < priced);
  if (isKept) return { places, columns, withoutVolume: 0 };
  const others = (_: unknown, j: number): boolean => j !== volume;
  return { places: places.filter(others), columns: columns.filter(others), withoutVolume: gaps };
}

/** Whether a row has none of its prices. */
function isPriceless(places: readonly Place[], columns: readonly Float64Array[], row: number): boolean {
  return places.every(({ kind }, j) => kind.holds !== "price" || Number.isNaN(columns[j][row]));
}

/** Refuses a row that lacks numbers, unless it may be dropped. */
function checkGap(
  table: Table,
  places: readonly Place[],
  columns: readonly Float64Array[],
  row: number,
): void {
  const { missing } = table.options;
  if (missing === "drop" || (missing === undefined && isPriceless(places, columns, row))) return;
  const j = columns.findIndex((column) => Number.isNaN(column[row]));
  const { column, kind } = places[j];
  const hint = missing === "refuse" ? "" : 'Give options.missing: "drop" to leave such rows out.';
  throw cellFault(table, row, { column, name: kind.name }, allowedWords(places[j], table.options), hint);
}
