/**
 * The optimum by a linear program: both squares of E + λV are replaced by chords.
 *
 * @module
 */

import { structureOf } from "../impact/law";
import type { LinearProgram, LinearRow } from "../linear/program";
import type { LinearOptimum } from "../linear/result";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import {
  objectiveValue,
  type QuadraticObjective,
  quadraticObjective,
  requireQuadratic,
} from "../model/quadratic";
import { requireFinish } from "../model/remainder";
import { scheduleFromTrades } from "../model/scheduleGate";
import { checkInteger, checkKeys } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { Sum, smallest, total } from "../support/numbers";
import { requireOptimum } from "./elimination";
import { onGrid, optimumOf, type PiecewiseLinearOptimum } from "./linearPieces";
import { separableByPieces } from "./separablePieces";

/** Options of `piecewiseLinearSchedule`. */
export interface PiecewiseLinearOptions {
  /** Into how many equal pieces X/M the order is cut, M, an integer from 1 to 100,000. */
  readonly pieces: number;
}

/** So many columns are solved in some ten seconds. */
const mostColumns = 500_000;

/**
 * The schedule that minimizes E + λV over 0 ≤ n ≤ X, Σn = X by linear programming: the answer to the last, empty cell of
 * seed B.
 *
 * What depends on the schedule in E + λV is
 *
 *     Σ_{k=1}^{N} (a_k n_k² + ε_k n_k) + Σ_{k=1}^{N−1} (b_k x_k² + q_k x_k)
 *
 * with the coefficients of `model/quadratic.ts`; in a market that does not vary, for `"start"` and `"end"`,
 * a = η/τ ∓ ½γ, b = λσ²τ, q = −sατ. The square of a number between two neighbors on the grid 0, h, 2h … X, h = X/M, is replaced by
 * its chord, whose slope in piece m is (2m − 1)h. Every n_k and x_k becomes the sum of M pieces u_{km}, w_{km} between 0
 * and h:
 *
 *     min Σ_k Σ_m ((2m−1)h a_k + ε_k) u_{km} + Σ_k Σ_m ((2m−1)h b_k + q_k) w_{km}
 *     x_{k−1} = n_k + x_k    (one row for each interval, whose dual is a price)
 *
 * Slopes rise with m, so that pieces fill up in their order. A chord lies above its square by at most h²/4, hence
 *
 *     0 ≤ value − least E + λV ≤ (Σ a_k + Σ b_k) h²/4.
 *
 * The rows are those of a network: some optimum lies on the grid, where chord and square agree.
 *
 * Under a law whose temporary impact is a function of each trade by itself, such as a power law, that function takes the place of a_k n_k² and
 * nothing but its values is asked of it. A second program, of tangents in the same points, lies below E + λV everywhere and bounds the
 * optimum from the other side.
 *
 * @param problem - a problem from `defineProblem` with λ ≥ 0
 * @param options - `pieces`: the more, the closer, four times for each doubling
 * @returns a promise of schedule, value, the bound on the gap, shadow prices and the program
 * @throws InputError when `problem` is not from `defineProblem` or its impact fades, λ is negative, `pieces` is out of range, or a coefficient
 *   of a square is negative: with timing `"mid"` and long intervals, permanent impact that falls over the day, or, under a power law, trades
 *   that escape more of their own permanent impact than they pay
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
  options: PiecewiseLinearOptions,
): Promise<PiecewiseLinearOptimum> {
  problem = checkProblem(problem);
  requireFinish(problem, "piecewiseLinearSchedule");
  const { pieces: M } = checkKeys("options", options, ["pieces"]) as unknown as PiecewiseLinearOptions;
  checkInteger("pieces", M, 1, 100_000);
  const { intervals: N, shares: X } = problem;
  const isSeparable = structureOf(problem) === "separable";
  if (!isSeparable) requireQuadratic(problem, "piecewiseLinearSchedule");
  refuseConcave(problem);
  if ((2 * N - 1) * M > mostColumns) {
    throw new InputError(
      "pieces",
      M,
      `at most ${Math.floor(mostColumns / (2 * N - 1)).toLocaleString("en")} with ${N.toLocaleString("en")} intervals: more would ` +
        "take minutes",
      "Use optimalSchedule or boundedSchedule for more intervals.",
    );
  }
  if (isSeparable) return separableByPieces(problem, M);
  const form = quadraticObjective(problem);
  requireConvexTerms(form);
  const program = chordProgram(form, M);
  // Selling evenly in every open interval satisfies all rows, and no cost is without end within the bounds.
  const solution = await optimumOf(program);

  const trades = onGrid(X, M, soldIn(solution, N, M));
  const schedule = scheduleFromTrades(problem, trades, "Linear program");
  const h = X / M;
  const π = solution.shadowPrices;
  // A single interval has a single schedule, which lies on the grid.
  const gapBound = N === 1 ? 0 : (total([...openCurvatures(form), ...form.holdingCurvatures]) * h * h) / 4;
  return Object.freeze({
    schedule,
    value: solution.value,
    objective: objectiveValue(form, schedule),
    gapBound,
    lowerBound: solution.value - gapBound,
    marginalCost: π[0] + form.fixedMarginalCost + smallest(form.halfSpreads),
    shadowPrices: π,
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
      "0 or above for the linear program",
      "Use optimalSchedule, which takes risk aversions below 0 as well.",
    );
  }
  if (problem.intervals > 1 && structureOf(problem) === "quadratic") requireOptimum(problem);
}

/** Refuses programs whose squares are not convex one by one, though they are together: a chord would lie below. */
function requireConvexTerms({ tradeCurvatures: a, holdingCurvatures: b, open }: QuadraticObjective): void {
  const N = a.length;
  if (N === 1) return;
  const falling = b.findIndex((value) => value < 0);
  if (falling !== -1) {
    throw new InputError(
      `problem.profile.permanentImpact[${falling + 1}]`,
      b[falling],
      `such that the coefficient of x², λσ²τ + ½(γ_${falling + 2} − γ_${falling + 1}), is 0 or above`,
      "Permanent impact falls there, and a chord would lie below its square. Use boundedSchedule.",
    );
  }
  const coarse = a.findIndex((value, k) => open[k] === 1 && value < 0);
  if (coarse !== -1) {
    throw new InputError(
      "problem.intervals",
      N,
      `large enough that the coefficient of n², η/τ − λσ²τ/4 with timing "mid", is 0 or above; here it is ` +
        `${formatSignificant(a[coarse], 6)} in interval ${coarse + 1}`,
      "A chord would lie below its square. Use boundedSchedule, or more intervals.",
    );
  }
}

/** a_k where something can be traded. */
function openCurvatures({ tradeCurvatures, open }: QuadraticObjective): Float64Array {
  return tradeCurvatures.filter((_, k) => open[k] === 1);
}

/** The columns are u_{11} … u_{NM}, then w_{11} … w_{N−1,M}. */
function chordProgram(form: QuadraticObjective, M: number): LinearProgram {
  const { shares: X, tradeCurvatures: a, tradePrices: p, halfSpreads: ε, open } = form;
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const N = a.length;
  const h = X / M;
  // What every trade of the order pays at least: no schedule changes it.
  const shared = smallest(form.halfSpreads);
  const objective: number[] = [];
  const variables: string[] = [];
  const write = (name: string, curvature: number, price: number): void => {
    for (let m = 1; m <= M; m++) {
      objective.push(curvature * (2 * m - 1) * h + price);
      variables.push(`${name}.${m}`);
    }
  };
  for (let k = 1; k <= N; k++) write(`n${k}`, a[k - 1], p[k - 1] + (ε[k - 1] - shared));
  for (let k = 1; k < N; k++) write(`x${k}`, b[k - 1], q[k - 1]);
  const isClosed = (column: number): boolean => column < N * M && open[Math.floor(column / M)] === 0;
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
    constant: form.constant + shared * X,
    rows: Object.freeze(rows),
    upper: open.includes(0) ? Object.freeze(objective.map((_, column) => (isClosed(column) ? 0 : h))) : h,
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
