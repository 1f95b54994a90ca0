/**
 * The optimum by a linear programme: both squares of E + λV are replaced by chords.
 *
 * @module
 */
import { type CostReport, costOfSums, costReport, type ScheduleSums, tradeCurvature } from "../cost/report";
import type { LinearProgram, LinearRow } from "../linear/program";
import type { LinearOptimum } from "../linear/result";
import { solveLinearProgram } from "../linear/solve";
import { checkProblem, type ExecutionProblem } from "../model/problem";
import { type Schedule, scheduleFromTrades } from "../model/schedule";
import { checkInteger, checkKeys } from "../support/checks";
import { InputError } from "../support/errors";
import { Sum } from "../support/numbers";
import { requireOptimum } from "./urgency";

/** What `piecewiseLinearSchedule` may be told. */
export interface ChordOptions {
  /** Into how many equal pieces X/M the order is cut, M, an integer from 1 to 100,000. */
  readonly pieces: number;
}

/** The optimum of the linear programme, what it says about the true one, and the programme itself. */
export interface ChordResult {
  /** The schedule, called `"Linear programme"`. */
  readonly schedule: Schedule;
  /** The least value of E + λV with chords in place of the squares (currency). */
  readonly value: number;
  /** E + λV of the schedule itself, never above `value` but for rounding, and equal to it where all trades lie on the grid (currency). */
  readonly objective: number;
  /** (N a + (N−1) b)(X/M)²/4: `value` exceeds the least E + λV of schedules with n ≥ 0 by at most this (currency). */
  readonly gapBound: number;
  /** What one share more to sell would add to the optimal value, all terms of E + λV counted (currency/share). */
  readonly marginalCost: number;
  /**
   * The row duals π_1 … π_N: what one share more to sell from interval k on would add, without the terms that do not
   * depend on the schedule (currency/share). Where trades lie on the grid several prices fit; these are one choice.
   */
  readonly prices: readonly number[];
  /** The programme that was solved; `matrixForm` shows it as matrices. Its constant holds the terms left out above. */
  readonly program: LinearProgram;
  /** Its solution with certificate. */
  readonly solution: LinearOptimum;
}

/** A million columns, far beyond any use, are solved in minutes. */
const mostColumns = 1_000_000;

/**
 * The schedule that minimises E + λV over 0 ≤ n ≤ X, Σn = X by linear programming: the answer to the last, empty cell of
 * seed B.
 *
 * What depends on the schedule in E + λV is
 *
 *     a Σ_{k=1}^{N} n_k² + Σ_{k=1}^{N−1} (b x_k² + d x_k),    a as in `tradeCurvature`,  b = λσ²τ,  d = −sατ
 *
 * for either timing. The square of a number between two neighbours on the grid 0, h, 2h … X, h = X/M, is replaced by
 * its chord, whose slope in piece m is (2m − 1)h. Every n_k and x_k becomes the sum of M pieces u_{km}, w_{km} between 0
 * and h:
 *
 *     min Σ_k Σ_m (2m−1)h a u_{km} + Σ_k Σ_m ((2m−1)h b + d) w_{km}
 *     x_{k−1} = n_k + x_k    (one row for each interval, whose dual is a price)
 *
 * Slopes rise with m, so that pieces fill up in their order. A chord lies above its square by at most h²/4, hence
 *
 *     0 ≤ value − least E + λV ≤ (N a + (N−1) b) h²/4.
 *
 * The rows are those of a network: some optimum lies on the grid, where chord and square agree.
 *
 * @param problem - a problem from `defineProblem` with λ ≥ 0
 * @param options - `pieces`: the more, the closer, four times for each doubling
 * @returns a promise of schedule, value, the bound on the gap, prices and the programme
 * @throws InputError when `problem` is not from `defineProblem`, λ is negative, or `pieces` is out of range
 * @throws NoOptimumError when the cost is not convex in the trades, as `optimalSchedule` does
 *
 * Source: seed B section 1 ("Let's try linear programming"); the bound is the error of linear interpolation.
 *
 * @example
 * ```ts
 * // Seed B: 40,000 shares in 10 intervals.
 * const problem = defineProblem({
 *   shares: 40_000, horizon: 10, intervals: 10, volatility: 0.3, temporaryImpact: 1, permanentImpact: 1,
 *   halfSpread: 1, riskAversion: 0.5,
 * });
 * const { value, gapBound, schedule } = await piecewiseLinearSchedule(problem, { pieces: 40 });
 * value; // → 1008530000
 * gapBound; // → 1351250
 * schedule.trades.slice(0, 4); // → [10000, 8000, 6000, 4000]
 * costReport(problem, optimalSchedule(problem)).objective; // → 1007958319.105
 * ```
 */
export async function piecewiseLinearSchedule(
  problem: ExecutionProblem,
  options: ChordOptions,
): Promise<ChordResult> {
  checkProblem(problem);
  const { pieces: M } = checkKeys("options", options, ["pieces"]) as unknown as ChordOptions;
  checkInteger("pieces", M, 1, 100_000);
  refuseConcave(problem);
  const { intervals: N, shares: X } = problem;
  if ((2 * N - 1) * M > mostColumns) {
    throw new InputError(
      "pieces",
      M,
      `at most ${Math.floor(mostColumns / (2 * N - 1)).toLocaleString("en")} with ${N.toLocaleString("en")} intervals`,
    );
  }
  const weights = chordWeights(problem);
  const program = chordProgram(problem, M, weights);
  const solution = await solveLinearProgram(program);
  // Selling X/N in every interval satisfies all rows, and no cost is without end within the bounds.
  if (solution.status !== "optimal") throw new RangeError(solution.message);

  const schedule = scheduleFromTrades(problem, onGrid(X, M, soldIn(solution, N, M)), "Linear programme");
  const h = X / M;
  const π = solution.prices;
  return Object.freeze({
    schedule,
    value: solution.value,
    objective: costReport(problem, schedule).objective,
    // A single interval has a single schedule, which lies on the grid.
    gapBound: N === 1 ? 0 : ((N * weights.a + (N - 1) * weights.b) * h * h) / 4,
    marginalCost: π[0] + weights.fixedSlope,
    prices: π,
    program,
    solution,
  });
}

/** Chords lie above a square where its coefficient is not negative. */
function refuseConcave(problem: ExecutionProblem): void {
  if (problem.riskAversion < 0) {
    throw new InputError(
      "problem.riskAversion",
      problem.riskAversion,
      "0 or above for the linear programme",
      "Use optimalSchedule, which takes risk aversions below 0 as well.",
    );
  }
  if (problem.intervals > 1) requireOptimum(problem);
}

/** The coefficients of what depends on the schedule, and what does not. */
interface ChordWeights {
  /** Of Σn² (currency/share²). */
  readonly a: number;
  /** Of Σ_{k=1}^{N−1} x_k² (currency/share²). */
  readonly b: number;
  /** Of Σ_{k=1}^{N−1} x_k (currency/share). */
  readonly d: number;
  /** The rest of E + λV (currency). */
  readonly fixed: number;
  /** Its derivative by X (currency/share). */
  readonly fixedSlope: number;
}

/** The weights, read off the one place where the formulas of E and V stand. */
function chordWeights(problem: ExecutionProblem): ChordWeights {
  const { shares: X, riskAversion: λ } = problem;
  const report = (sums: Partial<ScheduleSums>): CostReport => costOfSums(problem, { ...noSums, ...sums });
  // With `"end"` the whole order is exposed to the first interval. Σ n_k h_k is ½X² and the part of `tradeCurvature`.
  const first = problem.timing === "start" ? 0 : X;
  const rest = report({
    exposure: first,
    exposureSquares: first * X,
    tradesTimesExposure: (X * X) / 2,
    tradeSizes: X,
  });
  return {
    a: tradeCurvature(problem),
    b: report({ exposureSquares: 1 }).objective,
    d: report({ exposure: 1 }).objective,
    fixed: rest.objective,
    // Permanent cost and risk are quadratic in X, the others linear.
    fixedSlope: (2 * rest.permanent + rest.spread + rest.drift + 2 * λ * rest.costVariance) / X,
  };
}

const noSums: ScheduleSums = {
  exposure: 0,
  exposureSquares: 0,
  tradesTimesExposure: 0,
  tradeSizes: 0,
  tradeSquares: 0,
};

/** The columns are u_{11} … u_{NM}, then w_{11} … w_{N−1,M}. */
function chordProgram(problem: ExecutionProblem, M: number, { a, b, d, fixed }: ChordWeights): LinearProgram {
  const { intervals: N, shares: X } = problem;
  const h = X / M;
  const objective: number[] = [];
  const variables: string[] = [];
  for (let k = 1; k <= N; k++) {
    for (let m = 1; m <= M; m++) {
      objective.push(a * (2 * m - 1) * h);
      variables.push(`n${k}.${m}`);
    }
  }
  for (let k = 1; k < N; k++) {
    for (let m = 1; m <= M; m++) {
      objective.push(b * (2 * m - 1) * h + d);
      variables.push(`x${k}.${m}`);
    }
  }
  const rows: LinearRow[] = [];
  for (let k = 1; k <= N; k++) {
    const columns: number[] = [];
    const values: number[] = [];
    const addPieces = (first: number, value: 1 | -1): void => {
      for (let m = 0; m < M; m++) {
        columns.push(first + m);
        values.push(value);
      }
    };
    addPieces((k - 1) * M, 1);
    if (k < N) addPieces((N + k - 1) * M, 1);
    if (k > 1) addPieces((N + k - 2) * M, -1);
    const coefficients = Object.freeze({ columns: Object.freeze(columns), values: Object.freeze(values) });
    rows.push(Object.freeze({ name: `interval ${k}`, coefficients, equals: k === 1 ? X : 0 }));
  }
  return Object.freeze({
    objective: Object.freeze(objective),
    constant: fixed,
    rows: Object.freeze(rows),
    upper: h,
    variables: Object.freeze(variables),
  });
}

/** n_1 … n_N as the sums of their pieces. */
function soldIn({ solution }: LinearOptimum, N: number, M: number): number[] {
  return Array.from({ length: N }, (_, k) => {
    const total = new Sum();
    for (let m = 0; m < M; m++) total.add(solution[k * M + m]);
    return total.value;
  });
}

/** The trades without the rounding of the solver, where all of them lie on the grid, as those of a basic solution do. */
function onGrid(X: number, M: number, trades: number[]): number[] {
  const counts = trades.map((n) => Math.round((n / X) * M));
  const isNear = trades.every((n, k) => Math.abs((n / X) * M - counts[k]) < 1e-6);
  const isWhole = counts.reduce((sum, count) => sum + count, 0) === M;
  return isNear && isWhole ? counts.map((count) => (X * count) / M) : trades;
}
