/**
 * The certificate by the route that is open to every problem and schedule.
 *
 * @module
 */
import { freeTrades } from "../impact/freeTrades";
import { impactLaw } from "../impact/law";
import { type BoundArrays, freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { requireFinite } from "../support/numbers";
import { type Certificate, certificate, type Judgment } from "./certificate";
import { openChain } from "./chain";
import { type Convexity, judgeConvexity } from "./convexity";
import { infeasibility, outside } from "./feasibility";
import { dualGap, type Gap } from "./gap";
import { looseGap } from "./looseGap";
import { marginalCosts } from "./marginals";
import { priceSpread } from "./priceSpread";
import { judgeSeparable } from "./separable";
import { judgeTransient } from "./transient";

/**
 * @param bounds - undefined where trades may be any number
 * @param enough - a gap that is small enough to be called optimal (currency)
 */
export function judgeInGeneral(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays | undefined,
  enough: number,
): Certificate {
  const { structure } = impactLaw(problem);
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
