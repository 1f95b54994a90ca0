/**
 * Linear programs, solved by HiGHS and proven by code of our own.
 *
 * HiGHS (Huangfu and Hall 2018) is the solver behind scipy's `linprog`. What it says is not passed on unseen: an
 * optimum is returned with a certificate, an infeasible program with weights that add its rows up to a
 * contradiction, an unbounded one with a direction that never ends, each recomputed in `linear/proof.ts`.
 *
 * @module
 */
import { checkProgram } from "./checkProgram";
import { type Highs, safely, solver } from "./highs";
import { infeasibleBy, unboundedBy } from "./noOptimum";
import type { LinearProgram, SparseProgram } from "./program";
import { certificateOf } from "./proof";
import { frozen, type LinearOptimum, type LinearResult } from "./result";
import { type Attempt, type Point, run } from "./run";

/**
 * Solves a linear program.
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
 *   sense: "maximize",
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
 * result.shadowPrices; // → [0, 1.5, 1]
 * result.certificate.verdict; // → optimal
 * ```
 */
export async function solveLinearProgram(program: LinearProgram): Promise<LinearResult> {
  const sparse = checkProgram(program);
  const highs = await solver();
  const result = safely(() => decide(highs, program, sparse));
  if (result !== undefined) return result;
  throw new RangeError(
    "The linear program could not be solved reliably: its coefficients span too many orders of magnitude, or its rows " +
      "nearly contradict each other. Rescale it or relax a row.",
  );
}

/**
 * What is tried until an answer is proven. Presolve takes a third more time on schedules, whose rows hide nothing, and
 * has tolerances of its own, but helps where a program is ill-conditioned as it is written. Other yardsticks help
 * where limits or costs lie more than some 1e9 apart: which of them matters is not known beforehand.
 */
const attempts: readonly Attempt[] = [
  { presolve: "off", yardstick: "mean" },
  { presolve: "on", yardstick: "mean" },
  { presolve: "off", yardstick: "greatest" },
  { presolve: "off", yardstick: "least" },
];

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
    shadowPrices: frozen(y, sign),
    reducedCosts: frozen(reduced, sign),
    reached: frozen(reached),
    certificate,
  });
}
