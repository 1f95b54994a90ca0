/**
 * One run of HiGHS: a checked program goes in scaled, and what is found comes out in the caller's units.
 *
 * @module
 */
import type { Highs, HighsModel } from "./highs";
import type { SparseProgram } from "./program";
import { equilibrium, type Scales, type Yardstick } from "./scale";

/** How HiGHS is run. */
export interface Attempt {
  readonly presolve: "off" | "on";
  readonly yardstick: Yardstick;
}

/** x and the prices of the minimized form. */
export interface Point {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Minimizes; undefined where HiGHS finds no optimum, or cannot take the numbers. */
export function run(
  highs: Highs,
  program: SparseProgram,
  { presolve, yardstick }: Attempt,
): Point | undefined {
  const scales = equilibrium(program, yardstick);
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false,
      presolve,
      // In units of a typical number, since the program is scaled.
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
