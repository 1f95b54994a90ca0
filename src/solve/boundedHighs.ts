/**
 * The optimum with bounds by HiGHS: a second, independent route.
 *
 * @module
 */

import { type Certificate, certify } from "../certify/schedule";
import { tradeCurvature } from "../cost/report";
import { type Highs, type HighsModel, safely, solver } from "../linear/highs";
import { checkBounds, type TradeBounds } from "../model/bounds";
import { checkProblem, type ExecutionProblem, sideSign, stepLength } from "../model/problem";
import { type Schedule, scheduleFromTrades } from "../model/schedule";
import { Sum } from "../support/numbers";
import { type BoundedInfeasible, checkRiskAversion, proveInfeasible } from "./bounded";
import { requireOptimum } from "./urgency";

/** HiGHS's schedule, with what the library's certificate says of it. */
export interface HighsOptimum {
  readonly status: "optimal";
  /** The schedule, called `"HiGHS"`. */
  readonly schedule: Schedule;
  /**
   * What `certify` says of the schedule, with the same bounds. HiGHS keeps bounds to tolerances of its own: where one lies
   * within 1e-10 of the order from binding, it can miss the verdict, and `gapBound` tells by how little.
   */
  readonly certificate: Certificate;
}

/**
 * The schedule of `boundedSchedule`, found by HiGHS from the same programme in matrices, with trades and holdings as
 * variables: to compare, and slower.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param bounds - the least (default 0) and the most (default no bound) of each trade (shares)
 * @returns a promise of the schedule with a certificate, or of the proof that no schedule keeps the bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex
 * @throws Error when HiGHS gives up
 *
 * Source: AC eq. 15 with bounds.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6,
 * });
 * const capped = await boundedScheduleByHighs(problem, { most: 250_000 });
 * if (capped.status === "optimal") {
 *   capped.schedule.trades.map(Math.round); // → [250000, 250000, 244876, 147929, 107195]
 * }
 * ```
 */
export async function boundedScheduleByHighs(
  problem: ExecutionProblem,
  bounds: TradeBounds = {},
): Promise<HighsOptimum | BoundedInfeasible> {
  checkProblem(problem);
  const { least, most } = checkBounds(problem, bounds);
  checkRiskAversion(problem);
  const { shares: X, intervals: N } = problem;
  const infeasible = proveInfeasible(X, { least, most });
  if (infeasible !== undefined) return infeasible;
  if (N > 1) requireOptimum(problem);

  const highs = await solver();
  const found = safely(() => {
    for (const { units, regularization } of attempts) {
      const values = run(highs, matrices(problem, least, most, units), regularization);
      if (values !== undefined) return values.map((value) => value / units);
    }
    throw new Error("HiGHS gave up on a bounded programme. boundedSchedule solves the same one.");
  });
  const trades = Array.from({ length: N }, (_, k) => Math.min(Math.max(X * found[k], least[k]), most[k]));
  const schedule = scheduleFromTrades(problem, completed(X, trades, least, most), "HiGHS");
  return Object.freeze({ status: "optimal", schedule, certificate: certify(problem, schedule, bounds) });
}

/**
 * As how many units the order is stated, and what HiGHS adds to curvatures. With nothing added it is exact; its default,
 * in the last attempt, shifts trades by a millionth of the order. It gives up on some programmes in some units.
 */
const attempts = [
  { units: 1000, regularization: 0 },
  { units: 1, regularization: 0 },
  { units: 100_000, regularization: 0 },
  { units: 1000, regularization: 1e-7 },
] as const;

function run(highs: Highs, programme: HighsModel, regularization: number): Float64Array | undefined {
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
      qp_regularization_value: regularization,
    });
    model.passModel(programme);
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined;
    return model.getSolution().colValue;
  } catch (error) {
    if (error instanceof highs.errors.HighsError) return undefined;
    throw error;
  } finally {
    model.dispose();
  }
}

/**
 * min n'n + (b/a) x'x + linear terms with variables n_1 … n_N, x_1 … x_{N−1} and, where the spread
 * has a kink within the bounds, u_k ≥ |n_k|; rows x_{k−1} − n_k − x_k = 0.
 */
function matrices(
  problem: ExecutionProblem,
  least: Float64Array,
  most: Float64Array,
  units: number,
): HighsModel {
  const { shares: X, intervals: N, riskAversion: λ, volatility: σ, halfSpread: ε } = problem;
  const τ = stepLength(problem);
  // A single trade leaves nothing to choose, and its curvature does not matter.
  const a = N > 1 ? tradeCurvature(problem) : 1;
  const trend = (units * sideSign(problem) * problem.drift * τ) / (a * X);
  const risk = (2 * λ * σ * σ * τ) / a;
  const kinks = ε > 0 ? Array.from(least.keys()).filter((k) => least[k] < 0) : [];
  const columns = 2 * N - 1 + kinks.length;
  const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const row = (entries: readonly (readonly [number, number])[], low: number, high: number): void => {
    for (const [column, value] of entries) {
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
    rowLower.push(low);
    rowUpper.push(high);
  };
  const holding = (k: number): number => N + k - 1;
  for (let k = 1; k <= N; k++) {
    const before: [number, number][] = k > 1 ? [[holding(k - 1), -1]] : [];
    const after: [number, number][] = k < N ? [[holding(k), 1]] : [];
    const start = k === 1 ? units : 0;
    row([[k - 1, 1], ...before, ...after], start, start);
  }
  kinks.forEach((k, i) => {
    const size = 2 * N - 1 + i;
    for (const sign of [-1, 1]) {
      const entries = [
        [size, 1],
        [k, sign],
      ] as const;
      row(entries, 0, Number.POSITIVE_INFINITY);
    }
  });
  const fill = (ofTrade: (k: number) => number, ofHolding: number, ofSize: number): Float64Array =>
    Float64Array.from({ length: columns }, (_, j) =>
      j < N ? ofTrade(j) : j < 2 * N - 1 ? ofHolding : ofSize,
    );
  const cost = (units * ε) / (a * X);
  // Without a kink the spread costs the same whatever the schedule.
  // The columns that are squared come first.
  const curved = risk === 0 ? N : 2 * N - 1;
  return {
    numCols: columns,
    numRows: rowLower.length,
    colCost: fill((k) => (kinks.length > 0 && least[k] >= 0 ? cost : 0), -trend, cost),
    colLower: fill((k) => units * (least[k] / X), Number.NEGATIVE_INFINITY, 0),
    colUpper: fill((k) => units * (most[k] / X), Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY),
    rowLower,
    rowUpper,
    matrix: { format: "csr", numRows: rowLower.length, numCols: columns, starts, indices, values },
    hessian: {
      format: "triangular",
      dimension: columns,
      starts: Int32Array.from({ length: columns + 1 }, (_, j) => Math.min(j, curved)),
      indices: Int32Array.from({ length: curved }, (_, j) => j),
      values: Float64Array.from({ length: curved }, (_, j) => (j < N ? 2 : risk)),
    },
  };
}

/** The trades with what rounding and tolerances left of the order added where there is room for it. */
function completed(
  X: number,
  trades: readonly number[],
  least: Float64Array,
  most: Float64Array,
): readonly number[] {
  const sum = new Sum();
  sum.add(X);
  for (const n of trades) sum.add(-n);
  let left = sum.value;
  return trades.map((n, k) => {
    const next = Math.min(Math.max(n + left, least[k]), most[k]);
    left -= next - n;
    return next;
  });
}
