/**
 * What a portfolio's schedule costs, term by term and name by name: the formula side, which shares nothing with solvers,
 * simulation and certificate.
 *
 *     E = Σ_k n_kᵀΓ_k-cost + ε_kᵀ|n_k| + n_kᵀH_k n_k/τ_k − τ_k α_kᵀh_k        V = Σ_k τ_k h_kᵀC_k h_k
 *
 * where h_k is the position exposed to interval k's price moves: x_k for timing `"start"`, x_{k−1} for `"end"`, the mean of both
 * for `"mid"`. A trade of one name moves the prices at which all later shares are sold: Σ_k (x_k + c n_k)ᵀ Γ_k n_k.
 *
 * @module
 */
import { exposedPart, ownPart } from "../model/market";
import { Sum, total } from "../support/numbers";
import { checkPortfolio } from "./define";
import { portfolioMarket } from "./market";
import { multiply, pack, transpose } from "./multiply";
import type { Portfolio } from "./portfolio";
import type { Path, PortfolioSchedule } from "./schedule";
import { checkPath } from "./scheduleGate";

/** What a name adds to cost and risk. */
export interface NameCost {
  /** The name. */
  readonly name: string;
  /** What its fills lose to lasting price moves, whichever name's trades caused them (currency). */
  readonly permanent: number;
  /** What it pays for crossing its spread (currency). */
  readonly spread: number;
  /** What its fills concede to the speed of trading (currency). */
  readonly temporary: number;
  /** What its price trend costs, negative where it helps (currency). */
  readonly drift: number;
  /** The sum of the four (currency). */
  readonly expectedCost: number;
  /** Its part Σ τ h_i (Ch)_i of the variance, below 0 where it hedges the others (currency²). */
  readonly costVariance: number;
}

/** Expected cost term by term, its variance and the objective. Positive is money lost. */
export interface PortfolioCost {
  /** Cost of the lasting price moves that the trades cause (currency). */
  readonly permanent: number;
  /** Cost of crossing the spreads (currency). */
  readonly spread: number;
  /** Cost of trading at speed (currency). */
  readonly temporary: number;
  /** Cost of the price trends, negative where they help (currency). */
  readonly drift: number;
  /** E, the sum of the four parts (currency). */
  readonly expectedCost: number;
  /** V, the variance of the cost (currency²). */
  readonly costVariance: number;
  /** √V (currency). */
  readonly standardDeviation: number;
  /** U = E + λV (currency). */
  readonly objective: number;
  /** The same by name; each column sums to the portfolio's. */
  readonly byName: readonly NameCost[];
}

/**
 * Expected cost and variance of a portfolio's schedule under its timing, in total and by name. The cost is exactly normal, so that
 * `valueAtRisk({ mean: expectedCost, standardDeviation }, 0.95)` is its value at risk.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param schedule - any schedule of its positions and intervals
 * @returns the report; the four parts sum to `expectedCost`, and so do the names'
 * @throws InputError when an argument is not what it should be, or they do not fit each other
 * @throws RangeError when a result leaves the range of doubles
 *
 * Source: AC, Appendix A.1.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [1e6, 1e6], horizon: 5, intervals: 5, covariance: [[0.9, 0.2], [0.2, 0.9]],
 *   temporaryImpact: [2.5e-6, 1.25e-6], permanentImpact: [2.5e-7, 1.25e-7], halfSpreads: 0.0625,
 * });
 * const cost = portfolioCost(portfolio, equalPortfolioSchedule(portfolio));
 * cost.expectedCost; // → 1025000
 * cost.costVariance; // → 2.64e12
 * cost.byName.map((name) => Math.round(name.temporary)); // → [500000, 250000]
 * ```
 */
export function portfolioCost(portfolio: Portfolio, schedule: PortfolioSchedule): PortfolioCost {
  portfolio = checkPortfolio(portfolio);
  const { names, riskAversion } = portfolio;
  const parts = costParts(portfolio, checkPath(portfolio, schedule));
  const byName = names.map((name, i) => {
    const [permanent, spread, temporary, drift] = parts.costs.map((values) => values[i]);
    const expectedCost = permanent + spread + temporary + drift;
    const costVariance = parts.variances[i];
    return Object.freeze({ name, permanent, spread, temporary, drift, expectedCost, costVariance });
  });
  const [permanent, spread, temporary, drift] = parts.costs.map(total);
  const expectedCost = permanent + spread + temporary + drift;
  // Rounding may put the variance of a perfect hedge below 0.
  const costVariance = Math.max(0, total(parts.variances));
  const objective = expectedCost + riskAversion * costVariance;
  if (!Number.isFinite(expectedCost) || !Number.isFinite(objective)) {
    throw new RangeError(
      `The cost leaves the range of floating-point numbers (expected cost ${expectedCost}, objective ${objective} ` +
        `${portfolio.currency}). State the portfolio in larger units of shares or time.`,
    );
  }
  return Object.freeze({
    ...{ permanent, spread, temporary, drift, expectedCost, costVariance },
    standardDeviation: Math.sqrt(costVariance),
    objective,
    byName: Object.freeze(byName),
  });
}

/** Permanent, spread, temporary and drift of each name, and its part of the variance. */
export function costParts(
  portfolio: Portfolio,
  { x, n }: Path,
): { readonly costs: readonly (readonly number[])[]; readonly variances: readonly number[] } {
  const market = portfolioMarket(portfolio);
  const { m, N, lengths: τ, halfSpreads, drifts } = market;
  const u = exposedPart(portfolio.timing);
  const c = ownPart(portfolio);
  const [h, paying] = [new Float64Array(N * m), new Float64Array(N * m)];
  for (let at = 0; at < N * m; at++) {
    h[at] = (1 - u) * x[at + m] + u * x[at];
    paying[at] = (1 - c) * x[at + m] + c * x[at];
  }
  // Each as rows of N: what a name's fills concede, what its price moves by for each share traded, what its risk is.
  const slopes = multiply(n, pack(market.temporary, m, m), N);
  const moves = multiply(n, pack(transpose(market.permanent, m, m), m, m), N);
  const risks = multiply(h, pack(market.covariance, m, m), N);
  const sums = Array.from({ length: 5 }, () => Array.from({ length: m }, () => new Sum()));
  for (let k = 0; k < N; k++) {
    for (let i = 0; i < m; i++) {
      const at = k * m + i;
      sums[0][i].add(market.permanentFactors[k] * moves[at] * paying[at]);
      sums[1][i].add(market.spreadFactors[k] * halfSpreads[i] * Math.abs(n[at]));
      sums[2][i].add((market.temporaryFactors[k] / τ[k]) * slopes[at] * n[at]);
      sums[3][i].add(-market.driftFactors[k] * drifts[i] * τ[k] * h[at]);
      sums[4][i].add(market.covarianceFactors[k] * τ[k] * risks[at] * h[at]);
    }
  }
  // `+ 0` turns −0 into 0.
  const [permanent, spread, temporary, drift, variances] = sums.map((row) => row.map((sum) => sum.value + 0));
  return { costs: [permanent, spread, temporary, drift], variances };
}
