/**
 * Scales that bring the numbers of a linear program near 1. A solver compares with absolute tolerances and drops
 * coefficients below an absolute size: unscaled, costs of 1e-9 a share would all count as nothing.
 *
 * @module
 */
import type { SparseProgram } from "./program";

/** Powers of two, by which nothing is rounded: row i times `rows[i]`, variable j in units of `columns[j]·amount`. */
export interface Scales {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** What limits are divided by. */
  readonly amount: number;
  /** What costs are divided by. */
  readonly price: number;
}

/** Which of all limits, and which of all costs, becomes 1. */
export type Yardstick = "mean" | "greatest" | "least";

/**
 * Scales by geometric means: in every row and column the smallest and the largest coefficient come to lie evenly about
 * 1 (Fourer 1979); limits and costs are measured by one of theirs.
 */
export function equilibrium(
  { starts, columns: at, values, ...program }: SparseProgram,
  yardstick: Yardstick,
): Scales {
  const { objective, lower, upper, rowLower, rowUpper } = program;
  const rows = new Float64Array(rowLower.length).fill(1);
  const columns = new Float64Array(objective.length).fill(1);
  const isEven = values.every((value) => Math.abs(value) === 1);
  for (let pass = 0; pass < 4 && !isEven; pass++) {
    const [least, most] = [
      new Float64Array(columns.length).fill(Number.POSITIVE_INFINITY),
      new Float64Array(columns.length),
    ];
    for (let i = 0; i < rows.length; i++) {
      let [rowLeast, rowMost] = [Number.POSITIVE_INFINITY, 0];
      for (let p = starts[i]; p < starts[i + 1]; p++) {
        const size = Math.abs(values[p]) * columns[at[p]];
        rowLeast = Math.min(rowLeast, size);
        rowMost = Math.max(rowMost, size);
      }
      rows[i] = inverseMean(rowLeast, rowMost);
      for (let p = starts[i]; p < starts[i + 1]; p++) {
        const j = at[p];
        const size = Math.abs(values[p]) * rows[i];
        least[j] = Math.min(least[j], size);
        most[j] = Math.max(most[j], size);
      }
    }
    for (let j = 0; j < columns.length; j++) columns[j] = inverseMean(least[j], most[j]);
  }

  const amount = new Size();
  for (let j = 0; j < columns.length; j++) {
    amount.add(lower[j] / columns[j]);
    amount.add(upper[j] / columns[j]);
  }
  for (let i = 0; i < rows.length; i++) {
    amount.add(rowLower[i] * rows[i]);
    amount.add(rowUpper[i] * rows[i]);
  }
  const price = new Size();
  for (let j = 0; j < columns.length; j++) price.add(objective[j] * columns[j]);
  return { rows, columns, amount: amount.by(yardstick), price: price.by(yardstick) };
}

function inverseMean(least: number, most: number): number {
  return most === 0 ? 1 : powerOfTwo(-(Math.log2(least) + Math.log2(most)) / 2);
}

/** The size of what is neither 0 nor infinite, as a power of two. */
class Size {
  private readonly logarithms: number[] = [];

  add(value: number): void {
    const size = Math.abs(value);
    if (size !== 0 && size !== Number.POSITIVE_INFINITY) this.logarithms.push(Math.log2(size));
  }

  by(yardstick: Yardstick): number {
    const { logarithms } = this;
    if (logarithms.length === 0) return 1;
    if (yardstick === "mean") return powerOfTwo(logarithms.reduce((a, b) => a + b, 0) / logarithms.length);
    const choose = yardstick === "greatest" ? Math.max : Math.min;
    return powerOfTwo(logarithms.reduce((a, b) => choose(a, b)));
  }
}

function powerOfTwo(logarithm: number): number {
  return 2 ** Math.max(-500, Math.min(500, Math.round(logarithm)));
}
