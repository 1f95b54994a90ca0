/**
 * The search for what proves that there is no optimum: weights by which the rows contradict each other, or a direction
 * without end. HiGHS proposes them; `linear/proof.ts` decides.
 *
 * @module
 */
import { formatSignificant } from "../support/format";
import type { Highs } from "./highs";
import { type LinearProgram, rowName, type SparseProgram, variableName } from "./program";
import { contradiction, descent, recession } from "./proof";
import { largest, proofTolerance, violation } from "./residual";
import { frozen, type LinearInfeasible, type LinearUnbounded } from "./result";
import { type Attempt, run } from "./run";

/**
 * Lets every row be missed at a price and minimizes what is missed. This program always has an optimum; where that
 * is above 0 its prices are weights that add the rows up to a contradiction.
 */
export function infeasibleBy(
  highs: Highs,
  program: LinearProgram,
  sparse: SparseProgram,
  attempt: Attempt,
): LinearInfeasible | undefined {
  const y = run(highs, elastic(sparse), attempt)?.y;
  if (y === undefined) return undefined;
  normalize(y);
  const found = contradiction(sparse, y);
  if (found === undefined) return undefined;
  const { required, attainable, residual } = found;
  const weighted = inWords(y, (i) => rowName(program, i), " × ");
  return Object.freeze({
    status: "infeasible",
    weights: frozen(y),
    required,
    attainable,
    residual,
    message:
      `Nothing satisfies all rows and bounds. The rows, added up as ${weighted}, must reach at least ` +
      `${formatSignificant(required, 6)}; within the bounds of the variables this sum reaches at most ` +
      `${formatSignificant(attainable, 6)}.`,
  });
}

/** The steepest direction, none of whose entries exceeds 1, that stays within all rows and bounds. */
export function unboundedBy(
  highs: Highs,
  program: LinearProgram,
  sparse: SparseProgram,
  attempt: Attempt,
): LinearUnbounded | undefined {
  const limits = recession(sparse);
  const directions: SparseProgram = {
    ...sparse,
    ...limits,
    lower: limits.lower.map((limit) => Math.max(limit, -1)),
    upper: limits.upper.map((limit) => Math.min(limit, 1)),
  };
  const ray = run(highs, directions, attempt)?.x;
  const start = run(highs, { ...sparse, objective: new Float64Array(sparse.objective.length) }, attempt)?.x;
  if (ray === undefined || start === undefined || violation(sparse, start) > proofTolerance) return undefined;
  normalize(ray);
  const found = descent(sparse, ray);
  if (found === undefined) return undefined;
  const slope = sparse.sign * found.slope;
  return Object.freeze({
    status: "unbounded",
    start: frozen(start),
    ray: frozen(ray),
    slope,
    residual: found.residual,
    message:
      `The objective ${slope < 0 ? "falls" : "rises"} without end: along ` +
      `${inWords(ray, (j) => variableName(program, j), " ")} every row and bound keeps holding, and each unit of this ` +
      `direction changes the objective by ${formatSignificant(slope, 6)}.`,
  });
}

/** The program with two more variables for each row, which make up for what it misses at 1 for each unit. */
function elastic(sparse: SparseProgram): SparseProgram {
  const { starts, columns, values, lower, upper, rowLower } = sparse;
  const [rows, count] = [rowLower.length, lower.length];
  const length = count + 2 * rows;
  const at = new Int32Array(values.length + 2 * rows);
  const numbers = new Float64Array(values.length + 2 * rows);
  const begins = new Int32Array(rows + 1);
  let end = 0;
  for (let i = 0; i < rows; i++) {
    let size = 0;
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      at[end] = columns[p];
      numbers[end++] = values[p];
      size = Math.max(size, Math.abs(values[p]));
    }
    // Missing a row is measured in the row's own size.
    for (const [offset, coefficient] of [
      [0, size || 1],
      [1, -(size || 1)],
    ] as const) {
      at[end] = count + 2 * i + offset;
      numbers[end++] = coefficient;
    }
    begins[i + 1] = end;
  }
  const extended = (values: Float64Array, rest: number): Float64Array => {
    const longer = new Float64Array(length).fill(rest);
    longer.set(values);
    return longer;
  };
  return {
    ...sparse,
    objective: extended(new Float64Array(count), 1),
    starts: begins,
    columns: at,
    values: numbers,
    lower: extended(lower, 0),
    upper: extended(upper, Number.POSITIVE_INFINITY),
  };
}

/** Divides by the largest size of an entry. */
function normalize(values: Float64Array): void {
  const most = largest(values);
  if (most > 0) for (let i = 0; i < values.length; i++) values[i] = values[i] / most;
}

/** "2 × row 1 − 0.5 × row 3 and 7 more". */
function inWords(weights: Float64Array, name: (index: number) => string, between: string): string {
  const most = 6;
  const used = Array.from(weights.keys()).filter((i) => weights[i] !== 0);
  const text = used.slice(0, most).map((i, position) => {
    const weight = weights[i];
    const sign = weight < 0 ? "− " : position > 0 ? "+ " : "";
    return `${sign}${formatSignificant(Math.abs(weight), 4)}${between}${name(i)}`;
  });
  return text.join(" ") + (used.length > most ? ` and ${used.length - most} more` : "");
}
