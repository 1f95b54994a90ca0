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
import { makeEvenSchedule, makeSchedule, mostWrittenOut, type Schedule } from "../model/schedule";
import { plainArray, unfilledArray } from "../support/numbers";
import { minimizeBounded } from "./boundedProgram";
import { eliminate, requireOptimum, unfold } from "./elimination";
import { rise, writeHyperbolic } from "./hyperbolicPath";
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
  const common = found.branch === "exponential" ? commonOptimum(problem, found.θ) : undefined;
  if (common !== undefined) return common;
  const remaining = unfilledArray(N + 1);
  const trades = unfilledArray(N);
  writeOptimum(problem, found, remaining, trades);
  const hasTrend = writeTrend(problem, found, remaining, trades);
  // Without a trend and with λ ≥ 0 all trades are with the order, and all holdings at most the order.
  if (hasTrend || found.branch === "sine") requireProper(problem, remaining, trades);
  return makeSchedule(problem, "Optimal", remaining, trades);
}

/**
 * The optimum of most orders: with risk, without a trend, in the same market all day. Its rates are written in the same loop, where
 * the divisions cost nothing beside the rest. Undefined for other orders.
 */
function commonOptimum(problem: ExecutionProblem, θ: number): Schedule | undefined {
  const { intervals: N, shares: X, horizon, drift, profile } = problem;
  if (N > mostWrittenOut || drift !== 0 || profile !== undefined) return undefined;
  const remaining = unfilledArray(N + 1);
  const trades = unfilledArray(N);
  const rates = unfilledArray(N);
  writeHyperbolic(X, N, θ, { x: remaining, n: trades, v: rates, τ: horizon / N });
  remaining[0] = X;
  remaining[N] = 0;
  // The first trade is the largest.
  return Number.isFinite(rates[0])
    ? makeEvenSchedule(problem, "Optimal", { remaining, trades, rates })
    : undefined;
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
    writeHyperbolic(X, N, θ, { x, n, v: n, τ: 1 });
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
