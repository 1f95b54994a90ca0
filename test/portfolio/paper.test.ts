import { describe, expect, test } from "vitest";
import {
  certifyPortfolio,
  definePortfolio,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
} from "../../src/portfolio/index";
import { expectRelative, reference } from "../helpers/reference";

interface Point {
  readonly lam: number;
  readonly x: readonly (readonly number[])[];
  readonly E: number;
  readonly V: number;
  readonly spreadPaid: number;
}

const { paper } = reference<{
  readonly paper: { readonly points: readonly Point[]; readonly kink: { objective: number; x: number[][] } };
}>("portfolio");

/** Table 1's stock beside one of twice the price and four times the volume; the spread is that of both. */
const portfolio = (riskAversion: number, halfSpreads = 0) =>
  definePortfolio({
    ...{ positions: [1e6, 1e6], horizon: 5, intervals: 5, riskAversion, halfSpreads },
    covariance: [
      [0.9, 0.2],
      [0.2, 0.9],
    ],
    ...{ temporaryImpact: [2.5e-6, 6.25e-7], permanentImpact: [2.5e-7, 6.25e-8], arrivalPrices: [50, 100] },
  });

const printed = [
  { λ: 2e-6, E: 1.7004e6, V: 2.3495e11 },
  { λ: 1e-6, E: 1.386e6, V: 4.5895e11 },
  { λ: 0, E: 8.75e5, V: 2.64e12 },
  { λ: -5e-8, E: 9.0017e5, V: 3.5541e12 },
];

describe("the 2001 paper's example of two stocks (Appendix A.4, Figures 5 and 6)", () => {
  test.each(printed)("has the optimum of the reference for λ = $λ", ({ λ, E, V }) => {
    const given = paper.points.find(({ lam }) => lam === λ) as Point;
    const schedule = portfolioSchedule(portfolio(λ));
    schedule.remaining.flat().forEach((x, at) => {
      expect(Math.abs(x - (given.x.flat()[at] as number)) / 1e6).toBeLessThan(1e-9);
    });
    // The paper charges the spread on the positions only.
    const { expectedCost, costVariance } = portfolioCost(portfolio(λ), schedule);
    expectRelative(expectedCost + 0.0625 * 2e6, given.E, 1e-12, "E");
    expectRelative(costVariance, given.V, 1e-12, "V");
    expectRelative(expectedCost + 0.0625 * 2e6, E, 5e-5, "E to five digits");
    expectRelative(costVariance, V, 5e-5, "V to five digits");
  });

  test("has the urgencies κ = 0.586955 and 1.172694 a day along its two directions", () => {
    const { remaining } = portfolioSchedule(portfolio(1e-6));
    // Two modes: x_k solves x_{k+1} + x_{k−1} = 2 cosh(κ) x_k in each. The sum and product of 2cosh κ from two equations.
    const c = [0.586955, 1.172694].map((κ) => 2 * Math.cosh(κ));
    const [a, b] = [(c[0] as number) + (c[1] as number), (c[0] as number) * (c[1] as number)];
    // (S − c1)(S − c2) x = 0 with S x = x_{k+1} + x_{k−1}: five points for k = 2.
    for (const i of [0, 1]) {
      const x = remaining.map((row) => row[i] as number);
      const S = (k: number): number => (x[k + 1] as number) + (x[k - 1] as number);
      const SS = S(3) + S(1);
      expect(Math.abs(SS - a * S(2) + b * (x[2] as number)) / 1e6).toBeLessThan(2e-6);
    }
  });

  // The eighth erratum.
  test("goes short in its second stock, and is not the optimum once that spread is paid", () => {
    const smooth = portfolioSchedule(portfolio(1e-6));
    expect(smooth.remaining.slice(1, 5).map((row) => Math.round(row[1] as number))).toEqual([
      245_483, 41_674, -3953, -6960,
    ]);
    const paying = portfolio(1e-6, 0.0625);
    const held = portfolioFromTrades(paying, smooth.trades);
    const cost = portfolioCost(paying, held);
    expect(cost.spread).toBeCloseTo(125_870.0, 1);
    expect(cost.objective).toBeCloseTo(1_845_804.8, 1);

    const best = portfolioSchedule(paying);
    expect(best.remaining.slice(1, 5).map((row) => Number((row[1] as number).toFixed(1)))).toEqual([
      245_853.8, 42_930.8, 0, 0,
    ]);
    const { spread, objective } = portfolioCost(paying, best);
    expect(spread).toBeCloseTo(125_000, 6);
    expectRelative(objective, paper.kink.objective, 1e-12, "objective by clarabel");
    expect(objective).toBeCloseTo(1_845_031.97, 2);
    expect(certifyPortfolio(paying, best).verdict).toBe("optimal");
    const judged = certifyPortfolio(paying, held, undefined, { reference: best });
    expect(judged).toMatchObject({ verdict: "not-optimal", isGapLoose: false });
    expectRelative(judged.gapBound, cost.objective - objective, 1e-8, "gap");
  });
});
