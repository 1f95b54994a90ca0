/**
 * The optimum in closed form.
 *
 * @module
 */
import { tradeCurvature } from "../cost";
import { checkProblem, type ExecutionProblem, intervalLength, sideSign } from "../problem";
import { makeSchedule, type Schedule } from "../schedule";
import { refuseImproper } from "./refusal";
import { urgency } from "./urgency";

/**
 * The schedule that minimises E + λV over all schedules of the order, without bounds on the trades.
 *
 * With θ from `urgency`, the optimum is the paper's
 *
 *     x_k = X sinh((N−k)θ)/sinh(Nθ) + (s α τ/2a) w_k,      n_k = x_{k−1} − x_k
 *     w_k = sinh(kθ/2) sinh((N−k)θ/2) / (2 sinh²(θ/2) cosh(Nθ/2))
 *
 * with sines for λ < 0 and the straight line, w_k = k(N−k)/2, for λ = 0. The second term is the answer to a
 * price trend α; written so, it needs no division by λ. Everything is evaluated through decaying exponentials,
 * so that no urgency is too large, and trades are computed directly, not as differences.
 *
 * @param problem - a problem from `defineProblem`
 * @returns the optimal schedule
 * @throws InputError when `problem` is not from `defineProblem`
 * @throws NoOptimumError when there is no such optimum: the cost is not convex in the trades, λ is negative
 *   beyond the convexity limit, or the smooth optimum reverses while the spread costs (the error's fields say
 *   which, and prove it)
 *
 * Source: AC eqs. 16–19; § 4.1 for the drift; derivation for timing `"end"` and for w in the module's tests.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000,
 *   horizon: 5,
 *   intervals: 5,
 *   volatility: 0.95,
 *   temporaryImpact: 2.5e-6,
 *   permanentImpact: 2.5e-7,
 *   halfSpread: 0.0625,
 *   riskAversion: 1e-6,
 * });
 * const schedule = optimalSchedule(problem);
 * schedule.remaining.map((x) => Math.round(x)); // → [1000000, 541956, 289854, 147897, 62142, 0]
 * Math.round(costReport(problem, schedule).expectedCost); // → 911227
 * ```
 */
export function optimalSchedule(problem: ExecutionProblem): Schedule {
  checkProblem(problem);
  const { intervals: N, shares: X } = problem;
  if (N === 1) return makeSchedule(problem, "Optimal", [X, 0], [X]);

  const shape = shapes(problem);
  const a = tradeCurvature(problem);
  const trend = (sideSign(problem) * problem.drift * intervalLength(problem)) / (2 * a);
  const remaining = new Array<number>(N + 1);
  const trades = new Array<number>(N);
  remaining[0] = X;
  for (let k = 1; k <= N; k++) {
    remaining[k] = X * shape.remaining(k) + (trend === 0 ? 0 : trend * shape.trendRemaining(k));
    trades[k - 1] = X * shape.trade(k) + (trend === 0 ? 0 : trend * shape.trendTrade(k));
  }
  refuseImproper(problem, trades);
  return makeSchedule(problem, "Optimal", remaining, trades);
}

/** The four shapes of the closed form, for an order of one share and a unit trend. */
interface Shapes {
  readonly remaining: (k: number) => number;
  readonly trade: (k: number) => number;
  readonly trendRemaining: (k: number) => number;
  readonly trendTrade: (k: number) => number;
}

function shapes(problem: ExecutionProblem): Shapes {
  const N = problem.intervals;
  const { branch, θ } = urgency(problem);
  if (branch === "straight") {
    return {
      remaining: (k) => (N - k) / N,
      trade: () => 1 / N,
      trendRemaining: (k) => (k * (N - k)) / 2,
      trendTrade: (k) => k - (N + 1) / 2,
    };
  }
  if (branch === "sine") {
    const whole = Math.sin(N * θ);
    const half = Math.sin(θ / 2);
    return {
      remaining: (k) => Math.sin((N - k) * θ) / whole,
      trade: (k) => (2 * half * Math.cos((N - k + 0.5) * θ)) / whole,
      trendRemaining: (k) =>
        (Math.sin((k * θ) / 2) * Math.sin(((N - k) * θ) / 2)) / (2 * half * half * Math.cos((N * θ) / 2)),
      trendTrade: (k) => -Math.sin(((N + 1) / 2 - k) * θ) / (2 * half * Math.cos((N * θ) / 2)),
    };
  }
  // 1 − e^{−y} without cancellation for small y.
  const rise = (y: number): number => -Math.expm1(-y);
  const whole = rise(2 * N * θ);
  const step = rise(θ);
  const middle = 1 + Math.exp(-N * θ);
  // g = 4 sinh²(θ/2) = (1 − e^{−θ})² e^{θ}; its inverse, in a form that cannot overflow.
  const inverseG = Math.exp(-θ) / (step * step);
  return {
    remaining: (k) => (Math.exp(-k * θ) * rise(2 * (N - k) * θ)) / whole,
    trade: (k) => (step * Math.exp(-(k - 1) * θ) * (1 + Math.exp(-(2 * (N - k) + 1) * θ))) / whole,
    trendRemaining: (k) => (inverseG * rise(k * θ) * rise((N - k) * θ)) / middle,
    trendTrade: (k) => {
      const beforeMiddle = (N + 1) / 2 - k;
      const nearer = beforeMiddle > 0 ? k - 1 : N - k;
      const size = Math.exp(-nearer * θ) * rise(2 * Math.abs(beforeMiddle) * θ);
      return (-Math.sign(beforeMiddle) * Math.exp(-θ) * size) / (step * middle);
    },
  };
}
