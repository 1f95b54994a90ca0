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
import { holdingsAfter, makeSchedule, type Schedule } from "../model/schedule";
import { factorize, solveUpper } from "../support/cholesky";
import { NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { plainArray, Sum } from "../support/numbers";
import type { PricedOptimum } from "./separable";
import { requireTransientIntervals, transientForm } from "./transientForm";
import { minimizeTransient } from "./transientProgram";
import { recursiveTrades } from "./transientRecursion";
import { requireReadable, requireRiskAverse } from "./wellPosed";

/** The optimum without bounds. */
export function transientOptimum(problem: ExecutionProblem): Schedule {
  requireRiskAverse(problem);
  requireTransientIntervals(problem);
  const recursive = recursiveTrades(problem);
  if (recursive !== undefined) {
    const remaining = holdings(problem.shares, recursive);
    requireReadable(problem, remaining, recursive);
    return makeSchedule(problem, "Optimal", plainArray(remaining), plainArray(recursive));
  }
  const { trades, remaining } = transientWithin(problem, freeBounds(problem));
  return makeSchedule(problem, "Optimal", plainArray(remaining), plainArray(trades));
}

/** The optimum within bounds that are known to be feasible, with its prices. */
export function transientWithin(problem: ExecutionProblem, bounds: BoundArrays): PricedOptimum {
  if (problem.intervals > 1) requireNoManipulation(problem);
  const form = transientForm(problem);
  const { trades, price, marginals, iterations } = minimizeTransient(form, bounds);
  const { lower, upper } = bounds;
  const { halfSpreads: ε } = form;
  const N = trades.length;
  const remaining = holdings(problem.shares, trades);
  requireReadable(problem, remaining, trades);
  const lowerPrices = new Array<number>(N).fill(0);
  const upperPrices = new Array<number>(N).fill(0);
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    const π = price - marginals[k];
    // Outwards of its bound, a trade of 0 pays the spread in either direction.
    if (n === upper[k]) upperPrices[k] = Math.max(0, π - (n < 0 ? -ε[k] : ε[k]));
    if (n === lower[k]) lowerPrices[k] = Math.max(0, (n <= 0 ? -ε[k] : ε[k]) - π);
  }
  const marginalCost = price + holdingPrice(problem, remaining);
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

/** Refuses a law under which a round trip makes money, with the trip. */
function requireNoManipulation(problem: ExecutionProblem): void {
  const { fadesConvexly, ownImpact } = impactLaw(problem);
  // Pólya: with half of its value at 0 paid by each trade itself, such a kernel makes no round trip pay, and risk makes all cost.
  if (fadesConvexly && ownImpact >= 0.5 && problem.riskAversion > 0) return;
  const { matrix: A } = transientForm(problem, 0);
  const N = problem.intervals;
  const { open } = marketOf(problem);
  const places = Array.from(open.keys()).filter((k) => open[k] === 1);
  const f = places.length - 1;
  if (f < 1) return;
  const at = (i: number, j: number): number => A[places[i] * N + places[j]];
  const K = new Float64Array(f * f);
  for (let i = 0; i < f; i++) {
    for (let j = 0; j <= i; j++) {
      K[i * f + j] = K[j * f + i] = at(i + 1, j + 1) - at(i + 1, j) - at(i, j + 1) + at(i, j);
    }
  }
  const L = K.slice();
  const failed = factorize(L, f);
  if (failed === -1) return;
  const begin = new Float64Array(f);
  for (let k = 0; k < failed; k++) begin[k] = -L[failed * f + k];
  solveUpper(L, f, begin, failed);
  begin[failed] = 1;
  const { moved, change } = downhill(K, begin);
  const trip = new Array<number>(N).fill(0);
  places.forEach((k, i) => {
    trip[k] = (moved[i - 1] ?? 0) - (moved[i] ?? 0);
  });
  if (change >= -1e-12 * largestOf(A)) {
    throw new NoOptimumError(
      "cost-not-convex",
      "Under this law of impact a round trip can cost nothing, so that no schedule is the only best one: what a trade leaves hardly fades. " +
        "Raise its temporary impact, or let it fade faster.",
      {},
    );
  }
  const largest = trip.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const direction = Object.freeze(trip.map((n) => n / largest + 0));
  throw new NoOptimumError(
    "cost-not-convex",
    "This law of impact lets a round trip make money, so that no schedule is best: s times the trades of evidence.direction, which sum to " +
      `0, change the expected cost by ${formatSignificant(Math.min(0, change) / (2 * largest ** 2), 6)}·s² ${problem.currency} and terms in s. ` +
      "Raise its temporary impact, or use a decay that is convex and falls: priceManipulation says how much it takes.",
    { direction },
  );
}

/**
 * The first direction in which a matrix falls may fall by rounding alone: steps v − Kv/c, with c above the largest eigenvalue, turn it
 * towards the one in which it falls most.
 *
 * @returns the direction and vᵀKv
 */
function downhill(
  K: Float64Array,
  begin: Float64Array,
): { readonly moved: Float64Array; readonly change: number } {
  const f = begin.length;
  const times = (v: Float64Array): Float64Array =>
    v.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < f; j++) sum += K[i * f + j] * v[j];
      return sum;
    });
  let c = 0;
  for (let i = 0; i < f; i++) {
    let row = 0;
    for (let j = 0; j < f; j++) row += Math.abs(K[i * f + j]);
    c = Math.max(c, row);
  }
  if (c === 0) return { moved: begin, change: 0 };
  let moved: Float64Array = begin;
  const steps = Math.min(300, Math.ceil(3e8 / (f * f)));
  for (let step = 0; step < steps; step++) {
    const slope = times(moved);
    const next = moved.map((value, i) => value - slope[i] / c);
    const size = next.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    moved = next.map((value) => value / size);
  }
  const slope = times(moved);
  return { moved, change: moved.reduce((sum, value, i) => sum + value * slope[i], 0) };
}

function largestOf(A: Float64Array): number {
  return A.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
