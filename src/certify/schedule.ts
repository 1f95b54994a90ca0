/**
 * A certificate of optimality, recomputed from the problem's data alone. This room imports no solver and no cost
 * formula: what it shares with them is the problem, and nothing else.
 *
 * @module
 */

import { impactLaw } from "../impact/law";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkKeys, checkNumber, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { type Certificate, certificate, type Judgment } from "./certificate";
import { isNumeric } from "./feasibility";
import { judgeInGeneral } from "./general";
import { judgeUniform } from "./uniform";
import { judgeVaried } from "./varied";

export type { Certificate } from "./certificate";

/** What `certify` may be told besides. */
export interface CertifyOptions {
  /** A gap that is small enough to call the schedule optimal, 0 or above (currency; default 0). */
  readonly tolerance?: number | undefined;
}

/**
 * Checks whether a schedule, from any source, is the optimum of E + λV.
 *
 * Selling one share more in interval k adds the marginal cost
 *
 *     G_k = 2a n_k − Σ_{j=k}^{N−1} (2λσ²τ x_j − s α τ)  ± ε  (+ where n_k > 0, − where n_k < 0, in between where n_k = 0)
 *
 * to the objective (written for a market that does not vary and timing `"start"`). A feasible schedule of a convex problem is optimal exactly if one price fits all G_k: nothing
 * is then gained by trading more in one interval and less in another. A trade at its upper bound may be worth more
 * than that price, one at its lower bound less.
 *
 * @param problem - a problem from `defineProblem`
 * @param schedule - any schedule; only the arrays `remaining` and `trades` are read, and whatever they hold is judged
 * @param bounds - bounds on the trades, as for `boundedSchedule`; without them, trades may be any number, or, where under a power law the
 *   cost of a trade is not convex or shares that bear permanent impact may be left, from 0 to the order (shares)
 * @param options - `tolerance`: a gap that is small enough to be called optimal (currency)
 * @returns residuals, the tolerance they were held to, a bound on the gap, and the verdict
 * @throws InputError when `problem` is not from `defineProblem`, the schedule has not the two arrays, or a bound is none
 * @throws RangeError when doubles cannot hold what decides the verdict
 *
 * Source: the Karush–Kuhn–Tucker conditions of AC eq. 15.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3, riskAversion: 1e-2,
 * });
 * certify(problem, optimalSchedule(problem)).verdict; // → optimal
 * const { verdict, gapBound } = certify(problem, equalSchedule(problem));
 * verdict; // → not-optimal
 * costReport(problem, equalSchedule(problem)).objective - costReport(problem, optimalSchedule(problem)).objective; // → 1022.887
 * gapBound; // → 1022.887
 * certify(problem, equalSchedule(problem), undefined, { tolerance: 2000 }).verdict; // → optimal
 * ```
 */
export function certify(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds?: TradeBounds,
  options?: CertifyOptions,
): Certificate {
  problem = checkProblem(problem);
  if (!isList(schedule?.remaining) || !isList(schedule?.trades)) {
    throw new InputError("schedule", schedule, "a schedule with the arrays remaining and trades");
  }
  const limits = bounds === undefined ? undefined : checkBounds(problem, bounds);
  return judge(problem, schedule, limits, checkedTolerance(options, problem));
}

/**
 * The certificate for callers that have checked their arguments.
 *
 * @param bounds - undefined where trades may be any number
 * @param enough - a gap that is small enough to be called optimal (currency)
 */
export function judge(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays | undefined,
  enough = 0,
): Certificate {
  const quick = isNumeric(schedule) ? judgeAtOnce(problem, schedule, bounds) : undefined;
  return quick === undefined
    ? judgeInGeneral(problem, schedule, bounds, enough)
    : certificate(problem, quick, enough);
}

/** What one look at a schedule of numbers tells, where that is enough. */
function judgeAtOnce(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays | undefined,
): Judgment | undefined {
  const { uniformCurvature: A, structure } = impactLaw(problem);
  if (A !== undefined) return judgeUniform(problem, schedule, A, bounds);
  return structure === "quadratic" ? judgeVaried(problem, schedule, bounds) : undefined;
}

/** The gap that the options of a certificate allow (currency). */
export function checkedTolerance(
  options: CertifyOptions | undefined,
  { currency }: ExecutionProblem,
): number {
  if (options === undefined) return 0;
  const { tolerance } = checkKeys("certify's options", options, ["tolerance"]);
  return tolerance === undefined ? 0 : checkNumber("tolerance", tolerance, notNegative, currency);
}
