/**
 * Risk aversions from patient to immediate, with what they do.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";

/** A risk aversion, and the value of a goal at its optimum. */
export interface Point {
  readonly λ: number;
  readonly value: number;
}

/** Beyond these multiples of λσ²T²/η and λσ²τ²/η nothing changes in twelve digits. */
const [leastUrgency, greatestUrgency] = [1e-9, 1e13];

/** λ = 0 and a grid of λ, four a decade, over which an optimum goes from patient to immediate. */
export function scan(problem: ExecutionProblem, valueAt: (λ: number) => number): readonly Point[] {
  const { volatilities: σ, lengths: τ } = marketOf(problem);
  const η = temporarySlopes(problem);
  const [volatility, impact] = [Math.max(...σ), Math.max(...η)];
  const start = { λ: 0, value: valueAt(0) };
  // Without risk, all λ are alike.
  if (volatility === 0) return [start];
  const shortest = Math.min(...τ);
  const low = Math.log10((leastUrgency * Math.min(...η)) / (volatility * problem.horizon) ** 2);
  const high = Math.log10((greatestUrgency * impact) / (volatility * shortest) ** 2);
  const count = Math.ceil(4 * (high - low));
  const grid = Array.from({ length: count + 1 }, (_, i) => 10 ** (low + ((high - low) * i) / count));
  return [start, ...grid.map((λ) => ({ λ, value: valueAt(λ) }))];
}

/**
 * What trades concede over their rate, where the order is traded evenly, and where all of it is in one interval: η for linear
 * impact, and for any other law the range in which a linear one could stand for it.
 */
function temporarySlopes(problem: ExecutionProblem): Float64Array {
  const { temporaryMarginal } = impactLaw(problem);
  const { lengths: τ } = marketOf(problem);
  const X = problem.shares;
  const slopes = new Float64Array(2 * τ.length);
  τ.forEach((length, k) => {
    [X * (length / problem.horizon), X].forEach((n, i) => {
      slopes[2 * k + i] = (0.5 * length * temporaryMarginal(k, n)) / n;
    });
  });
  return slopes;
}
