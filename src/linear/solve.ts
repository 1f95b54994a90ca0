/**
 * Linear programmes, solved by HiGHS and proven by code of our own.
 *
 * HiGHS (Huangfu and Hall 2018) is the solver behind scipy's `linprog`. What it says is not passed on unseen: an
 * optimum is returned with a certificate, an infeasible programme with weights that add its rows up to a
 * contradiction, an unbounded one with a direction that never ends, each recomputed in `linear/proof.ts`.
 *
 * @module
 */
import { formatSignificant } from "../support/format";
import { type Highs, type HighsModel, safely, solver } from "./highs";
import { checkProgram, type LinearProgram, rowName, type SparseProgram, variableName } from "./program";
import {
  certificateOf,
  contradiction,
  descent,
  type LinearCertificate,
  proofTolerance,
  recession,
  violation,
} from "./proof";
import { equilibrium, type Scales, type Yardstick } from "./scale";

/** An optimum, with what proves it. */
export interface LinearOptimum {
  readonly status: "optimal";
  /** x, one number for each variable; where several solutions are optimal, one of them. */
  readonly solution: readonly number[];
  /** objective·x + constant. */
  readonly value: number;
  /**
   * One price for each row: how much the optimal value changes when the row's limit, the one that binds, is raised by
   * one unit. 0 where none binds. The same sign rule whether minimised or maximised. Where several prices fit (a
   * degenerate optimum), one of them.
   */
  readonly prices: readonly number[];
  /** One for each variable: how much the optimal value changes when its bound, the one that binds, is raised by one unit. */
  readonly reducedCosts: readonly number[];
  /** What each row reaches. */
  readonly reached: readonly number[];
  readonly certificate: LinearCertificate;
}

/** The proof that nothing satisfies all rows and bounds. */
export interface LinearInfeasible {
  readonly status: "infeasible";
  /** One weight for each row, by which the rows add up to a contradiction. */
  readonly weights: readonly number[];
  /** What the weighted sum of the rows must at least reach. */
  readonly required: number;
  /** What it can at most reach within the bounds of the variables: less than `required`. */
  readonly attainable: number;
  /** The largest coefficient that should be 0 in the weighted sum and is not, relative to its terms. */
  readonly residual: number;
  /** The contradiction in words. */
  readonly message: string;
}

/** The proof that the objective has no end. */
export interface LinearUnbounded {
  readonly status: "unbounded";
  /** A solution of all rows and bounds. */
  readonly start: readonly number[];
  /** The direction in which all rows and bounds keep holding; its largest entry is 1 or −1. */
  readonly ray: readonly number[];
  /** How much the objective changes for each unit of the ray. */
  readonly slope: number;
  /** The largest amount by which the ray leaves a row or bound, relative to the terms in it. */
  readonly residual: number;
  /** The proof in words. */
  readonly message: string;
}

/** The three answers, told apart by `status`. */
export type LinearResult = LinearOptimum | LinearInfeasible | LinearUnbounded;

/**
 * Solves a linear programme.
 *
 * Answers are proven, not believed: see {@link LinearCertificate} for an optimum, and `weights` or `ray` for the two
 * other answers. Units may differ by many orders of magnitude: rows, variables and objective are scaled by powers of
 * two first, which costs no digit.
 *
 * @param program - objective, rows and bounds; variables are 0 or above unless `lower` says otherwise
 * @returns a promise of the optimum, or of the proof that there is none
 * @throws InputError when a number is missing, not finite, of the wrong place, or a lower limit exceeds an upper one
 * @throws RangeError when the numbers lie so far apart that no answer can be proven
 *
 * Source: Boyd and Vandenberghe 2004, §§ 5.2 and 5.8 for the proofs; Huangfu and Hall 2018 for the solver.
 *
 * @example
 * ```ts
 * const result = await solveLinearProgram({
 *   sense: "maximise",
 *   objective: [3, 5],
 *   rows: [
 *     { coefficients: [1, 0], upper: 4 },
 *     { coefficients: [0, 2], upper: 12 },
 *     { coefficients: [3, 2], upper: 18 },
 *   ],
 * });
 * result.status; // → optimal
 * if (result.status !== "optimal") throw new Error(result.message);
 * result.value; // → 36
 * result.solution; // → [2, 6]
 * result.prices; // → [0, 1.5, 1]
 * result.certificate.verdict; // → optimal
 * ```
 */
export async function solveLinearProgram(program: LinearProgram): Promise<LinearResult> {
  const sparse = checkProgram(program);
  const highs = await solver();
  const result = safely(() => decide(highs, program, sparse));
  if (result !== undefined) return result;
  throw new RangeError(
    "The linear programme could not be decided: its numbers lie so many orders of magnitude apart, or its rows so " +
      "close to contradicting each other, that rounding hides the answer. State it in other units, or loosen a row.",
  );
}

/**
 * What is tried until an answer is proven. Presolve takes a third more time on schedules, whose rows hide nothing, and
 * has tolerances of its own, but helps where a programme is ill-conditioned as it is written. Other yardsticks help
 * where limits or costs lie more than some 1e9 apart: which of them matters is not known beforehand.
 */
const attempts: readonly Attempt[] = [
  { presolve: "off", yardstick: "mean" },
  { presolve: "on", yardstick: "mean" },
  { presolve: "off", yardstick: "greatest" },
  { presolve: "off", yardstick: "least" },
];

interface Attempt {
  readonly presolve: "off" | "on";
  readonly yardstick: Yardstick;
}

function decide(highs: Highs, program: LinearProgram, sparse: SparseProgram): LinearResult | undefined {
  for (const attempt of attempts) {
    const found = run(highs, sparse, attempt);
    const result =
      found === undefined
        ? (infeasibleBy(highs, program, sparse, attempt) ?? unboundedBy(highs, program, sparse, attempt))
        : optimumOf(program, sparse, found);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** x and the prices of the minimised form. */
interface Point {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function optimumOf(
  program: LinearProgram,
  sparse: SparseProgram,
  { x, y }: Point,
): LinearOptimum | undefined {
  const certificate = certificateOf(sparse, program.constant ?? 0, x, y);
  if (certificate.verdict !== "optimal") return undefined;
  const { sign, objective, starts, columns, values } = sparse;
  const reduced = Float64Array.from(objective);
  const reached = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const j = columns[p];
      reduced[j] = reduced[j] - values[p] * y[i];
      reached[i] = reached[i] + values[p] * x[j];
    }
  }
  return Object.freeze({
    status: "optimal",
    solution: frozen(x),
    value: certificate.value,
    prices: frozen(y, sign),
    reducedCosts: frozen(reduced, sign),
    reached: frozen(reached),
    certificate,
  });
}

/**
 * Lets every row be missed at a price and minimises what is missed. This programme always has an optimum; where that
 * is above 0 its prices are weights that add the rows up to a contradiction.
 */
function infeasibleBy(
  highs: Highs,
  program: LinearProgram,
  sparse: SparseProgram,
  attempt: Attempt,
): LinearInfeasible | undefined {
  const y = run(highs, elastic(sparse), attempt)?.y;
  if (y === undefined) return undefined;
  normalise(y);
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
function unboundedBy(
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
  normalise(ray);
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

/** The programme with two more variables for each row, which make up for what it misses at 1 for each unit. */
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

/** Minimises; undefined where HiGHS finds no optimum, or cannot take the numbers. */
function run(highs: Highs, program: SparseProgram, { presolve, yardstick }: Attempt): Point | undefined {
  const scales = equilibrium(program, yardstick);
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false,
      presolve,
      // In units of a typical number, since the programme is scaled.
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
      small_matrix_value: 1e-12,
    });
    model.passModel(scaled(program, scales));
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined;
    const { colValue, rowDual } = model.getSolution();
    return { x: withinBounds(program, colValue, scales), y: withinSigns(program, rowDual, scales) };
  } catch (error) {
    if (error instanceof highs.errors.HighsError) return undefined;
    throw error;
  } finally {
    model.dispose();
  }
}

function scaled(program: SparseProgram, { rows, columns, amount, price }: Scales): HighsModel {
  const { starts, values } = program;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < rows.length; i++) {
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const column = columns[program.columns[p]];
      numbers[p] = values[p] * rows[i] * column;
    }
  }
  const [numRows, numCols] = [rows.length, columns.length];
  const ofRow = (limit: number, i: number): number => (limit / amount) * rows[i];
  const ofColumn = (limit: number, j: number): number => limit / amount / columns[j];
  return {
    numCols,
    numRows,
    // HiGHS takes costs beyond 1e20 for infinite; what is enforced at that price is enforced at 1e15 as well.
    colCost: program.objective.map((cost, j) => Math.max(-1e15, Math.min(1e15, (cost / price) * columns[j]))),
    colLower: program.lower.map(ofColumn),
    colUpper: program.upper.map(ofColumn),
    rowLower: program.rowLower.map(ofRow),
    rowUpper: program.rowUpper.map(ofRow),
    matrix: { format: "csr", numRows, numCols, starts, indices: program.columns, values: numbers },
  };
}

/** The solution in the caller's units; where HiGHS oversteps a bound by its tolerance, the bound. */
function withinBounds({ lower, upper }: SparseProgram, found: Float64Array, scales: Scales): Float64Array {
  return found.map((value, j) => {
    const x = value * scales.amount * scales.columns[j];
    return Math.min(Math.max(x, lower[j]), upper[j]) + 0;
  });
}

/** The prices in the caller's units; where HiGHS lets one pull, by its tolerance, at a limit that does not exist, 0. */
function withinSigns(
  { rowLower, rowUpper }: SparseProgram,
  found: Float64Array,
  scales: Scales,
): Float64Array {
  return found.map((value, i) => {
    if (!Number.isFinite(value > 0 ? rowLower[i] : rowUpper[i])) return 0;
    return value * scales.price * scales.rows[i] + 0;
  });
}

/** Divides by the largest size of an entry. */
function normalise(values: Float64Array): void {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  if (most > 0) for (let i = 0; i < values.length; i++) values[i] = values[i] / most;
}

function frozen(values: Float64Array, sign: 1 | -1 = 1): readonly number[] {
  // `+ 0` turns −0 into 0.
  return Object.freeze(Array.from(values, (value) => sign * value + 0));
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
