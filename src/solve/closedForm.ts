/**
 * The optimum in closed form.
 *
 * @module
 */
import { freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { sideSign } from "../model/problem";
import { quadraticObjective } from "../model/quadratic";
import { mayLeave } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { plainArray, plainZeros } from "../support/numbers";
import { minimizeBounded } from "./boundedProgram";
import { eliminate, requireOptimum, unfold } from "./elimination";
import { scheduleOf } from "./programSchedule";
import { tradeCurvature, type Urgency, urgency } from "./urgency";
import { firstReversal, requireProper, requireReadable, requireRiskAverse } from "./wellPosed";

/** The optimum of a checked problem with linear impact, over all schedules of the order. */
export function quadraticOptimum(problem: ExecutionProblem): Schedule {
  const { intervals: N, shares: X } = problem;
  if (mayLeave(problem)) return unfinishedOptimum(problem);
  if (N === 1) return makeSchedule(problem, "Optimal", [X, 0], [X]);

  const found = uniformMarket(problem) === undefined ? undefined : urgency(problem);
  if (found === undefined || found.branch === "alternating") return generalOptimum(problem);
  const remaining = plainZeros(N + 1);
  const trades = plainZeros(N);
  writeOptimum(problem, found, remaining, trades);
  const hasTrend = writeTrend(problem, found, remaining, trades);
  // Without a trend and with λ ≥ 0 all trades are with the order, and all holdings at most the order.
  if (hasTrend || found.branch === "sine") requireProper(problem, remaining, trades);
  return makeSchedule(problem, "Optimal", remaining, trades);
}

/** The optimum without a closed form; with the spread's kink where the smooth one trades both ways. */
function generalOptimum(problem: ExecutionProblem): Schedule {
  requireOptimum(problem);
  const form = quadraticObjective(problem);
  const { remaining, trades } = unfold(eliminate(form), problem.shares);
  const hasKink = form.halfSpreads.some((ε) => ε > 0) && firstReversal(trades, problem.shares) !== -1;
  if (hasKink && problem.riskAversion >= 0) {
    const { remaining: x, trades: n } = minimizeBounded(form, freeBounds(problem));
    requireReadable(problem, x, n);
    return makeSchedule(problem, "Optimal", plainArray(x), plainArray(n));
  }
  requireProper(problem, remaining, trades);
  return makeSchedule(problem, "Optimal", remaining, trades);
}

/** The optimum where part of the order may be left: its trades are free, the rest is 0 or above. */
function unfinishedOptimum(problem: ExecutionProblem): Schedule {
  requireRiskAverse(problem);
  requireOptimum(problem);
  const found = minimizeBounded(quadraticObjective(problem), freeBounds(problem));
  requireReadable(problem, found.remaining, found.trades);
  return scheduleOf(problem, "Optimal", found);
}

/** The optimum without a trend. */
function writeOptimum(problem: ExecutionProblem, { branch, θ }: Urgency, x: number[], n: number[]): void {
  const { intervals: N, shares: X } = problem;
  if (branch === "exponential") {
    writeHyperbolic(X, N, θ, x, n);
  } else if (branch === "straight") {
    for (let k = 1; k < N; k++) x[k] = X * ((N - k) / N);
    n.fill(X / N);
  } else {
    const whole = Math.sin(N * θ);
    const size = (2 * Math.sin(θ / 2)) / whole;
    for (let k = 1; k < N; k++) x[k] = X * (Math.sin((N - k) * θ) / whole);
    for (let k = 1; k <= N; k++) n[k - 1] = X * (size * Math.cos((N - k + 0.5) * θ));
  }
  x[0] = X;
  x[N] = 0;
}

/** Adds the answer to a price trend; whether there is one. */
function writeTrend(problem: ExecutionProblem, { branch, θ }: Urgency, x: number[], n: number[]): boolean {
  const trend = trendStrength(problem);
  if (trend === 0) return false;
  const { intervals: N } = problem;
  const { remaining, trade } = trendShapes(branch, N, θ);
  for (let k = 1; k < N; k++) x[k] += trend * remaining(k);
  for (let k = 1; k <= N; k++) n[k - 1] += trend * trade(k);
  return true;
}

/** 1 − e^{−y} without cancellation for small y. */
function rise(y: number): number {
  return -Math.expm1(-y);
}

/**
 * Writes, for k = 0 … N − 1,
 *
 *     x_k     = X sinh((N−k)θ)/sinh(Nθ)
 *     n_{k+1} = X 2 sinh(θ/2) cosh((N−k−½)θ)/sinh(Nθ)
 *
 * Two exponentials for every k would take nearly all the time. The addition theorems
 *
 *     sinh(u + iθ) = sinh(u) cosh(iθ) + cosh(u) sinh(iθ),    cosh(u + iθ) = cosh(u) cosh(iθ) + sinh(u) sinh(iθ)
 *
 * carry a block of points from its last one, by one table over i for all blocks. All terms are positive: no digit is lost
 * to cancellation.
 */
function writeHyperbolic(X: number, N: number, θ: number, x: number[], n: number[]): void {
  const { length, cosh, sinh } = hyperbolicTables(blockLength(N, θ), θ);
  const size = X / rise(2 * N * θ);
  const sizeOfTrade = size * rise(θ);
  const whole = Math.exp(-N * θ);
  const step = Math.exp(θ);
  // The blocks are counted from the end, so that it is the first one that may be shorter.
  for (let first = 0, last = (N - 1) % length; last < N; first = last + 1, last += length) {
    const decay = Math.exp(-last * θ);
    // e^{−2(N−last)θ}. Near the end, where 1 less it would cancel, two more exponentials are needed.
    const left = (whole / decay) * (whole / decay);
    const isFar = left * step < 0.5;
    const r = isFar ? 1 - left : rise(2 * (N - last) * θ);
    const half = isFar ? 1 - left * step : rise((2 * (N - last) - 1) * θ);
    const sinhOfX = size * decay * r;
    const coshOfX = size * decay * (2 - r);
    const sinhOfN = sizeOfTrade * decay * half;
    const coshOfN = sizeOfTrade * decay * (2 - half);
    for (let k = first, i = last - first; k <= last; k++, i--) {
      const c = cosh[i];
      const s = sinh[i];
      x[k] = sinhOfX * c + coshOfX * s;
      n[k] = coshOfN * c + sinhOfN * s;
    }
    // What follows is nothing beside the order, and arithmetic on the smallest doubles of all is slow.
    if (decay < 1e-300) {
      x.fill(0, last + 1);
      n.fill(0, last + 1);
      return;
    }
  }
}

/** cosh(iθ) and sinh(iθ), doubled until they are long enough. */
function hyperbolicTables(
  length: number,
  θ: number,
): { readonly length: number; readonly cosh: readonly number[]; readonly sinh: readonly number[] } {
  const cosh = plainZeros(length);
  const sinh = plainZeros(length);
  cosh[0] = 1;
  sinh[0] = 0;
  for (let filled = 1; filled < length; filled *= 2) {
    const growth = Math.expm1(filled * θ);
    const C = 1 + (0.5 * growth * growth) / (1 + growth);
    const S = 0.5 * (growth + growth / (1 + growth));
    const end = Math.min(2 * filled, length);
    for (let i = filled; i < end; i++) {
      const c = cosh[i - filled];
      const s = sinh[i - filled];
      cosh[i] = C * c + S * s;
      sinh[i] = S * c + C * s;
    }
  }
  return { length, cosh, sinh };
}

/**
 * Some √N points: fewer have more exponentials to share, more a longer table to fill. A block must not span more than
 * a factor of e⁸, lest its last point underflow long before its first.
 */
function blockLength(N: number, θ: number): number {
  return Math.max(1, Math.min(Math.ceil(2 * Math.sqrt(N)), Math.floor(8 / θ)));
}

/** The factor s α τ/2a of w_k: the answer to a price trend. */
function trendStrength(problem: ExecutionProblem): number {
  const { drift: α, length: τ } = uniformMarket(problem) ?? { drift: 0, length: 0 };
  return α === 0 ? 0 : (sideSign(problem) * α * τ) / (2 * tradeCurvature(problem));
}

/** w_k, and w_{k−1} − w_k. */
interface TrendShapes {
  readonly remaining: (k: number) => number;
  readonly trade: (k: number) => number;
}

function trendShapes(branch: Urgency["branch"], N: number, θ: number): TrendShapes {
  if (branch === "straight") {
    return { remaining: (k) => (k * (N - k)) / 2, trade: (k) => k - (N + 1) / 2 };
  }
  if (branch === "sine") {
    const half = Math.sin(θ / 2);
    const middle = Math.cos((N * θ) / 2);
    return {
      remaining: (k) => (Math.sin((k * θ) / 2) * Math.sin(((N - k) * θ) / 2)) / (2 * half * half * middle),
      trade: (k) => -Math.sin(((N + 1) / 2 - k) * θ) / (2 * half * middle),
    };
  }
  const step = rise(θ);
  const middle = 1 + Math.exp(-N * θ);
  // g = 4 sinh²(θ/2) = (1 − e^{−θ})² e^{θ}; its inverse, in a form that cannot overflow.
  const inverseG = Math.exp(-θ) / (step * step);
  return {
    remaining: (k) => (inverseG * rise(k * θ) * rise((N - k) * θ)) / middle,
    trade: (k) => {
      const beforeMiddle = (N + 1) / 2 - k;
      const nearer = beforeMiddle > 0 ? k - 1 : N - k;
      const size = Math.exp(-nearer * θ) * rise(2 * Math.abs(beforeMiddle) * θ);
      return (-Math.sign(beforeMiddle) * Math.exp(-θ) * size) / (step * middle);
    },
  };
}
