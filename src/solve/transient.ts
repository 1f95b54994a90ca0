/**
 * The optimum under impact that fades.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import { type BoundArrays, freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";
import { mayLeave } from "../model/remainder";
import { holdingsAfter, makeSchedule, type Schedule } from "../model/schedule";
import { plainArray, plainZeros, Sum } from "../support/numbers";
import { scheduleOf } from "./programSchedule";
import type { PricedOptimum } from "./separable";
import {
  mostFullIntervals,
  requireFullIntervals,
  requireTransientIntervals,
  type TransientForm,
} from "./transientForm";
import { fullForm } from "./transientFull";
import { minimizeTransient, notSettled, type TransientOptimum } from "./transientProgram";
import { recursiveTrades } from "./transientRecursion";
import { requireConvexRest, requireNoManipulation } from "./transientRoundTrip";
import { toeplitzForm } from "./transientToeplitz";
import { requireReadable, requireRiskAverse } from "./wellPosed";

/** The optimum without bounds. */
export function transientOptimum(problem: ExecutionProblem): Schedule {
  requireRiskAverse(problem);
  requireTransientIntervals(problem);
  const recursive = mayLeave(problem) ? undefined : recursiveTrades(problem);
  if (recursive !== undefined) {
    const remaining = holdings(problem.shares, recursive);
    requireReadable(problem, remaining, recursive);
    return makeSchedule(problem, "Optimal", plainArray(remaining), plainArray(recursive));
  }
  return scheduleOf(problem, "Optimal", transientWithin(problem, freeBounds(problem)));
}

/** The optimum within bounds that are known to be feasible, with its prices. */
export function transientWithin(problem: ExecutionProblem, bounds: BoundArrays): PricedOptimum {
  const finished = mayLeave(problem) ? { ...problem, remainderPrice: undefined } : problem;
  if (problem.intervals > 1) requireNoManipulation(finished);
  const form = formOf(problem);
  const { trades, price, marginals, iterations, level } = minimize(problem, form, bounds);
  const { lower, upper } = bounds;
  const { halfSpreads: ε } = form;
  const N = trades.length;
  const remaining = holdings(problem.shares, trades);
  requireReadable(problem, remaining, trades);
  const lowerPrices = plainZeros(N);
  const upperPrices = plainZeros(N);
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    const π = price - marginals[k];
    // Outwards of its bound, a trade of 0 pays the spread in either direction.
    if (n === upper[k]) upperPrices[k] = Math.max(0, π - (n < 0 ? -ε[k] : ε[k]));
    if (n === lower[k]) lowerPrices[k] = Math.max(0, (n <= 0 ? -ε[k] : ε[k]) - π);
  }
  const marginalCost = price + level + holdingPrice(problem, remaining);
  return { trades, remaining, iterations, marginalCost, lowerPrices, upperPrices };
}

function holdings(shares: number, trades: Float64Array): Float64Array {
  const remaining = Float64Array.from(holdingsAfter(shares, trades));
  remaining[trades.length] = 0;
  return remaining;
}

/** What one more share to begin with adds by being held: Σ 2λσ²τ h − sατ. */
function holdingPrice(problem: ExecutionProblem, x: Float64Array): number {
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  const u = exposedPart(problem.timing);
  const sum = new Sum();
  for (let k = 0; k < τ.length; k++) {
    const h = (1 - u) * x[k + 1] + u * x[k];
    sum.add(2 * problem.riskAversion * σ[k] * σ[k] * τ[k] * h);
    sum.add(-sideSign(problem) * α[k] * τ[k]);
  }
  return sum.value;
}

/** By the form, or by a full matrix where systems of the form do not settle. */
function minimize(
  problem: ExecutionProblem,
  form: TransientForm,
  bounds: BoundArrays,
): TransientOptimum & Pick<TransientForm, "level"> {
  const found = minimizeTransient(form, bounds);
  if (found !== undefined) return { ...found, level: form.level };
  if (problem.intervals > mostFullIntervals) throw notSettled();
  return minimize(problem, fullForm(problem), bounds);
}

/** A full matrix is faster up to here. */
const mostQuickFull = 60;

/** The form, of the kind that is faster to solve. */
function formOf(problem: ExecutionProblem): TransientForm {
  requireTransientIntervals(problem);
  if (mayLeave(problem)) {
    requireFullIntervals(problem, "an order that may be left unfinished");
    const form = fullForm(problem);
    requireConvexRest(problem, form.matrix);
    return form;
  }
  const { kernelByLag } = impactLaw(problem);
  if (kernelByLag === undefined || problem.intervals <= mostQuickFull) return fullForm(problem);
  return toeplitzForm(problem, kernelByLag);
}
