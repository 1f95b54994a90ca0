import { describe, expect, test } from "vitest";
import {
  definePortfolio,
  equalPortfolioSchedule,
  type Portfolio,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
  simulatePortfolio,
} from "../../src/portfolio/index";
import { kinds, randomInput, randomPortfolio } from "../helpers/portfolios";
import { uniforms } from "../helpers/random";
import { expectRelative } from "../helpers/reference";

/** A schedule that trades every name both ways. */
function erratic(portfolio: Portfolio, seed: number): number[][] {
  const { intervals: N, positions, profile } = portfolio;
  const draw = uniforms(seed);
  const open = Array.from({ length: N }, (_, k) => profile?.open?.[k] !== false);
  const left = [...positions];
  return open.map((isOpen, k) =>
    positions.map((x, i) => {
      const n = !isOpen
        ? 0
        : k === open.lastIndexOf(true)
          ? (left[i] as number)
          : Math.round(x * (draw() - 0.3));
      left[i] = (left[i] as number) - n;
      return n;
    }),
  );
}

const cases = kinds.map((kind, seed) => ({ kind: { ...kind, spread: 0.02, drift: 0.2 }, seed }));

describe("the cost of a portfolio's schedule", () => {
  test.each(cases)("is what a walk without noise costs, to 1e-12: $kind", ({ kind, seed }) => {
    const input = randomInput(seed + 1, kind);
    const still = definePortfolio({
      ...input,
      covariance: input.covariance.map((row) => Array.from(row, () => 0)),
    });
    const schedule = portfolioFromTrades(still, erratic(still, seed));
    const { expectedCost, permanent, spread, temporary, drift } = portfolioCost(still, schedule);
    const { mean, standardDeviation } = simulatePortfolio(still, schedule, { paths: 2, seed: 1 });
    const size = Math.abs(permanent) + spread + temporary + Math.abs(drift);
    expect(Math.abs(mean - expectedCost)).toBeLessThan(1e-12 * size);
    expect(standardDeviation).toBe(0);
  });

  test.each(cases.filter((_, i) => i % 4 === 0))(
    "is the mean of many walks, and their variance: $kind",
    ({ kind, seed }) => {
      const portfolio = randomPortfolio(seed + 1, kind);
      const schedule = portfolioFromTrades(portfolio, erratic(portfolio, seed));
      const cost = portfolioCost(portfolio, schedule);
      const sample = simulatePortfolio(portfolio, schedule, { paths: 20_000, seed });
      expect(Math.abs(sample.mean - cost.expectedCost)).toBeLessThan(4 * sample.meanError);
      expect(Math.abs(sample.standardDeviation - cost.standardDeviation)).toBeLessThan(
        4 * sample.standardDeviationError,
      );
    },
  );

  test.each(cases)("is the sum of what its names cost, term by term: $kind", ({ kind, seed }) => {
    const portfolio = randomPortfolio(seed + 1, kind);
    const cost = portfolioCost(portfolio, portfolioFromTrades(portfolio, erratic(portfolio, seed)));
    for (const field of [
      "permanent",
      "spread",
      "temporary",
      "drift",
      "expectedCost",
      "costVariance",
    ] as const) {
      const sum = cost.byName.reduce((total, name) => total + name[field], 0);
      const size = cost.byName.reduce((total, name) => total + Math.abs(name[field]), 0);
      expect(Math.abs(sum - cost[field]), field).toBeLessThanOrEqual(1e-14 * size);
    }
    const { permanent, spread, temporary, drift, expectedCost, objective, costVariance } = cost;
    expect(permanent + spread + temporary + drift).toBe(expectedCost);
    expect(expectedCost + portfolio.riskAversion * costVariance).toBe(objective);
  });

  test("charges a name for what the trades of another have done to its price", () => {
    const portfolio = definePortfolio({
      ...{ names: ["A", "B"], positions: [100, 10], horizon: 2, intervals: 2, temporaryImpact: [1e-9, 1e-9] },
      covariance: [
        [1, 0],
        [0, 1],
      ],
      permanentImpact: [
        [0.01, 0],
        [0.02, 0.01],
      ],
    });
    const schedule = portfolioFromTrades(portfolio, [
      [100, 0],
      [0, 10],
    ]);
    // 100 shares of A push B down by 2 before its 10 shares are sold.
    const { byName } = portfolioCost(portfolio, schedule);
    expect(byName.map(({ permanent }) => permanent)).toEqual([0, 20]);
    expect(simulatePortfolio(portfolio, schedule, { paths: 20_000, seed: 2 }).mean).toBeCloseTo(20, 0);
  });

  test("knows a hedge by its part of the variance, below 0", () => {
    const portfolio = definePortfolio({
      ...{ positions: [100, -50], horizon: 2, intervals: 2, temporaryImpact: [1, 1] },
      covariance: [
        [1, 0.9],
        [0.9, 1],
      ],
    });
    const { byName, costVariance } = portfolioCost(portfolio, equalPortfolioSchedule(portfolio));
    // After the first half: 50² − 2·0.9·50·25 + 25².
    expect(costVariance).toBeCloseTo(875, 10);
    expect(byName.map((name) => name.costVariance)).toEqual([2500 - 0.9 * 1250, 625 - 0.9 * 1250]);
  });

  test("has a variance of exactly 0 where a perfect hedge leaves none, and no NaN", () => {
    const portfolio = definePortfolio({
      ...{ positions: [0.1, -0.3], horizon: 2, intervals: 2, temporaryImpact: [1, 1] },
      covariance: [
        [0.09, 0.03],
        [0.03, 0.01],
      ],
    });
    const { standardDeviation } = portfolioCost(portfolio, equalPortfolioSchedule(portfolio));
    expect(standardDeviation).toBeLessThan(1e-9);
    expect(
      simulatePortfolio(portfolio, portfolioSchedule(portfolio), { paths: 100, seed: 1 }).standardDeviation,
    ).toBeLessThan(1e-9);
  });

  test("beyond the range of doubles is refused", () => {
    const portfolio = definePortfolio({
      ...{ positions: [1e160], horizon: 1, intervals: 2, temporaryImpact: [1], covariance: [[1]] },
    });
    expect(() => portfolioCost(portfolio, equalPortfolioSchedule(portfolio))).toThrow(
      "The cost leaves the range of floating-point numbers (expected cost Infinity, objective NaN currency). " +
        "State the portfolio in larger units of shares or time.",
    );
  });
});

describe("a simulation of a portfolio", () => {
  const portfolio = randomPortfolio(4, { m: 3, N: 5 });
  const schedule = equalPortfolioSchedule(portfolio);

  test("has noise of the portfolio's covariance, also of one that is singular", () => {
    const m = 3;
    const factor = [1, -2, 0.5];
    const covariance = factor.map((a) => factor.map((b) => a * b));
    const singular = definePortfolio({
      ...{ positions: [1, 1, 4], horizon: 1, intervals: 2, temporaryImpact: [1, 1, 1], covariance },
    });
    const { costVariance } = portfolioCost(singular, equalPortfolioSchedule(singular));
    // Half of the positions runs half of the time: (1 − 2 + 2)²/4/2.
    expect(costVariance).toBeCloseTo(0.125, 12);
    const sample = simulatePortfolio(singular, equalPortfolioSchedule(singular), { paths: 20_000, seed: 1 });
    expect(Math.abs(sample.standardDeviation - Math.sqrt(0.125))).toBeLessThan(
      4 * sample.standardDeviationError,
    );
    expect(m).toBe(covariance.length);
  });

  test("gives the same bits for the same seed, and paths that do not depend on how many follow", () => {
    const few = simulatePortfolio(portfolio, schedule, { paths: 100, seed: "a" });
    const many = simulatePortfolio(portfolio, schedule, { paths: 3000, seed: "a" });
    expect(many.costs.slice(0, 100)).toEqual(few.costs);
    expect(simulatePortfolio(portfolio, schedule, { paths: 100, seed: "b" }).costs).not.toEqual(few.costs);
  });

  test("reports its progress, and its end", () => {
    const seen: number[] = [];
    const onProgress = (fraction: number): void => void seen.push(fraction);
    simulatePortfolio(portfolio, schedule, { paths: 300_000, seed: 1, onProgress });
    expect(seen.length).toBeGreaterThan(1);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen[seen.length - 1]).toBe(1);
    expectRelative(seen[0] as number, 134_144 / 300_000, 1e-12, "2e6 numbers, rounded up to whole blocks");
  });
});
