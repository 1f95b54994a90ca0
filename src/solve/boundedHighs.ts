/**
 * The optimum with bounds by HiGHS: a second, independent route.
 *
 * @module
 */

import { type Certificate, certify } from "../certify/schedule";
import { structureOf } from "../impact/law";
import { type Highs, type HighsModel, safely, solver } from "../linear/highs";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { quadraticObjective, requireQuadratic } from "../model/quadratic";
import { choiceCount, withRest } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { scheduleFromTrades } from "../model/scheduleGate";
import { InputError } from "../support/errors";
import { Sum } from "../support/numbers";
import { type BoundedInfeasible, proveInfeasible } from "./bounded";
import { requireOptimum } from "./elimination";
import { highsModel } from "./highsModel";
import { optimumByPieces } from "./separablePieces";
import { programValue, separableProgram } from "./separableProgram";
import { requireRiskAverse } from "./wellPosed";

/** HiGHS's schedule, with what the library's certificate says of it. */
export interface HighsOptimum {
  /** HiGHS has found an optimum. */
  readonly status: "optimal";
  /** The schedule, called `"HiGHS"`. */
  readonly schedule: Schedule;
  /**
   * What `certify` says of the schedule, with the same bounds. HiGHS keeps bounds to tolerances of its own: where one lies
   * within 1e-10 of the order from binding, it can miss the verdict, and `gapBound` tells by how little. So it is under laws that are
   * not linear, where trades are told to a millionth of the order.
   */
  readonly certificate: Certificate;
  /**
   * What linear programs prove no schedule within the bounds goes below, under a law that is not linear: E + λV of the schedule lies above it
   * by no more than 1e-6 of itself (currency); undefined under linear impact.
   */
  readonly lowerBound: number | undefined;
}

/** HiGHS takes some 4 seconds for so many, and ten times as long for twice as many. */
const mostIntervals = 2000;

/**
 * The schedule of `boundedSchedule`, found by HiGHS from the same program in matrices, with trades and holdings as
 * variables: to compare, and slower. Under a law whose temporary impact is a function of each trade by itself, such as a power law, linear
 * programs take the place of the quadratic one: chords, laid ever closer around the trades, give the schedule, and tangents a lower bound.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param bounds - lower (default 0) and upper (default none) bounds of each trade (shares)
 * @returns a promise of the schedule with a certificate, or of the proof that no schedule satisfies the bounds
 * @throws InputError when an argument is not what it should be, impact fades, a lower bound is infinite under a law that is not linear, or
 *   there the cost of a single trade is not convex
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
 * const capped = await boundedScheduleByHighs(problem, { upper: 250_000 });
 * if (capped.status === "optimal") {
 *   capped.schedule.trades.map(Math.round); // → [250000, 250000, 244876, 147929, 107195]
 * }
 * ```
 */
export async function boundedScheduleByHighs(
  problem: ExecutionProblem,
  bounds: TradeBounds = {},
): Promise<HighsOptimum | BoundedInfeasible> {
  problem = checkProblem(problem);
  const isSeparable = structureOf(problem) === "separable";
  if (!isSeparable) requireQuadratic(problem, "boundedScheduleByHighs");
  if (problem.intervals > mostIntervals) {
    throw new InputError(
      "problem.intervals",
      problem.intervals,
      `at most ${mostIntervals.toLocaleString("en")} for HiGHS, which would take minutes with more`,
      "Use boundedSchedule, which takes milliseconds.",
    );
  }
  const { lower, upper } = checkBounds(problem, bounds);
  requireRiskAverse(problem);
  const { shares: X, intervals: N } = problem;
  const infeasible = proveInfeasible(X, { lower, upper });
  if (infeasible !== undefined) return infeasible;
  if (isSeparable) return byPieces(problem, bounds, { lower, upper });
  const count = choiceCount(problem);
  if (count > 1) requireOptimum(problem);

  const form = quadraticObjective(problem);
  const highs = await solver();
  const found = safely(() => {
    for (const { units, regularization } of attempts) {
      const values = run(highs, highsModel(form, { lower, upper }, units), regularization);
      if (values !== undefined) return values.map((value) => value / units);
    }
    throw new Error(
      "HiGHS could not solve this problem. Use boundedSchedule, which solves it without HiGHS.",
    );
  });
  const choices = Array.from({ length: count }, (_, k) =>
    Math.min(Math.max(X * found[k], lower[k]), upper[k]),
  );
  const trades = completed(X, choices, lower, upper).slice(0, N);
  const schedule = scheduleFromTrades(problem, trades, "HiGHS");
  const certificate = certify(problem, schedule, bounds);
  return Object.freeze({ status: "optimal", schedule, certificate, lowerBound: undefined });
}

/** The same by linear programs. */
async function byPieces(
  problem: ExecutionProblem,
  bounds: TradeBounds,
  { lower, upper }: BoundArrays,
): Promise<HighsOptimum> {
  const { shares: X, intervals: N } = problem;
  const endless = lower.indexOf(Number.NEGATIVE_INFINITY);
  if (endless !== -1) {
    throw new InputError(
      "bounds.lower",
      lower[endless],
      `finite for HiGHS under a law that is not linear (shares, interval ${endless + 1})`,
      "Pieces need an end; boundedSchedule does not.",
    );
  }
  const { trades: choices, lowerBound } = await optimumByPieces(problem, { lower, upper });
  const within = choices.map((n, k) => Math.min(Math.max(n, lower[k]), upper[k]));
  const trades = completed(X, within, lower, upper).slice(0, N);
  const schedule = scheduleFromTrades(problem, trades, "HiGHS");
  const program = separableProgram(problem, { lower, upper });
  const { trades: made, remaining } = withRest(problem, schedule);
  const objective = programValue(program, made, remaining) + program.form.constant;
  if (!(objective - lowerBound <= 1e-6 * Math.abs(objective))) {
    throw new Error(
      "HiGHS could not solve this problem. Use boundedSchedule, which solves it without HiGHS.",
    );
  }
  const certificate = certify(problem, schedule, bounds);
  return Object.freeze({ status: "optimal", schedule, certificate, lowerBound });
}

/**
 * As how many units the order is stated, and what HiGHS adds to curvatures. With nothing added it is exact; its default,
 * in the last attempt, shifts trades by a millionth of the order. It gives up on some programs in some units.
 */
const attempts = [
  { units: 1000, regularization: 0 },
  { units: 1, regularization: 0 },
  { units: 100_000, regularization: 0 },
  { units: 1000, regularization: 1e-7 },
] as const;

function run(highs: Highs, program: HighsModel, regularization: number): Float64Array | undefined {
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
      qp_regularization_value: regularization,
    });
    model.passModel(program);
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

/** The trades with what rounding and tolerances left of the order added where there is room for it. */
function completed(
  X: number,
  trades: readonly number[],
  lower: Float64Array,
  upper: Float64Array,
): readonly number[] {
  const sum = new Sum();
  sum.add(X);
  for (const n of trades) sum.add(-n);
  let left = sum.value;
  return trades.map((n, k) => {
    const next = Math.min(Math.max(n + left, lower[k]), upper[k]);
    left -= next - n;
    return next;
  });
}
