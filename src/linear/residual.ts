/**
 * How far sums of products miss what they should be, which is what proofs compare. A sum is 0 here where rounding cannot
 * tell it from 0.
 *
 * @module
 */

import { Sum } from "../support/numbers";
import type { SparseProgram } from "./program";

/** What a proof is held to, relative to the terms in it: far above rounding, far below any use. */
export const proofTolerance = 1e-9;

/** A variable or price this much smaller than the largest one does not sharpen what a row is held to. */
export const leastShare = 1e-6;

/** The largest violation of a row or bound by x, relative to the largest term in it. */
export function violation({ starts, columns, values, ...program }: SparseProgram, x: Float64Array): number {
  const { lower, upper, rowLower, rowUpper } = program;
  const least = leastShare * largest(x);
  let worst = 0;
  const judge = (reached: number, low: number, high: number, scale: number): void => {
    const excess = Math.max(low - reached, reached - high);
    if (!(excess <= 0)) worst = Math.max(worst, excess / Math.max(scale, finiteSize(low), finiteSize(high)));
  };
  for (let j = 0; j < x.length; j++) {
    judge(x[j], lower[j], upper[j], Math.max(Math.abs(x[j]), least));
  }
  for (let i = 0; i < rowLower.length; i++) {
    const total = new Sum();
    let scale = 0;
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const size = Math.abs(x[columns[p]]);
      total.add(values[p] * x[columns[p]]);
      scale = Math.max(scale, Math.abs(values[p]) * Math.max(size, least));
    }
    judge(total.value, rowLower[i], rowUpper[i], scale);
  }
  return worst;
}

/** Aᵀy, and for each sum the sizes of its terms, summed, and the largest. */
export function transposed(
  { objective, starts, columns, values }: SparseProgram,
  y: Float64Array,
  least: number,
): { sums: Float64Array; sizes: Float64Array; largest: Float64Array } {
  const sums = new Float64Array(objective.length);
  const sizes = new Float64Array(objective.length);
  const largest = new Float64Array(objective.length);
  for (let i = 0; i < y.length; i++) {
    const price = y[i];
    const size = Math.max(Math.abs(price), least);
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const j = columns[p];
      const term = values[p] * price;
      sums[j] = sums[j] + term;
      sizes[j] = sizes[j] + Math.abs(term);
      largest[j] = Math.max(largest[j], Math.abs(values[p]) * size);
    }
  }
  return { sums, sizes, largest };
}

/** 0 in place of a sum that may be nothing but the rounding of its terms. */
export function unlessRounding(sum: number, size: number): number {
  return Math.abs(sum) <= 64 * Number.EPSILON * size ? 0 : sum;
}

/** The largest size of an entry; 0 where there is none. */
export function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

function finiteSize(limit: number): number {
  return Number.isFinite(limit) ? Math.abs(limit) : 0;
}
