/**
 * Linear programs in the standard form of the textbooks, and the way back.
 *
 * @module
 */

import { anyFinite, checkHas, checkNumbers, type Fields, hasFields } from "../support/checks";
import type { Series } from "../support/numbers";
import { checkProgram } from "./checkProgram";
import { denseRow, refuseTooMany } from "./dense";
import { type LinearProgram, rowName, type SparseProgram, variableName } from "./program";

/** One part of a variable of the original. */
export interface StandardTerm {
  /** Which entry of z. */
  readonly index: number;
  /** Its sign. */
  readonly factor: 1 | -1;
}

/** How a variable of the original is read off z: `offset + Σ factor·z[index]`. */
export interface StandardVariable {
  /** What is added to the terms. */
  readonly offset: number;
  /** Which entries of z it takes, and with which sign. */
  readonly terms: readonly StandardTerm[];
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
  /** −1 where the original is maximized: its value is `sign·(objective·z + constant)`. */
  readonly sign: 1 | -1;
  /** One for each variable of the original. */
  readonly original: readonly StandardVariable[];
}

/**
 * Brings a linear program into standard form, `min c·z` with `A z = b`, `z ≥ 0`:
 *
 * - a variable with a lower bound l becomes `x = l + z`, one with an upper bound u alone `x = u − z`, a free one the
 *   difference of two, `x = z⁺ − z⁻`, a fixed one a constant;
 * - a bound on both sides adds the row `z + slack = u − l`;
 * - a row with a lower limit gets a surplus, `a·x − s = lower`, one with an upper limit alone a slack, `a·x + s = upper`,
 *   one with both limits the further row `s + slack = upper − lower`; a row without limits is dropped;
 * - where the original is maximized, the negative of its objective is minimized.
 *
 * @param program - a linear program
 * @returns the standard form, its names, and for each original variable how it is read off z
 * @throws InputError when the program is malformed, or the matrix has more than 10,000,000 entries
 *
 * Source: Bertsimas and Tsitsiklis 1997, § 1.1.
 *
 * @example
 * ```ts
 * const form = standardForm({
 *   sense: "maximize",
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
  const { sign, objective, lower, upper, rowLower } = sparse;
  const draft: Draft = { costs: [], variables: [], rows: [] };
  const original: StandardVariable[] = [];
  let constant = sign * (program.constant ?? 0);
  for (let j = 0; j < lower.length; j++) {
    const [least, most, cost] = [lower[j], upper[j], objective[j]];
    const variable = addOriginal(draft, variableName(program, j), { least, most, cost });
    constant += cost * variable.offset;
    original.push(variable);
  }
  for (let i = 0; i < rowLower.length; i++) addRow(draft, rowName(program, i), sparse, i, original);

  const { costs, variables, rows } = draft;
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

/** A standard form in the making; the zeros of its rows are filled in once the number of variables is known. */
interface Draft {
  readonly costs: number[];
  readonly variables: string[];
  readonly rows: {
    readonly name: string;
    readonly entries: ReadonlyMap<number, number>;
    readonly b: number;
  }[];
}

/** Adds an entry of z and gives its index. */
function addVariable({ costs, variables }: Draft, name: string, cost = 0): number {
  variables.push(name);
  return costs.push(cost + 0) - 1;
}

/** Adds the row `z + slack = width` for what may not exceed it. */
function addRange(draft: Draft, name: string, index: number, width: number): void {
  const slack = addVariable(draft, `slack of ${name}`);
  const entries = new Map([
    [index, 1],
    [slack, 1],
  ]);
  draft.rows.push({ name: `range of ${name}`, entries, b: width });
}

/** Adds what a variable of the original becomes. */
function addOriginal(
  draft: Draft,
  name: string,
  { least, most, cost }: { readonly least: number; readonly most: number; readonly cost: number },
): StandardVariable {
  const [isBelow, isAbove] = [Number.isFinite(least), Number.isFinite(most)];
  const terms: StandardTerm[] = [];
  if (isBelow && least < most) {
    const index = addVariable(draft, least === 0 ? name : `${name} − l`, cost);
    terms.push({ index, factor: 1 });
    if (isAbove) addRange(draft, name, index, most - least);
  } else if (!isBelow && isAbove) {
    terms.push({ index: addVariable(draft, `u − ${name}`, -cost), factor: -1 });
  } else if (!isBelow) {
    terms.push({ index: addVariable(draft, `${name}⁺`, cost), factor: 1 });
    terms.push({ index: addVariable(draft, `${name}⁻`, -cost), factor: -1 });
  }
  const offset = isBelow ? least : isAbove ? most : 0;
  return Object.freeze({ offset, terms: Object.freeze(terms.map((term) => Object.freeze(term))) });
}

/** Adds row i of the original, in z, with the surplus or slack that makes it an equation. */
function addRow(
  draft: Draft,
  name: string,
  { starts, columns, values, rowLower, rowUpper }: SparseProgram,
  i: number,
  original: readonly StandardVariable[],
): void {
  const [least, most] = [rowLower[i], rowUpper[i]];
  const [isBelow, isAbove] = [Number.isFinite(least), Number.isFinite(most)];
  if (!isBelow && !isAbove) return;
  const entries = new Map<number, number>();
  let b = isBelow ? least : most;
  for (let p = starts[i]; p < starts[i + 1]; p++) {
    const { offset, terms } = original[columns[p]];
    b -= values[p] * offset;
    for (const { index, factor } of terms) entries.set(index, factor * values[p]);
  }
  draft.rows.push({ name, entries, b });
  if (least === most) return;
  const slack = addVariable(draft, `${isBelow ? "surplus" : "slack"} of ${name}`);
  entries.set(slack, isBelow ? -1 : 1);
  if (isBelow && isAbove) addRange(draft, name, slack, most - least);
}

/**
 * The solution of the original program that belongs to one of its standard form.
 *
 * @param form - from `standardForm`
 * @param z - one number for each variable of the standard form
 * @returns x, one number for each variable of the original
 * @throws InputError when `form` is none, or there are not as many finite numbers as it has variables
 *
 * @example
 * ```ts
 * const form = standardForm({ objective: [1], rows: [], lower: -5, upper: 5 });
 * originalSolution(form, [2, 8]); // → [-3]
 * ```
 */
export function originalSolution(form: StandardForm, z: Series): readonly number[] {
  checkHas("form", form, formFields, "the result of standardForm");
  const given = checkNumbers("z", z, form.objective.length, anyFinite, "one for each variable of the form");
  return Object.freeze(
    form.original.map(({ offset, terms }) =>
      terms.reduce((x, { index, factor }) => x + factor * given[index], offset),
    ),
  );
}

/** What the way back reads of a form. */
const formFields: Fields = { objective: Array.isArray, original: isOriginal };

function isOriginal(variables: unknown): boolean {
  const isTerm = (term: unknown): boolean =>
    hasFields(term, { index: Number.isInteger, factor: Number.isFinite });
  const areTerms = (terms: unknown): boolean => Array.isArray(terms) && terms.every(isTerm);
  return (
    Array.isArray(variables) &&
    Array.from(variables).every((one) => hasFields(one, { offset: Number.isFinite, terms: areTerms }))
  );
}
