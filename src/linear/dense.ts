/**
 * Rows with their zeros written out.
 *
 * @module
 */
import { InputError } from "../support/errors";

/** Dense matrices are for display and for lessons: this many entries are far beyond both. */
const mostEntries = 10_000_000;

/** Refuses a matrix that is too large to be written out. */
export function refuseTooMany(rows: number, columns: number): void {
  if (rows * columns <= mostEntries) return;
  throw new InputError(
    "the number of entries of the matrix",
    rows * columns,
    `at most ${mostEntries.toLocaleString("en")}`,
    "Matrices are for display; solveLinearProgram takes the program as it is.",
  );
}

/** One row of so many numbers, from its entries by column. */
export function denseRow(entries: ReadonlyMap<number, number>, length: number): readonly number[] {
  const row = new Array<number>(length).fill(0);
  for (const [index, value] of entries) row[index] = value;
  return Object.freeze(row);
}
