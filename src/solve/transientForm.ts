/**
 * E + λV under impact that fades, as a quadratic form in the trades, up to what no schedule changes:
 *
 *     ½ nᵀHn + qᵀn + Σ ε_k|n_k|
 *
 * With h_l = X − Σ_j m_lj n_j, where m_lj is 1 for the trades before interval l, 1 − u for its own and 0 for those after it,
 * λΣ σ_l²τ_l h_l² − sΣ α_lτ_l h_l adds 2λ Σ_l σ_l²τ_l m_lj m_lk to H and Σ_l (sα_lτ_l − 2λXσ_l²τ_l) m_lk to q.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { InputError } from "../support/errors";

/** The form, as its minimizer asks for it. Arrays of N numbers. */
export interface TransientForm {
  readonly shares: number;
  readonly halfSpreads: Float64Array;
  /** H_kk. */
  readonly curvatures: Float64Array;
  /** Hn + q for trades that sum to the order, less `level`. */
  readonly marginals: (trades: Float64Array) => Float64Array;
  /** What all marginals share. */
  readonly level: number;
  /** Prepares to move the free trades, of which there is at least one. */
  readonly system: (free: readonly number[]) => TransientSystem;
  /** How often a system is solved, from the second time on for what is left. */
  readonly rounds: Rounds;
}

/** When what is left of a system is solved again. */
export interface Rounds {
  readonly least: number;
  readonly most: number;
  /** How far apart marginals of free trades may lie to end it before, and at most (currency/share). */
  readonly enough: number;
  readonly apart: number;
}

/** Solves H_FF d − g 1 = r, Σ d = m for the free trades F. */
export type TransientSystem = (
  r: Float64Array,
  m: number,
) => { readonly step: Float64Array; readonly change: number };

/** A full matrix of this many intervals fits into memory, and into seconds. */
export const mostFullIntervals = 3000;

/** Where one kernel serves every trade, of which only its N numbers are kept. */
export const mostToeplitzIntervals = 20_000;

/** Refuses a problem of more intervals. */
export function requireTransientIntervals(problem: ExecutionProblem): void {
  const { intervals: N } = problem;
  const isEven = impactLaw(problem).kernelByLag !== undefined;
  const most = isEven ? mostToeplitzIntervals : mostFullIntervals;
  if (N <= most) return;
  throw new InputError(
    "problem.intervals",
    N,
    isEven
      ? `at most ${inWords(most)} under impact that fades`
      : `at most ${inWords(most)} under impact that fades over intervals that differ in length, where every trade meets every other`,
    isEven
      ? "Use longer intervals."
      : `Use longer intervals, or up to ${inWords(mostToeplitzIntervals)} of one length.`,
  );
}

/** Refuses more intervals than a full matrix holds. */
export function requireFullIntervals({ intervals: N }: ExecutionProblem, what: string): void {
  if (N > mostFullIntervals) throw tooManyForFull(N, what);
}

/** The refusal of more intervals than a full matrix holds. */
export function tooManyForFull(N: number, what: string): InputError {
  return new InputError(
    "problem.intervals",
    N,
    `at most ${inWords(mostFullIntervals)} for ${what} under impact that fades, where every trade meets every other`,
    "Use longer intervals.",
  );
}

function inWords(count: number): string {
  return count.toLocaleString("en");
}
