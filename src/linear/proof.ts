/**
 * Proofs about linear programs, recomputed from the data alone: that a solution is optimal, that there is none,
 * that the objective has no end. This file imports no solver.
 *
 * @module
 */

import { isList } from "../support/checks";
import { InputError } from "../support/errors";
import { type Series, Sum } from "../support/numbers";
import { checkProgram } from "./checkProgram";
import type { LinearProgram, SparseProgram } from "./program";
import { largest, leastShare, proofTolerance, transposed, unlessRounding, violation } from "./residual";

/** How far a solution and its prices are from proving each other optimal. Every figure is relative: 0 is perfect. */
export interface LinearCertificate {
  /** `"optimal"` where none of the three figures exceeds the tolerance. */
  readonly verdict: "optimal" | "not-proven";
  /** The largest violation of a row or bound by the solution, relative to the largest term in it. */
  readonly primalResidual: number;
  /** The largest price or reduced cost that pulls at a limit which does not exist, relative to the largest term in it. */
  readonly dualResidual: number;
  /** Value less bound, relative to the sum of the sizes of the terms of either. */
  readonly dualityGap: number;
  /** objective·x + constant, summed anew. */
  readonly value: number;
  /** What the prices alone prove: no solution has a lower value (where maximized: a greater one). */
  readonly bound: number;
  /** What the three figures were held to. */
  readonly tolerance: number;
}

/**
 * Checks whether a solution of a linear program, from any source, is optimal, by one price for each row.
 *
 * For a minimum: whatever the prices y, every feasible x has
 *
 *     c·x ≥ Σ_i y_i b_i + Σ_j r_j β_j,    r = c − Aᵀy
 *
 * with b_i the row's lower limit where y_i > 0 and its upper one where y_i < 0, and β_j likewise by the sign of the
 * reduced cost r_j. A feasible x that reaches this bound is therefore optimal. Where an objective is maximized, all
 * signs turn.
 *
 * @param program - the program
 * @param solution - x, one number for each variable
 * @param shadowPrices - y, one for each row: change of the optimum per unit of the row's bound
 * @returns primal residual, dual residual, duality gap, and the verdict
 * @throws InputError when the program is malformed, or there are not as many numbers as variables and rows
 *
 * Source: weak duality; Boyd and Vandenberghe 2004, § 5.2.
 *
 * @example
 * ```ts
 * const program = { objective: [1, 2], rows: [{ coefficients: [1, 1], lower: 10 }], upper: [6, 9] };
 * certifyLinear(program, [6, 4], [2]).verdict; // → optimal
 * certifyLinear(program, [5, 5], [2]).verdict; // → not-proven
 * certifyLinear(program, [5, 5], [2]).bound; // → 14
 * ```
 */
export function certifyLinear(
  program: LinearProgram,
  solution: Series,
  shadowPrices: Series,
): LinearCertificate {
  const sparse = checkProgram(program);
  const { sign } = sparse;
  const x = finite("solution", solution, sparse.objective.length);
  const y = finite("shadowPrices", shadowPrices, sparse.rowLower.length);
  for (let i = 0; i < y.length; i++) y[i] = sign * y[i];
  return certificateOf(sparse, program.constant ?? 0, x, y);
}

function finite(parameter: string, values: Series, length: number): Float64Array {
  if (!(isList(values) && values.length === length && Array.from(values).every(Number.isFinite))) {
    throw new InputError(parameter, values, `a list of ${length} finite numbers`);
  }
  return Float64Array.from(values);
}

/** The certificate of a checked program; y is the one of the minimized form. */
export function certificateOf(
  program: SparseProgram,
  constant: number,
  x: Float64Array,
  y: Float64Array,
): LinearCertificate {
  const { sign, objective, lower, upper, rowLower, rowUpper } = program;
  const value = new Sum();
  const bound = new Sum();
  let [valueTerms, boundTerms] = [0, 0];
  for (let j = 0; j < x.length; j++) {
    const term = objective[j] * x[j];
    value.add(term);
    valueTerms += Math.abs(term);
  }
  /** Adds what a price proves by its limit, and says how far it pulls at a limit that does not exist. */
  const pull = (price: number, least: number, most: number, scale: number): number => {
    if (price === 0) return 0;
    const limit = price > 0 ? least : most;
    if (!Number.isFinite(limit)) return Math.abs(price) / scale;
    bound.add(price * limit);
    boundTerms += Math.abs(price * limit);
    return 0;
  };

  const greatestPrice = leastShare * largest(y);
  const column = transposed(program, y, greatestPrice);
  let dualResidual = 0;
  for (let j = 0; j < x.length; j++) {
    const scale = Math.max(Math.abs(objective[j]), column.largest[j]);
    const size = Math.abs(objective[j]) + column.sizes[j];
    const reduced = unlessRounding(objective[j] - column.sums[j], size);
    dualResidual = Math.max(dualResidual, pull(reduced, lower[j], upper[j], scale));
  }
  for (let i = 0; i < y.length; i++) {
    const scale = Math.max(Math.abs(y[i]), greatestPrice);
    const price = y[i];
    dualResidual = Math.max(dualResidual, pull(price, rowLower[i], rowUpper[i], scale));
  }

  const primalResidual = violation(program, x);
  // Prices that pull at a limit which does not exist prove nothing at all.
  const least = dualResidual <= proofTolerance ? bound.value : Number.NEGATIVE_INFINITY;
  const gap = Math.abs(value.value - least);
  const dualityGap = gap === 0 ? 0 : gap / Math.max(valueTerms, boundTerms);
  const isProven = Math.max(primalResidual, dualResidual, dualityGap) <= proofTolerance;
  return Object.freeze({
    verdict: isProven ? "optimal" : "not-proven",
    primalResidual,
    dualResidual,
    dualityGap,
    value: sign * value.value + constant,
    bound: sign * least + constant,
    tolerance: proofTolerance,
  });
}

/** What a weighted sum of rows demands, what the bounds of the variables let it reach, and how exact that is. */
export interface Contradiction {
  readonly required: number;
  readonly attainable: number;
  readonly residual: number;
}

/**
 * Adds the rows up with weights y. Every x within the rows has (Aᵀy)·x ≥ Σ y_i b_i, with b_i the lower limit where
 * y_i > 0 and the upper one where y_i < 0; every x within the bounds has (Aᵀy)·x ≤ Σ (Aᵀy)_j β_j, with β_j the upper
 * bound where (Aᵀy)_j > 0 and the lower one where it is < 0. Where the first number exceeds the second, there is no x
 * (Farkas 1902). Undefined where the numbers do not prove this.
 */
export function contradiction(program: SparseProgram, y: Float64Array): Contradiction | undefined {
  const { lower, upper, rowLower, rowUpper } = program;
  const required = new Sum();
  const attainable = new Sum();
  let size = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = y[i];
    if (weight === 0) continue;
    const limit = (weight > 0 ? rowLower[i] : rowUpper[i]) as number;
    if (!Number.isFinite(limit)) return undefined;
    required.add(weight * limit);
    size += Math.abs(weight * limit);
  }
  const column = transposed(program, y, leastShare * largest(y));
  let residual = 0;
  for (let j = 0; j < lower.length; j++) {
    const slope = unlessRounding(column.sums[j], column.sizes[j]);
    if (slope === 0) continue;
    const limit = (slope > 0 ? upper[j] : lower[j]) as number;
    if (Number.isFinite(limit)) {
      attainable.add(slope * limit);
      size += Math.abs(slope * limit);
    } else residual = Math.max(residual, Math.abs(slope) / column.largest[j]);
  }
  // Rounding moves sums of this size by some 1e-16 of it.
  const isProof = required.value - attainable.value > 1e-12 * size && residual <= proofTolerance;
  return isProof ? { required: required.value, attainable: attainable.value, residual } : undefined;
}

/** Change of the minimized objective along a direction, and how far the direction leaves rows and bounds. */
export interface Descent {
  readonly slope: number;
  readonly residual: number;
}

/** Whether a direction stays within every row and bound however far one goes, and lowers the objective; else undefined. */
export function descent(program: SparseProgram, direction: Float64Array): Descent | undefined {
  const unlimited = recession(program);
  const slope = new Sum();
  let size = 0;
  for (let j = 0; j < direction.length; j++) {
    const term = program.objective[j] * direction[j];
    slope.add(term);
    size += Math.abs(term);
  }
  const residual = violation({ ...program, ...unlimited }, direction);
  if (!(slope.value < -proofTolerance * size && residual <= proofTolerance)) return undefined;
  return { slope: slope.value, residual };
}

/** The limits of directions: 0 where a row or bound has a limit, none where it has none. */
export function recession(
  program: SparseProgram,
): Pick<SparseProgram, "lower" | "upper" | "rowLower" | "rowUpper"> {
  const zeroIfFinite = (limit: number): number => (Number.isFinite(limit) ? 0 : limit);
  return {
    lower: program.lower.map(zeroIfFinite),
    upper: program.upper.map(zeroIfFinite),
    rowLower: program.rowLower.map(zeroIfFinite),
    rowUpper: program.rowUpper.map(zeroIfFinite),
  };
}
