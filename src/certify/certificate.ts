/**
 * What a certificate says, and how it is put together.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { basisPoints, finite } from "../support/numbers";

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
   * How far the schedule is from trading the order within its bounds: the largest of |x_0 − X|, |x_N|, |Σn − X|, |x_{k−1} − x_k − n_k| and
   * how far a trade lies beyond its bound (shares); NaN where an entry is not a number or is missing.
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
   * Infinity where there is no holding to choose.
   */
  readonly curvature: number;
}

/** What the verdict of a feasible schedule follows from. */
export type Judgment = Omit<Certificate, "verdict" | "gapBasisPoints" | "isGapLoose"> &
  Partial<Pick<Certificate, "isGapLoose">>;

function inBasisPoints(gapBound: number, shares: number, arrivalPrice: number): number {
  const points = basisPoints(gapBound / shares, arrivalPrice);
  return Number.isFinite(gapBound) && arrivalPrice !== 0 ? finite("The gap in basis points", points) : points;
}

/**
 * A certificate from its parts.
 *
 * @param verdict - where something else than the optimality residual and the gap decides
 */
export function certificate(
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
