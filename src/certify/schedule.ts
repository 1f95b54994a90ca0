/**
 * A certificate of optimality, recomputed from the problem's data alone. This file imports no solver and no cost
 * formula: what it shares with them is the problem, and nothing else.
 *
 * @module
 */

import { freeTrades } from "../impact/freeTrades";
import { impactLaw } from "../impact/law";
import { type BoundArrays, checkBounds, freeBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkKeys, checkNumber, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { basisPoints, finite, requireFinite } from "../support/numbers";
import { openChain } from "./chain";
import { type Convexity, judgeConvexity } from "./convexity";
import { infeasibility, isNumeric, outside } from "./feasibility";
import { dualGap, type Gap } from "./gap";
import { looseGap } from "./looseGap";
import { marginalCosts } from "./marginals";
import { priceSpread } from "./priceSpread";
import { judgeSeparable } from "./separable";
import { judgeTransient } from "./transient";
import { judgeUniform } from "./uniform";

/** What `certify` finds, and what it was held to. */
export interface Certificate {
  /**
   * - `"optimal"`: the schedule trades the order within its bounds and satisfies the conditions of the only minimum
   *   of E + λV, or its gap is within the tolerance that was asked for;
   * - `"not-optimal"`: it does so too, but a better schedule exists;
   * - `"infeasible"`: it does not trade the order, leaves its bounds, or contradicts itself;
   * - `"no-optimum"`: E or E + λV is not convex, and no schedule is the optimum;
   * - `"unproven"`: E + λV is not convex within the bounds, as it can be under laws that are not linear, and the schedule is
   *   proven to be within `gapBound` of the optimum, but not to be the optimum.
   */
  readonly verdict: "optimal" | "not-optimal" | "infeasible" | "no-optimum" | "unproven";
  /**
   * How far the schedule is from trading the order within its bounds: x_0 − X, x_N, Σn − X, x_{k−1} − x_k − n_k and
   * what a trade lies beyond its bound, the largest (shares); NaN where an entry is no number or one is missing.
   */
  readonly feasibilityResidual: number;
  /**
   * How far marginal costs are apart, as the trade that would level them: 0 at an optimum (shares); NaN for the verdicts
   * `"infeasible"` and `"no-optimum"`.
   */
  readonly optimalityResidual: number;
  /** What the residual that decided was held to (shares). */
  readonly tolerance: number;
  /**
   * An upper bound on what any other schedule within the bounds could save: the objective is proven to lie within it of the
   * least (currency). NaN for the verdict `"infeasible"`, Infinity for `"no-optimum"`.
   */
  readonly gapBound: number;
  /** The same in 1/10,000 of the order's absolute value on arrival, where the problem has an `arrivalPrice`; NaN where that is 0. */
  readonly gapBasisPoints: number | undefined;
  /** Whether `gapBound` may lie far above the gap; else it is the gap itself but for rounding. */
  readonly isGapLoose: boolean;
  /**
   * The smallest eigenvalue of the matrix of second derivatives of E + λV over x_1 … x_{N−1}, or over the holdings between open
   * intervals (currency/share²); for a law that is not linear, a lower bound of it at this schedule, NaN for one that is infeasible.
   * Infinity where there are none.
   */
  readonly curvature: number;
}

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
  const { uniformCurvature: A, structure } = impactLaw(problem);
  const quick =
    A !== undefined && isNumeric(schedule) ? judgeUniform(problem, schedule, A, bounds) : undefined;
  if (quick !== undefined) return certificate(problem, quick, enough);

  const arrays = bounds ?? freeBounds(problem);
  const { shares: X } = problem;
  const { worst, largest } = infeasibility(problem, schedule);
  // Where a strong drift makes holdings many times the order, they carry a rounding of 1e-16 of themselves for each
  // operation behind them; but never is a millionth of the order let pass.
  const tolerance = Math.min(Math.max(1e-10 * X, 1e-13 * largest), 1e-6 * X);
  const feasibilityResidual = Number.isNaN(worst) ? worst : Math.max(worst, outside(schedule, arrays));
  const undecided = { feasibilityResidual, optimalityResidual: Number.NaN, tolerance };
  const convexity = structure === "quadratic" ? judgeConvexity(problem) : undefined;
  const curvature = convexity?.curvature ?? Number.NaN;
  if (!(feasibilityResidual <= tolerance)) {
    return certificate(problem, { ...undecided, curvature, gapBound: Number.NaN }, enough, "infeasible");
  }
  if (structure === "transient") {
    const { verdict, ...found } = judgeTransient(problem, schedule, arrays, enough);
    return certificate(problem, { ...found, feasibilityResidual }, enough, verdict);
  }
  if (convexity === undefined) {
    const { verdict, ...found } = judgeSeparable(problem, schedule, bounds ?? freeTrades(problem), enough);
    return certificate(problem, { ...found, feasibilityResidual }, enough, verdict);
  }
  if (!convexity.isConvex) {
    const gapBound = Number.POSITIVE_INFINITY;
    return certificate(problem, { ...undecided, curvature, gapBound }, enough, "no-optimum");
  }
  const judgment = judgeOptimality(problem, schedule, arrays, { enough, convexity });
  return certificate(problem, { ...judgment, feasibilityResidual, curvature }, enough);
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

/** What the verdict of a feasible schedule follows from. */
type Judgment = Omit<Certificate, "verdict" | "gapBasisPoints" | "isGapLoose"> &
  Partial<Pick<Certificate, "isGapLoose">>;

const noGap: Gap = { bound: 0, isTight: true };

function judgeOptimality(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays,
  { enough, convexity }: { readonly enough: number; readonly convexity: Convexity },
): Omit<Judgment, "feasibilityResidual" | "curvature"> {
  const { shares: X } = problem;
  const { curvature, cost, squares, perShare } = convexity;
  const marginals = marginalCosts(problem, schedule, cost);
  const { apart, spread } = priceSpread(problem, schedule, bounds, marginals);
  const optimalityResidual = apart / perShare;
  // The second part allows for the rounding of terms that are large where a drift, an urgency or a spread paid both ways is.
  const tolerance = Math.max(1e-10 * X, (1e-13 * Math.max(marginals.largestTerm, spread)) / perShare);
  const chain = openChain(problem, schedule, bounds, marginals.smooth, squares);
  // At an optimum its own trades tell the prices: there is nothing to seek.
  const sought = optimalityResidual <= tolerance ? Number.POSITIVE_INFINITY : enough;
  const gap = apart === 0 ? noGap : dualGap(chain, sought);
  const isUsable = gap.isTight && Number.isFinite(gap.bound);
  const loose = isUsable ? Number.POSITIVE_INFINITY : looseGap(chain, { apart, curvature });
  const gapBound = Number.isFinite(gap.bound) ? Math.min(gap.bound, loose) : loose;
  requireFinite("What decides on the optimum", [optimalityResidual, tolerance, gapBound]);
  return { optimalityResidual, tolerance, gapBound, isGapLoose: !isUsable };
}

function inBasisPoints(gapBound: number, shares: number, arrivalPrice: number): number {
  const points = basisPoints(gapBound / shares, arrivalPrice);
  return Number.isFinite(gapBound) && arrivalPrice !== 0 ? finite("The gap in basis points", points) : points;
}

/**
 * A certificate from its parts.
 *
 * @param verdict - where something else than the optimality residual and the gap decides
 */
function certificate(
  { arrivalPrice, shares }: ExecutionProblem,
  { feasibilityResidual, optimalityResidual, tolerance, gapBound, isGapLoose = false, curvature }: Judgment,
  enough: number,
  verdict?: Certificate["verdict"],
): Certificate {
  const isOptimal = optimalityResidual <= tolerance || gapBound <= enough;
  return Object.freeze({
    verdict: verdict ?? (isOptimal ? "optimal" : "not-optimal"),
    feasibilityResidual,
    optimalityResidual,
    tolerance,
    gapBound,
    gapBasisPoints: arrivalPrice === undefined ? undefined : inBasisPoints(gapBound, shares, arrivalPrice),
    isGapLoose,
    curvature,
  });
}
