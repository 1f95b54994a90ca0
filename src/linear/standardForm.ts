/**
 * Linear programmes as matrices, and the standard form of the textbooks.
 *
 * @module
 */

import { anyFinite, checkNumbers } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { checkProgram, type LinearProgram, rowName, type SparseProgram, variableName } from "./program";

/** A programme with its zeros written out: `rowLower ≤ matrix·x ≤ rowUpper`, `lower ≤ x ≤ upper`. */
export interface MatrixForm {
  /** Whether the least or the greatest value is looked for. */
  readonly sense: "minimise" | "maximise";
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

/** How a variable of the original is read off z: `offset + Σ factor·z[index]`. */
export interface StandardVariable {
  /** What is added to the terms. */
  readonly offset: number;
  /** Which entries of z it takes, and with which sign. */
  readonly terms: readonly { readonly index: number; readonly factor: 1 | -1 }[];
}

/** The least value of `objective·z + constant` with `matrix·z = rightHandSide`, `z ≥ 0`, and the way back. */
export interface StandardForm {
  /** c, one number an entry of z. */
  readonly objective: readonly number[];
  /** What is added to c·z. */
  readonly constant: number;
  /** A, a list of coefficients an equation. */
  readonly matrix: readonly (readonly number[])[];
  /** b, one number an equation. */
  readonly rightHandSide: readonly number[];
  /** Names of z: `x1` for a shifted variable, `u − x1` for one counted down from its bound, `x1⁺`, `x1⁻`, and slacks. */
  readonly variables: readonly string[];
  /** Names of the equations. */
  readonly rows: readonly string[];
  /** −1 where the original is maximised: its value is `sign·(objective·z + constant)`. */
  readonly sign: 1 | -1;
  /** One for each variable of the original. */
  readonly original: readonly StandardVariable[];
}

/** Dense matrices are for display and for lessons: this many entries are far beyond both. */
const mostEntries = 10_000_000;

/**
 * A linear programme as matrices, for display.
 *
 * @param program - a linear programme
 * @returns objective, matrix and limits with all zeros written out, and the names of rows and variables
 * @throws InputError when the programme is malformed, or its matrix has more than 10,000,000 entries
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
    sense: sign === 1 ? "minimise" : "maximise",
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

/**
 * Brings a linear programme into standard form, `min c·z` with `A z = b`, `z ≥ 0`:
 *
 * - a variable with a lower bound l becomes `x = l + z`, one with an upper bound u alone `x = u − z`, a free one the
 *   difference of two, `x = z⁺ − z⁻`, a fixed one a constant;
 * - a bound on both sides adds the row `z + slack = u − l`;
 * - a row with a lower limit gets a surplus, `a·x − s = lower`, one with an upper limit alone a slack, `a·x + s = upper`,
 *   one with both limits the further row `s + slack = upper − lower`; a row without limits is dropped;
 * - where the original is maximised, the negative of its objective is minimised.
 *
 * @param program - a linear programme
 * @returns the standard form, its names, and for each original variable how it is read off z
 * @throws InputError when the programme is malformed, or the matrix has more than 10,000,000 entries
 *
 * Source: Bertsimas and Tsitsiklis 1997, § 1.1.
 *
 * @example
 * ```ts
 * const form = standardForm({
 *   sense: "maximise",
 *   objective: [1, 2],
 *   rows: [{ coefficients: [1, 1], upper: 4 }],
 *   lower: [0, -Infinity],
 * });
 * form.objective; // → [-1, -2, 2, 0]
 * form.matrix; // → [[1, 1, -1, 1]]
 * form.rightHandSide; // → [4]
 * form.variables.join(", "); // → x1, x2⁺, x2⁻, slack of row 1
 * ```
 */
export function standardForm(program: LinearProgram): StandardForm {
  const sparse = checkProgram(program);
  const { sign, objective, lower, upper, starts, columns, values, rowLower, rowUpper } = sparse;
  const costs: number[] = [];
  const variables: string[] = [];
  const add = (name: string, cost = 0): number => {
    variables.push(name);
    return costs.push(cost + 0) - 1;
  };

  /** Rows whose zeros are still to be filled in, once the number of variables is known. */
  const rows: { name: string; entries: Map<number, number>; b: number }[] = [];
  const original: StandardVariable[] = [];
  let constant = sign * (program.constant ?? 0);
  for (let j = 0; j < lower.length; j++) {
    const [least, most, cost] = [lower[j], upper[j], objective[j]];
    const name = variableName(program, j);
    const isBelow = Number.isFinite(least);
    const isAbove = Number.isFinite(most);
    const offset = isBelow ? least : isAbove ? most : 0;
    constant += cost * offset;
    const terms: { readonly index: number; readonly factor: 1 | -1 }[] = [];
    if (isBelow && least < most) {
      const index = add(least === 0 ? name : `${name} − l`, cost);
      terms.push({ index, factor: 1 });
      if (isAbove) {
        const slack = add(`slack of ${name}`);
        rows.push({
          name: `range of ${name}`,
          entries: new Map([
            [index, 1],
            [slack, 1],
          ]),
          b: most - least,
        });
      }
    } else if (!isBelow && isAbove) {
      terms.push({ index: add(`u − ${name}`, -cost), factor: -1 });
    } else if (!isBelow) {
      terms.push({ index: add(`${name}⁺`, cost), factor: 1 }, { index: add(`${name}⁻`, -cost), factor: -1 });
    }
    original.push(Object.freeze({ offset, terms: Object.freeze(terms.map((term) => Object.freeze(term))) }));
  }

  for (let i = 0; i < rowLower.length; i++) {
    const [least, most] = [rowLower[i], rowUpper[i]];
    const [isBelow, isAbove] = [Number.isFinite(least), Number.isFinite(most)];
    if (!isBelow && !isAbove) continue;
    const name = rowName(program, i);
    const entries = new Map<number, number>();
    let b = isBelow ? least : most;
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const { offset, terms } = original[columns[p]];
      b -= values[p] * offset;
      for (const { index, factor } of terms) entries.set(index, factor * values[p]);
    }
    rows.push({ name, entries, b });
    if (least === most) continue;
    const slack = add(`${isBelow ? "surplus" : "slack"} of ${name}`);
    entries.set(slack, isBelow ? -1 : 1);
    if (!(isBelow && isAbove)) continue;
    const rest = add(`slack of ${name}`);
    rows.push({
      name: `range of ${name}`,
      entries: new Map([
        [slack, 1],
        [rest, 1],
      ]),
      b: most - least,
    });
  }

  refuseTooMany(rows.length, costs.length);
  return Object.freeze({
    objective: Object.freeze(costs),
    constant: constant + 0,
    matrix: Object.freeze(rows.map(({ entries }) => denseRow(entries, costs.length))),
    rightHandSide: Object.freeze(rows.map(({ b }) => b + 0)),
    variables: Object.freeze(variables),
    rows: Object.freeze(rows.map(({ name }) => name)),
    sign,
    original: Object.freeze(original),
  });
}

/**
 * The solution of the original programme that belongs to one of its standard form.
 *
 * @param form - from `standardForm`
 * @param z - one number for each variable of the standard form
 * @returns x, one number for each variable of the original
 * @throws InputError when there are not as many finite numbers as the form has variables
 *
 * @example
 * ```ts
 * const form = standardForm({ objective: [1], rows: [], lower: -5, upper: 5 });
 * originalSolution(form, [2, 8]); // → [-3]
 * ```
 */
export function originalSolution(form: StandardForm, z: Series): readonly number[] {
  const given = checkNumbers("z", z, form.objective.length, anyFinite, "one for each variable of the form");
  return Object.freeze(
    form.original.map(({ offset, terms }) =>
      terms.reduce((x, { index, factor }) => x + factor * given[index], offset),
    ),
  );
}

function refuseTooMany(rows: number, columns: number): void {
  if (rows * columns <= mostEntries) return;
  throw new InputError(
    "the number of entries of the matrix",
    rows * columns,
    `at most ${mostEntries.toLocaleString("en")}`,
    "Matrices are for display; solveLinearProgram takes the programme as it is.",
  );
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

function denseRow(entries: ReadonlyMap<number, number>, length: number): readonly number[] {
  const row = new Array<number>(length).fill(0);
  for (const [index, value] of entries) row[index] = value;
  return Object.freeze(row);
}

function list(values: Float64Array): readonly number[] {
  return Object.freeze(Array.from(values));
}

function names(count: number, name: (index: number) => string): readonly string[] {
  return Object.freeze(Array.from({ length: count }, (_, i) => name(i)));
}
