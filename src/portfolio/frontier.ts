/**
 * The efficient frontier of a portfolio.
 *
 * @module
 */
import { unitOf } from "../model/notation";
import { anyFinite, checkNumber, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { optimumWithin } from "./bounded";
import { portfolioCost } from "./cost";
import { checkPortfolio, withRiskAversionOf } from "./define";
import type { PortfolioInfeasible } from "./infeasible";
import { checkLimits, type PortfolioLimits } from "./limits";
import type { Portfolio } from "./portfolio";
import type { PortfolioSchedule } from "./schedule";
import { portfolioSchedule } from "./solve";

/** One point of the frontier: the optimum for one risk aversion. */
export interface PortfolioFrontierPoint {
  /** λ (1/currency). */
  readonly riskAversion: number;
  /** E (currency). */
  readonly expectedCost: number;
  /** V (currency²). */
  readonly costVariance: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** E + λV (currency). */
  readonly objective: number;
  /** The schedule. */
  readonly schedule: PortfolioSchedule;
}

/**
 * The cost, the risk and the schedule of a portfolio's optimum for each of a list of risk aversions.
 *
 * @param portfolio - a portfolio from `definePortfolio`; its own `riskAversion` does not matter
 * @param riskAversions - the λ, in any order (1/currency)
 * @returns one point a λ, in the same order
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the portfolio has no optimum for one of the λ, as `portfolioSchedule` does
 *
 * Source: AC, Appendix A.2.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1e6, 1e6], horizon: 5, intervals: 5, covariance: [[0.9, 0.2], [0.2, 0.9]],
 *   temporaryImpact: [2.5e-6, 1.25e-6],
 * });
 * portfolioFrontier(portfolio, [0, 1e-6]).map((point) => Math.round(point.expectedCost)); // → [750000, 1336507]
 * ```
 */
export function portfolioFrontier(
  portfolio: Portfolio,
  riskAversions: Series,
): readonly PortfolioFrontierPoint[];
/**
 * The same within limits, as for `boundedPortfolio`.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param riskAversions - the λ, in any order (1/currency)
 * @param limits - caps, no reversal, neutral combinations
 * @returns the same, or the proof that no schedule keeps to the limits
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the portfolio has no optimum for one of the λ
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1e6, 1e6], horizon: 5, intervals: 5, covariance: [[0.9, 0.2], [0.2, 0.9]],
 *   temporaryImpact: [2.5e-6, 1.25e-6],
 * });
 * "status" in portfolioFrontier(portfolio, [0, 1e-6], { caps: 100_000 }); // → true
 * ```
 */
export function portfolioFrontier(
  portfolio: Portfolio,
  riskAversions: Series,
  limits: PortfolioLimits | undefined,
): readonly PortfolioFrontierPoint[] | PortfolioInfeasible;
export function portfolioFrontier(
  portfolio: Portfolio,
  riskAversions: Series,
  limits?: PortfolioLimits,
): readonly PortfolioFrontierPoint[] | PortfolioInfeasible {
  portfolio = checkPortfolio(portfolio);
  if (!isList(riskAversions) || riskAversions.length === 0) {
    throw new InputError("riskAversions", riskAversions, "an array of at least one number");
  }
  const arrays = limits === undefined ? undefined : checkLimits(portfolio, limits);
  const unit = unitOf("riskAversion", portfolio);
  const points: PortfolioFrontierPoint[] = [];
  for (let i = 0; i < riskAversions.length; i++) {
    const riskAversion = checkNumber(`riskAversions[${i}]`, riskAversions[i], anyFinite, unit) + 0;
    const one = withRiskAversionOf(portfolio, riskAversion);
    const found = arrays === undefined ? { schedule: portfolioSchedule(one) } : optimumWithin(one, arrays);
    if (!("schedule" in found)) return found;
    const { schedule } = found;
    const { expectedCost, costVariance, standardDeviation, objective } = portfolioCost(one, schedule);
    points.push(
      Object.freeze({ riskAversion, expectedCost, costVariance, standardDeviation, objective, schedule }),
    );
  }
  return Object.freeze(points);
}
