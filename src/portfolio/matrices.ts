/**
 * Checks of matrices that a portfolio is made of.
 *
 * @module
 */
import { checkNumber, isList, type NumberRange } from "../support/checks";
import { factorize } from "../support/cholesky";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { Series } from "../support/numbers";
import { symmetricEigen } from "./eigen";

/** A matrix as rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** A matrix as a caller writes it. */
export type MatrixInput = readonly Series[];

/** Entries on either side of the diagonal may differ by this part of the root of their diagonal ones: rounding of a file. */
const asymmetryAllowed = 1e-9;

/** Eigenvalues may be below 0 by this part, in units in which the diagonal is 1: rounding of an estimate. */
const indefinitenessAllowed = 1e-10;

/** What a matrix of a portfolio must be. */
export interface MatrixKind {
  readonly diagonal: NumberRange;
  readonly entries: NumberRange;
  readonly unit: string;
  /** Whether m numbers may stand for a matrix that has nothing beside its diagonal. */
  readonly mayBeDiagonal: boolean;
}

/** A matrix of m rows and m columns, in one buffer. */
export function checkMatrix(name: string, value: unknown, m: number, kind: MatrixKind): Float64Array {
  const { unit, mayBeDiagonal } = kind;
  const matrix = new Float64Array(m * m);
  const isDiagonal = mayBeDiagonal && isList(value) && value.every((entry) => !isList(entry));
  const shape =
    `a matrix of ${m} rows of ${m} numbers${mayBeDiagonal ? `, or ${m} numbers where there is nothing beside ` : ""}` +
    `${mayBeDiagonal ? "its diagonal" : ""} (${unit})`;
  if (!isList(value) || value.length !== m) throw new InputError(name, value, shape);
  for (let i = 0; i < m; i++) {
    const row = value[i];
    if (isDiagonal) {
      matrix[i * m + i] = checkNumber(`${name}[${i}]`, row, kind.diagonal, unit) + 0;
      continue;
    }
    if (!isList(row) || row.length !== m) {
      throw new InputError(`${name}[${i}]`, row, `a row of ${m} numbers (${unit})`);
    }
    for (let j = 0; j < m; j++) {
      const range = i === j ? kind.diagonal : kind.entries;
      matrix[i * m + j] = checkNumber(`${name}[${i}][${j}]`, row[j], range, unit) + 0;
    }
  }
  return matrix;
}

/** Refuses a matrix that is not symmetric; what rounding has made of one becomes symmetric. */
export function requireSymmetric(name: string, A: Float64Array, m: number, why: string): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      const [low, high] = [A[i * m + j], A[j * m + i]];
      const size = Math.sqrt(Math.abs(A[i * m + i])) * Math.sqrt(Math.abs(A[j * m + j]));
      if (!(Math.abs(low - high) <= asymmetryAllowed * size)) {
        throw new InputError(`${name}[${i}][${j}]`, low, `equal to ${name}[${j}][${i}], ${high}: ${why}`);
      }
      A[i * m + j] = A[j * m + i] = low === high ? low : 0.5 * low + 0.5 * high;
    }
  }
}

/** Refuses a symmetric matrix for which some combination of names gives a number below 0; `strictly`: or 0. */
export function requireDefinite(
  name: string,
  A: Float64Array,
  m: number,
  { names, why, next, strictly }: { names: readonly string[]; why: string; next: string; strictly: boolean },
): void {
  const scaled = scaledToOne(A, m);
  const shift = strictly ? 0 : indefinitenessAllowed;
  const tried = scaled.slice();
  for (let i = 0; i < m; i++) tried[i * m + i] += shift;
  if (factorize(tried, m, strictly ? 1e-14 : 0) === -1) return;
  const { values, vectors } = symmetricEigen(A, m);
  const worst = values.reduce((least, value, i) => (value < values[least] ? i : least), 0);
  const weights = Array.from(vectors.subarray(worst * m, (worst + 1) * m));
  throw new InputError(
    name,
    rowsOf(A, m, m),
    `positive ${strictly ? "definite" : "semidefinite"}: ${why}. Its smallest eigenvalue is ` +
      `${formatSignificant(values[worst])}, for ${combination(names, weights)}`,
    next,
  );
}

/** The matrix in units in which its diagonal is 1; where the diagonal is 0, the row must be too, and stays. */
function scaledToOne(A: Float64Array, m: number): Float64Array {
  const size = Float64Array.from({ length: m }, (_, i) => {
    const root = Math.sqrt(Math.abs(A[i * m + i]));
    return root > 0 ? root : 1;
  });
  const largest = size.reduce((most, root, i) => (A[i * m + i] === 0 ? most : Math.max(most, root)), 0);
  const units = size.map((root, i) => (A[i * m + i] === 0 && largest > 0 ? largest : root));
  return A.map((value, at) => value / units[Math.floor(at / m)] / units[at % m]);
}

/** The names that matter most in a combination, each with its weight. */
export function combination(names: readonly string[], weights: readonly number[]): string {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const shown = weights
    .map((weight, i) => ({ weight: weight / largest, name: names[i] }))
    .filter(({ weight }) => Math.abs(weight) > 1e-3)
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .map(({ weight, name }) => `${formatSignificant(weight).replace("-", "−")} of ${name}`);
  return shown.length > 4 ? `${shown.slice(0, 4).join(", ")}, …` : shown.join(", ");
}

/** Rows of a buffer as plain arrays. */
export function rowsOf(buffer: Float64Array, rows: number, columns: number): number[][] {
  return Array.from({ length: rows }, (_, k) => {
    const row = new Array<number>(columns);
    for (let i = 0; i < columns; i++) row[i] = buffer[k * columns + i];
    return row;
  });
}

/** A buffer as frozen rows, which survive JSON. */
export function frozenRows(buffer: Float64Array, rows: number, columns: number): Matrix {
  return Object.freeze(rowsOf(buffer, rows, columns).map((row) => Object.freeze(row)));
}

/** Rows that are known to be right, in one buffer. */
export function bufferOf(rows: Matrix, columns: number): Float64Array {
  const buffer = new Float64Array(rows.length * columns);
  for (let k = 0; k < rows.length; k++)
    for (let i = 0; i < columns; i++) buffer[k * columns + i] = rows[k][i];
  return buffer;
}
