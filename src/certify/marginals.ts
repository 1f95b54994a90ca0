/**
 * Marginal costs and second derivatives of E + λV, from the problem's data and the marginal side of its law of impact.
 * Derived here anew: this room shares no formula with solvers, cost report and simulation.
 *
 * Trading one share more in interval k, and one less at the end, lowers every holding from x_k on by one. With
 * h_j = (1 − u) x_j + u x_{j−1}, the position exposed to interval j, and r_j = 2λσ_j²τ_j h_j − s α_j τ_j, risk and drift change by
 *
 *     −(1 − u) r_k − Σ_{j>k} r_j
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import type { Schedule } from "../model/schedule";
import { copied, Sum } from "../support/numbers";

/** First derivatives at a schedule. */
export interface Marginals {
  /** ∂(E + λV)/∂n_k without the spread, up to a number that all intervals share (currency/share). */
  readonly smooth: Float64Array;
  /** The largest term that went into one of them: rounding is some 1e-16 of it for each operation (currency/share). */
  readonly largestTerm: number;
}

/** Σ ½A_k n_k² + Σ ½B_k x_k² are the squares of an objective: A_1 … A_N and B_1 … B_{N−1}, and one more each where shares may be left (currency/share²). */
export interface Squares {
  readonly trades: Float64Array;
  readonly holdings: Float64Array;
}

/** 0, ½ or 1: the part of an interval's move that its own trade gets. */
function ownMove({ timing }: ExecutionProblem): number {
  return timing === "start" ? 0 : timing === "end" ? 1 : 0.5;
}

/** @param cost - the squares of E, where a term A_k n_k has its size from */
export function marginalCosts(
  problem: ExecutionProblem,
  schedule: Pick<Schedule, "trades" | "remaining">,
  cost: Squares,
): Marginals {
  const { riskAversion: λ, intervals: N, side } = problem;
  const { lengths: τ, volatilities: σ, drifts: α } = marketOf(problem);
  const { remaining: x, trades } = schedule;
  const smooth = impactLaw(problem).smoothMarginals(schedule);
  const { remainderPrice } = problem;
  // The rest is one more trade, after the last move of the price.
  if (remainderPrice !== undefined) smooth[N] += remainderPrice;
  const u = ownMove(problem);
  const s = side === "sell" ? 1 : -1;
  const later = new Sum();
  const { trades: A } = cost;
  let largestTerm = remainderPrice ?? 0;
  let driftTerms = 0;
  // For "start" the last interval moves the price of nothing that is left, unless something may be.
  for (let k = N - 1; k >= 0; k--) {
    const isIdle = u === 0 && k === N - 1 && remainderPrice === undefined;
    const h = u === 0 ? x[k + 1] : u === 1 ? x[k] : 0.5 * (x[k] + x[k + 1]);
    const move = isIdle ? 0 : 2 * (λ * σ[k] * σ[k] * τ[k]) * h - s * α[k] * τ[k];
    if (!isIdle) driftTerms += Math.abs(α[k]) * τ[k];
    largestTerm = Math.max(largestTerm, Math.abs(smooth[k]), Math.abs(A[k] * trades[k]), driftTerms);
    if (u === 0) later.add(move);
    const carried = u === 0.5 ? later.value + 0.5 * move : later.value;
    smooth[k] -= carried;
    largestTerm = Math.max(largestTerm, Math.abs(carried), u === 0 ? 0 : Math.abs(move));
    if (u !== 0) later.add(move);
  }
  return { smooth, largestTerm };
}

/** The squares of E alone. */
export function costSquares(problem: ExecutionProblem): Squares {
  return impactLaw(problem).curvatures();
}

/**
 * The squares of E + λV. The position h_k = x_k + u n_k = x_{k−1} − (1 − u) n_k has the square
 * (1 − u) x_k² + u x_{k−1}² − u (1 − u) n_k².
 */
export function objectiveSquares(problem: ExecutionProblem, cost: Squares): Squares {
  const { riskAversion: λ, intervals: N } = problem;
  const { lengths: τ, volatilities: σ } = marketOf(problem);
  const trades = copied(cost.trades);
  const holdings = copied(cost.holdings);
  const u = ownMove(problem);
  for (let k = 0; k < N; k++) {
    const risk = 2 * (λ * σ[k] * σ[k] * τ[k]);
    if (u === 0.5) trades[k] -= 0.25 * risk;
    if (u !== 1 && k < holdings.length) holdings[k] += (1 - u) * risk;
    if (u !== 0 && k > 0) holdings[k - 1] += u * risk;
  }
  return { trades, holdings };
}
