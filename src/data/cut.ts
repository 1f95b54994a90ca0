/**
 * Whether a file was cut off: its last number then lacks digits, and looks like a number all the same.
 *
 * @module
 */
import { cellText, lineOf, widthOf } from "./grid";
import type { Kept } from "./keep";
import { cellFault, type Table } from "./table";

/** Rows whose decimals must agree before one that has fewer is held to be cut. */
const fewest = 3;

/**
 * What a missing line end at the end of a file may mean for its last number.
 *
 * @throws DataError where the number also has fewer decimals than every other of its column
 */
export function endWarnings(table: Table, { places, rows }: Kept): readonly string[] {
  const { grid, options } = table;
  const row = rows[rows.length - 1];
  const last = table.rows[row];
  if (grid.isClosed || last !== grid.rows - 1) return [];
  const place = places.find(({ column }) => column === widthOf(grid, last) - 1);
  if (place === undefined) return [];
  const { column, kind } = place;
  const text = cellText(grid, last, column);
  const line = lineOf(grid, last);
  const decimals = (index: number): number =>
    cellText(grid, table.rows[rows[index]], column).split(/[.,]/).at(-1)?.length ?? 0;
  const usual = decimals(0);
  const isEven = rows.length > fewest && rows.every((_, i) => i === rows.length - 1 || decimals(i) === usual);
  if (
    isEven &&
    cellText(grid, table.rows[rows[0]], column).includes(".") &&
    decimals(rows.length - 1) < usual
  ) {
    const hint = "The file ends here without a line end and seems to be cut. If it is whole, add a line end.";
    const allowed = `a number with ${usual} decimals, as in every other row`;
    throw cellFault(table, row, { column, name: kind.name }, allowed, hint);
  }
  return [
    `${options.name}, line ${line}: the file ends without a line end. If it was cut, its last number, ${text}, may lack digits.`,
  ];
}
