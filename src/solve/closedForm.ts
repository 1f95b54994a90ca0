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
import { plainArray, unfilledArray } from "../support/numbers";
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
  const remaining = unfilledArray(N + 1);
  const trades = unfilledArray(N);
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
 * carry a block of points from its last one, by one table over i for all blocks, and that point from the block behind it. All
 * terms are positive: no digit is lost to cancellation. After 8 blocks, or a factor of e⁸, the exponentials are evaluated anew, lest
 * rounding add up.
 */
function writeHyperbolic(X: number, N: number, θ: number, x: number[], n: number[]): void {
  const { length, cosh, sinh } = hyperbolicTables(blockLength(N, θ), θ);
  const [C, S] = hyperbolicPair(length * θ);
  const blocksFromOne = Math.min(8, Math.floor(8 / (length * θ)));
  const size = X / rise(2 * N * θ);
  // What follows is nothing beside the order, and arithmetic on the smallest doubles of all is slow.
  const end = Math.min(N - 1, Math.floor(690 / θ));
  x.fill(0, end + 1);
  n.fill(0, end + 1);
  let [sinhOfX, coshOfX, sinhOfN, coshOfN] = [0, 0, 0, 0];
  for (let last = end, block = 0; last >= 0; last -= length, block++) {
    if (!(block % blocksFromOne > 0)) {
      const scale = size * Math.exp(-last * θ);
      const [r, half] = [rise(2 * (N - last) * θ), rise((2 * (N - last) - 1) * θ)];
      sinhOfX = scale * r;
      coshOfX = scale * (2 - r);
      sinhOfN = rise(θ) * scale * half;
      coshOfN = rise(θ) * scale * (2 - half);
    } else {
      const [s, t] = [sinhOfX, sinhOfN];
      sinhOfX = s * C + coshOfX * S;
      coshOfX = coshOfX * C + s * S;
      sinhOfN = t * C + coshOfN * S;
      coshOfN = coshOfN * C + t * S;
    }
    const first = Math.max(0, last - length + 1);
    let k = last;
    // Two points a turn: the loop itself takes as long as what is in it.
    for (let i = 0; k > first; k -= 2, i += 2) {
      const c = cosh[i];
      const s = sinh[i];
      const nextC = cosh[i + 1];
      const nextS = sinh[i + 1];
      x[k] = sinhOfX * c + coshOfX * s;
      n[k] = coshOfN * c + sinhOfN * s;
      x[k - 1] = sinhOfX * nextC + coshOfX * nextS;
      n[k - 1] = coshOfN * nextC + sinhOfN * nextS;
    }
    if (k === first) {
      const i = last - first;
      x[k] = sinhOfX * cosh[i] + coshOfX * sinh[i];
      n[k] = coshOfN * cosh[i] + sinhOfN * sinh[i];
    }
  }
}

/** cosh and sinh of a number above 0. */
function hyperbolicPair(u: number): readonly [number, number] {
  const growth = Math.expm1(u);
  const part = growth / (1 + growth);
  return [1 + 0.5 * growth * part, 0.5 * (growth + part)];
}

/** cosh(iθ) and sinh(iθ), doubled until they are long enough. */
function hyperbolicTables(
  length: number,
  θ: number,
): { readonly length: number; readonly cosh: readonly number[]; readonly sinh: readonly number[] } {
  const cosh = unfilledArray(length);
  const sinh = unfilledArray(length);
  cosh[0] = 1;
  sinh[0] = 0;
  for (let filled = 1; filled < length; filled *= 2) {
    const [C, S] = hyperbolicPair(filled * θ);
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
