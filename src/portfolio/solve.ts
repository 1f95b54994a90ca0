/**
 * The optimal schedule of a portfolio.
 *
 * @module
 */
import { optimumWithin, type PortfolioOptimum } from "./bounded";
import { checkPortfolio } from "./define";
import { portfolioForm } from "./form";
import { freeLimits } from "./limits";
import { pathOf, payingBothWays, smoothMinimizer, smoothTrades } from "./optimum";
import type { Portfolio } from "./portfolio";
import { makePortfolioSchedule, type PortfolioSchedule } from "./schedule";

/**
 * The schedule that minimizes E + λV over all schedules of the positions, without limits on the trades.
 *
 * Where temporary and permanent impact are symmetric and vary over time by one factor, if at all, the names are turned into m
 * directions that do not touch each other, and each is solved by itself: O(m³ + N m²). Otherwise the first-order conditions
 * are eliminated block by block: O(N m³). Where that optimum would trade a name both ways and pay its spread each time, the
 * spread's kink is kept, as in `boundedPortfolio`.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @returns the optimal schedule
 * @throws InputError when `portfolio` is not from `definePortfolio`
 * @throws NoOptimumError when there is no optimum: the expected cost is not convex, because intervals are too long for the
 *   permanent impact or because that is not symmetric, or λ is too far below 0; the error's fields hold the round trip that
 *   proves it
 * @throws RangeError when the optimum leaves the range of doubles
 *
 * Source: AC, Appendix A.2 and A.3.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1e6, 1e6], horizon: 5, intervals: 5, covariance: [[0.9, 0.2], [0.2, 0.9]],
 *   temporaryImpact: [2.5e-6, 1.25e-6], riskAversion: 1e-6,
 * });
 * portfolioSchedule(portfolio).remaining[1].map(Math.round); // → [528833, 390090]
 * ```
 */
export function portfolioSchedule(portfolio: Portfolio): PortfolioSchedule {
  portfolio = checkPortfolio(portfolio);
  const form = portfolioForm(portfolio);
  const make = (trades: Float64Array): PortfolioSchedule =>
    makePortfolioSchedule(portfolio, "Optimal", pathOf(form, trades));
  if (form.steps === 1) return make(form.market.positions);
  const trades = smoothTrades(form, smoothMinimizer(portfolio, form));
  if (!payingBothWays(form, trades)) return make(trades);
  const found = optimumWithin(portfolio, freeLimits(portfolio));
  // Without limits there is always a schedule that keeps to them.
  return Object.freeze({ ...(found as PortfolioOptimum).schedule, name: "Optimal" });
}
