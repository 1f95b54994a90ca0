/**
 * A linear program: what a caller writes, and the sparse arrays that it becomes once it is checked.
 *
 * @module
 */

import type { Bounds, Series } from "../support/numbers";

/** Coefficients of a row of which most are 0: `values[i]` stands in column `columns[i]`, counted from 0. */
export interface SparseCoefficients {
  /** Columns of the entries, counted from 0. */
  readonly columns: Series;
  /** The entries, as many. */
  readonly values: Series;
}

/** One row: `lower ≤ Σ coefficients·x ≤ upper`, or `Σ coefficients·x = equals`. */
export interface LinearRow {
  /** One number for each variable, or the few that are not 0. */
  readonly coefficients: Series | SparseCoefficients;
  /** Lower bound of the row, −Infinity or null for none (default: none). */
  readonly lower?: number | null | undefined;
  /** Upper bound of the row, Infinity or null for none (default: none). */
  readonly upper?: number | null | undefined;
  /** What the row must reach exactly, in place of `lower` and `upper`. */
  readonly equals?: number | undefined;
  /** What to call the row in words (default: its number, counted from 1). */
  readonly name?: string | undefined;
}

/**
 * A linear program: minimize or maximize `objective·x + constant` within rows and bounds. Plain data: `null`, which JSON
 * writes for an infinity, means no bound.
 */
export interface LinearProgram {
  /** `"minimize"` (default) or `"maximize"`. */
  readonly sense?: "minimize" | "maximize" | undefined;
  /** One coefficient for each variable; their number is the number of variables. */
  readonly objective: Series;
  /** What is added to the objective whatever x is (default 0). */
  readonly constant?: number | undefined;
  /** The rows; none leaves the bounds alone. */
  readonly rows: readonly LinearRow[];
  /** Lower bounds of the variables, one for all or one each, `-Infinity` or null for none (default 0). */
  readonly lower?: Bounds | undefined;
  /** Upper bounds of the variables, one for all or one each, `Infinity` or null for none (default none). */
  readonly upper?: Bounds | undefined;
  /** What to call the variables in words (default `"x1"`, `"x2"` …). */
  readonly variables?: readonly string[] | undefined;
}

/** A checked program to be minimized, its rows stored one after the other without their zeros. */
export interface SparseProgram {
  /** 1, or −1 where the caller maximizes and `objective` is the negative of what was written. */
  readonly sign: 1 | -1;
  readonly objective: Float64Array;
  /** Row i has the entries `starts[i]` to `starts[i + 1] − 1` of `columns` and `values`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What to call row i in words. */
export function rowName(program: LinearProgram, i: number): string {
  const name = program.rows[i]?.name;
  return name === undefined ? `row ${i + 1}` : `"${name}"`;
}

/** What to call variable j in words. */
export function variableName(program: LinearProgram, j: number): string {
  return program.variables?.[j] ?? `x${j + 1}`;
}
