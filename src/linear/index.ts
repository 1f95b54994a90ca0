/**
 * Linear programs of any origin, solved by HiGHS and proven by code of our own: `optimal-execution/linear`.
 *
 * @module
 */

export type { Bounds, Series } from "../support/numbers";
export { type MatrixForm, matrixForm } from "./matrixForm";
export type { LinearProgram, LinearRow, SparseCoefficients } from "./program";
export { certifyLinear, type LinearCertificate } from "./proof";
export { provideHighs } from "./provideHighs";
export type { LinearInfeasible, LinearOptimum, LinearResult, LinearUnbounded } from "./result";
export { solveLinearProgram } from "./solve";
export {
  originalSolution,
  type StandardForm,
  type StandardTerm,
  type StandardVariable,
  standardForm,
} from "./standardForm";
