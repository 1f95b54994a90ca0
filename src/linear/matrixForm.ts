/**
 * Linear programs as matrices, for display.
 *
 * @module
 */

import { checkProgram } from "./checkProgram";
import { denseRow, refuseTooMany } from "./dense";
import { type LinearProgram, rowName, type SparseProgram, variableName } from "./program";

/** A program with its zeros written out: `rowLower ≤ matrix·x ≤ rowUpper`, `lower ≤ x ≤ upper`. */
export interface MatrixForm {
  /** Whether the least or the greatest value is looked for. */
  readonly sense: "minimize" | "maximize";
  /** c, one number a variable. */
  readonly objective: readonly number[];
  /** What is added to c·x. */
  readonly constant: number;
  /** A, a list of coefficients a row. */
  readonly matrix: readonly (readonly number[])[];
  /** Least value of each row, −Infinity where there is none. */
  readonly rowLower: readonly number[];
  /** Greatest value of each row, Infinity where there is none. */
  readonly rowUpper: readonly number[];
  /** Least value of each variable, −Infinity where there is none. */
  readonly lower: readonly number[];
  /** Greatest value of each variable, Infinity where there is none. */
  readonly upper: readonly number[];
  /** Names of the variables. */
  readonly variables: readonly string[];
  /** Names of the rows. */
  readonly rows: readonly string[];
}

/**
 * A linear program as matrices, for display.
 *
 * @param program - a linear program
 * @returns objective, matrix and limits with all zeros written out, and the names of rows and variables
 * @throws InputError when the program is malformed, or its matrix has more than 10,000,000 entries
 *
 * @example
 * ```ts
 * const rows = [{ coefficients: { columns: [2], values: [5] }, upper: 1 }];
 * matrixForm({ objective: [1, 1, 1], rows }).matrix; // → [[0, 0, 5]]
 * ```
 */
export function matrixForm(program: LinearProgram): MatrixForm {
  const sparse = checkProgram(program);
  const { sign, objective, rowLower, rowUpper, lower, upper } = sparse;
  refuseTooMany(rowLower.length, lower.length);
  return Object.freeze({
    sense: sign === 1 ? "minimize" : "maximize",
    objective: list(objective.map((cost) => sign * cost + 0)),
    constant: program.constant ?? 0,
    matrix: denseRows(sparse, lower.length),
    rowLower: list(rowLower),
    rowUpper: list(rowUpper),
    lower: list(lower),
    upper: list(upper),
    variables: names(lower.length, (j) => variableName(program, j)),
    rows: names(rowLower.length, (i) => rowName(program, i)),
  });
}

function denseRows(
  { starts, columns, values, rowLower }: SparseProgram,
  length: number,
): MatrixForm["matrix"] {
  return Object.freeze(
    Array.from(rowLower, (_, i) => {
      const entries = new Map<number, number>();
      for (let p = starts[i]; p < starts[i + 1]; p++) {
        entries.set(columns[p], values[p]);
      }
      return denseRow(entries, length);
    }),
  );
}

function list(values: Float64Array): readonly number[] {
  return Object.freeze(Array.from(values));
}

function names(count: number, name: (index: number) => string): readonly string[] {
  return Object.freeze(Array.from({ length: count }, (_, i) => name(i)));
}
