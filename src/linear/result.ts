/**
 * The three answers to a linear program, each with its proof.
 *
 * @module
 */
import type { LinearCertificate } from "./proof";

/** An optimum, with what proves it. */
export interface LinearOptimum {
  /** There is an optimum, and this is it. */
  readonly status: "optimal";
  /** x, one number for each variable; where several solutions are optimal, one of them. */
  readonly solution: readonly number[];
  /** objective·x + constant. */
  readonly value: number;
  /**
   * Shadow price of each row: how much the optimal value changes when the row's bound, the one that binds, is raised by
   * one unit. 0 where none binds. The same sign rule whether minimized or maximized. Where several prices fit (a
   * degenerate optimum), one of them.
   */
  readonly shadowPrices: readonly number[];
  /** One for each variable: how much the optimal value changes when its bound, the one that binds, is raised by one unit. */
  readonly reducedCosts: readonly number[];
  /** What each row reaches. */
  readonly reached: readonly number[];
  /** What was checked, and how well it holds. */
  readonly certificate: LinearCertificate;
}

/** The proof that nothing satisfies all rows and bounds. */
export interface LinearInfeasible {
  /** No point satisfies the constraints. */
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
  /** The objective improves without end. */
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

/** A list for a result. */
export function frozen(values: Float64Array, sign: 1 | -1 = 1): readonly number[] {
  // `+ 0` turns −0 into 0.
  return Object.freeze(Array.from(values, (value) => sign * value + 0));
}
