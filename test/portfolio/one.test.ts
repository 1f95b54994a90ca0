import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  type ProblemInput,
  type Schedule,
  simulateCosts,
} from "../../src/index";
import {
  definePortfolio,
  equalPortfolioSchedule,
  type Portfolio,
  type PortfolioSchedule,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
  simulatePortfolio,
} from "../../src/portfolio/index";
import { expectRelative } from "../helpers/reference";

const fields = [
  ...(["permanent", "spread", "temporary", "drift", "expectedCost", "costVariance"] as const),
  ...(["standardDeviation", "objective"] as const),
];

const profile = {
  ...{ lengths: [0.3, 0.7, 0.5, 0.5, 0.6, 0.4], open: [true, true, false, true, true, true] },
  ...{ volatility: [1, 2, 1, 1, 0, 2], temporaryImpact: [1e-3, 2e-3, 1e-3, 1e-3, 1e-3, 3e-3] },
  ...{ permanentImpact: [1e-4, 1e-4, 3e-4, 1e-4, 2e-4, 1e-4] },
  ...{ halfSpread: [0.02, 0.01, 0.02, 0.02, 0.02, 0.04], drift: [0.01, 0.01, -0.02, 0.01, 0, 0.01] },
};

/** The same order as a problem and as a portfolio of one name. */
function both(change: Partial<ProblemInput>): readonly [ReturnType<typeof defineProblem>, Portfolio] {
  const problem = defineProblem({
    ...{
      shares: 1000,
      horizon: 3,
      intervals: 6,
      volatility: 1,
      temporaryImpact: 1e-3,
      permanentImpact: 1e-4,
    },
    ...{ halfSpread: 0.02, drift: 0.01, riskAversion: 2e-3 },
    ...change,
  });
  const given = problem.profile;
  const over = (values: readonly number[] | undefined, scalar: number): number[] | undefined =>
    values?.map((value) => value / scalar);
  const portfolio = definePortfolio({
    ...{ positions: [problem.side === "sell" ? 1000 : -1000], horizon: 3, intervals: 6 },
    ...{ covariance: [[problem.volatility ** 2]], temporaryImpact: [problem.temporaryImpact] },
    ...{
      permanentImpact: [[problem.permanentImpact]],
      halfSpreads: problem.halfSpread,
      drifts: [problem.drift],
    },
    ...{ riskAversion: problem.riskAversion, timing: problem.timing, ownImpact: problem.ownImpact },
    profile:
      given === undefined
        ? undefined
        : {
            ...{ lengths: given.lengths, open: given.open },
            covariance: given.volatility?.map((σ) => σ * σ),
            temporaryImpact: over(given.temporaryImpact, problem.temporaryImpact),
            permanentImpact: over(given.permanentImpact, problem.permanentImpact),
            ...{
              halfSpreads: over(given.halfSpread, problem.halfSpread),
              drifts: over(given.drift, problem.drift),
            },
          },
  });
  return [problem, portfolio];
}

const cases = (["start", "mid", "end"] as const).flatMap((timing) =>
  (["sell", "buy"] as const).flatMap((side) => [
    { timing, side },
    { timing, side, profile },
    { timing, side, ownImpact: "half" as const, profile },
    { timing, side, intervals: 6, drift: 0, riskAversion: 0 },
  ]),
);

/** A schedule of one name as the portfolio's. */
function signed(
  { side }: { readonly side: string },
  { trades }: Schedule,
  portfolio: Portfolio,
): PortfolioSchedule {
  const s = side === "sell" ? 1 : -1;
  return portfolioFromTrades(
    portfolio,
    trades.map((n) => [s * n + 0]),
  );
}

describe("a portfolio of one name is the single order", () => {
  test.each(cases)("its optimum, to 1e-12 of the order: %o", (change) => {
    const [problem, portfolio] = both(change);
    const s = problem.side === "sell" ? 1 : -1;
    const single = optimalSchedule(problem);
    const { remaining, trades, times } = portfolioSchedule(portfolio);
    single.remaining.forEach((x, k) => {
      expect(Math.abs(x - s * (remaining[k]?.[0] as number))).toBeLessThan(1e-9);
    });
    single.trades.forEach((n, k) => {
      expect(Math.abs(n - s * (trades[k]?.[0] as number))).toBeLessThan(1e-9);
    });
    single.times.forEach((t, k) => {
      expect(times[k]).toBeCloseTo(t, 14);
    });
  });

  test.each(cases)("its cost, term by term: %o", (change) => {
    const [problem, portfolio] = both(change);
    const schedule = optimalSchedule(problem);
    const one = costReport(problem, schedule);
    const other = portfolioCost(portfolio, signed(problem, schedule, portfolio));
    for (const field of fields) {
      expect(Math.abs(one[field] - other[field]), field).toBeLessThan(1e-12 * one.costVariance ** 0.5 + 1e-9);
      if (one[field] !== 0) expectRelative(other[field], one[field], 1e-12, field);
    }
  });

  test.each(cases)("its simulation, path by path: %o", (change) => {
    const [problem, portfolio] = both(change);
    const schedule = equalSchedule(problem);
    const one = simulateCosts(problem, schedule, { paths: 1500, seed: 7 });
    const other = simulatePortfolio(portfolio, equalPortfolioSchedule(portfolio), { paths: 1500, seed: 7 });
    one.costs.forEach((cost, path) => {
      expect(Math.abs(cost - (other.costs[path] as number))).toBeLessThan(1e-12 * 1000 * 10);
    });
    expectRelative(other.mean, one.mean, 1e-12, "mean");
    expectRelative(other.standardDeviationError, one.standardDeviationError, 1e-10, "error");
  });
});
