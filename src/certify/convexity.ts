/**
 * Whether a problem has an optimum at all.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { uniformMarket } from "../model/market";
import { mayLeave } from "../model/remainder";
import { keepingLatest } from "../support/latest";
import { beyondRange, finite, requireFinite, smallest } from "../support/numbers";
import { openSquares } from "./chain";
import { isPositiveDefinite, smallestEigenvalue, uniformCurvature } from "./definite";
import { costSquares, objectiveSquares, type Squares } from "./marginals";

/** Second derivatives over the open trades, and whether they have a minimum. */
export interface Convexity {
  readonly isConvex: boolean;
  readonly curvature: number;
  /** Of E, over all intervals. */
  readonly cost: Squares;
  /** Of E + λV, over the open ones. */
  readonly squares: Squares;
  /** The smallest second derivative of the expected cost by a trade: what turns a price into shares (currency/share²). */
  readonly perShare: number;
}

/** Judges whether E and E + λV have a minimum over the schedules that are open to choice. */
export const judgeConvexity: (problem: ExecutionProblem) => Convexity = keepingLatest(convexityOf);

function convexityOf(problem: ExecutionProblem): Convexity {
  const cost = costSquares(problem);
  const openCost = openSquares(problem, cost);
  const squares = openSquares(problem, objectiveSquares(problem, cost));
  const M = squares.trades.length;
  // The rest has no curvature of its own by which a price could be turned into shares.
  const perShare = smallest(ofFinished(problem, openCost).trades);
  if (M === 1) {
    return { isConvex: true, curvature: Number.POSITIVE_INFINITY, cost, squares, perShare };
  }
  const decisive = "What decides on the optimum, η/τ ∓ γ/2, λσ²τ or ατ,";
  requireFinite(decisive, squares.trades);
  requireFinite(decisive, squares.holdings);
  finite(decisive, problem.drift * problem.horizon);
  const uniform = mayLeave(problem) ? undefined : uniformMarket(problem);
  const curvature =
    uniform === undefined
      ? smallestEigenvalue(squares)
      : uniformCurvature(M, squares.trades[0], squares.holdings[0]);
  finite(decisive, curvature);
  if (uniform !== undefined) {
    const { permanentImpact: γ } = uniform;
    // A sum of positive terms is not 0: they were lost below the least double.
    if (perShare === 0 && !(γ > 0 && γ * problem.horizon > 1e-290))
      throw beyondRange("The curvature of the expected cost, η/τ ∓ γ/2,");
    // The same of a curvature that lost both of its terms.
    if (perShare > 0 && curvature === 0 && problem.riskAversion >= 0)
      throw beyondRange("The curvature of E + λV");
    return { isConvex: perShare > 0 && curvature > 0, curvature, cost, squares, perShare };
  }
  const isConvex = isPositiveDefinite(ofFinished(problem, openCost)) && isPositiveDefinite(squares);
  return { isConvex, curvature, cost, squares, perShare };
}

/**
 * The squares of an order that finishes: along a round trip that ends with nothing left, E must not fall. That E alone curves
 * down in what is left is no such trip.
 */
function ofFinished(problem: ExecutionProblem, squares: Squares): Squares {
  if (!mayLeave(problem)) return squares;
  return { trades: squares.trades.subarray(0, -1), holdings: squares.holdings.subarray(0, -1) };
}
