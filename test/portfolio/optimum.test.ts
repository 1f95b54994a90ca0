import { Matrix, solve } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { defineProblem, optimalSchedule } from "../../src/index";
import { blockMinimizer } from "../../src/portfolio/blocks";
import { chainMinimizer } from "../../src/portfolio/chains";
import { type Minimizer, type Pair, pairOf, portfolioForm } from "../../src/portfolio/form";
import {
  certifyPortfolio,
  definePortfolio,
  type Portfolio,
  type PortfolioSchedule,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
} from "../../src/portfolio/index";
import { smoothTrades } from "../../src/portfolio/optimum";
import { type Kind, kinds, randomInput, randomPortfolio } from "../helpers/portfolios";
import { expectRelative, reference } from "../helpers/reference";

interface TwoAssets {
  readonly name: string;
  readonly params: {
    readonly X: number[];
    readonly T: number;
    readonly N: number;
    readonly lam: number;
    readonly C: number[][];
    readonly H: number[][];
    readonly Gamma: number[][];
  };
  readonly x: number[][];
  readonly E: number;
  readonly V: number;
  readonly U: number;
}

const largest = (rows: readonly (readonly number[])[]): number => Math.max(...rows.flat().map(Math.abs));

/** How far two schedules are apart, beside the largest position. */
function distance(one: readonly (readonly number[])[], other: readonly (readonly number[])[]): number {
  const apart = one.flatMap((row, k) =>
    row.map((value, i) => Math.abs(value - ((other[k] as number[])[i] as number))),
  );
  return Math.max(...apart) / largest(one.slice(0, 1));
}

/** A schedule whose costs are not trades but derivatives: the objective of trades that miss the position by what the last takes. */
function objectiveOf(portfolio: Portfolio, free: readonly number[]): number {
  const { N, m, open } = shapeOf(portfolio);
  const trades = Array.from({ length: N }, () => new Array<number>(m).fill(0));
  const lastOpen = open[open.length - 1] as number;
  const left = [...portfolio.positions];
  open.slice(0, -1).forEach((k, j) => {
    for (let i = 0; i < m; i++) {
      const n = free[j * m + i] as number;
      (trades[k] as number[])[i] = n;
      left[i] = (left[i] as number) - n;
    }
  });
  trades[lastOpen] = left;
  const { objective, spread } = portfolioCost(portfolio, portfolioFromTrades(portfolio, trades));
  return objective - spread;
}

function shapeOf(portfolio: Portfolio): { N: number; m: number; open: number[] } {
  const { intervals: N, positions, profile } = portfolio;
  const open = Array.from({ length: N }, (_, k) => k).filter((k) => profile?.open?.[k] !== false);
  return { N, m: positions.length, open };
}

/** The optimum from the cost report alone: E + λV is a parabola, so finite differences with steps of any size give its derivatives. */
function optimumOfCosts(portfolio: Portfolio): number[] {
  const { m, open } = shapeOf(portfolio);
  const size = m * (open.length - 1);
  const h = 1000;
  const unit = (a: number, b = -1): number[] =>
    Array.from({ length: size }, (_, at) => (at === a ? h : 0) + (at === b ? h : 0));
  const zero = objectiveOf(portfolio, unit(-1));
  const single = Array.from({ length: size }, (_, a) => objectiveOf(portfolio, unit(a)));
  const minus = Array.from({ length: size }, (_, a) =>
    objectiveOf(
      portfolio,
      unit(a).map((value) => -value),
    ),
  );
  const H = single.map((fa, a) =>
    single.map((fb, b) => (objectiveOf(portfolio, unit(a, b)) - fa - fb + zero) / (h * h)),
  );
  const g = single.map((fa, a) => [-(fa - (minus[a] as number)) / (2 * h)]);
  return solve(new Matrix(H), new Matrix(g)).to1DArray();
}

describe("the optimum of a portfolio", () => {
  const cases = reference<{ readonly two_asset: readonly TwoAssets[] }>("almgren_chriss_2001").two_asset;

  test.each(cases)("is the reference's of 60 digits: $name", ({ params, x, E, V, U }) => {
    const portfolio = definePortfolio({
      ...{ positions: params.X, horizon: params.T, intervals: params.N, riskAversion: params.lam },
      ...{ covariance: params.C, temporaryImpact: params.H, permanentImpact: params.Gamma },
    });
    const schedule = portfolioSchedule(portfolio);
    expect(distance(x, schedule.remaining)).toBeLessThan(1e-14);
    const cost = portfolioCost(portfolio, schedule);
    expectRelative(cost.expectedCost, E, 1e-14, "E");
    expectRelative(cost.costVariance, V, 1e-14, "V");
    expectRelative(cost.objective, U, 1e-14, "U");
  });

  test.each(kinds.map((kind, seed) => ({ kind, seed })))(
    "is the minimum of the cost report's parabola: $kind",
    ({ kind, seed }) => {
      const portfolio = randomPortfolio(seed + 1, kind);
      const { m, open } = shapeOf(portfolio);
      const { trades } = portfolioSchedule(portfolio);
      const ours = open.slice(0, -1).flatMap((k) => [...(trades[k] as readonly number[])]);
      const theirs = optimumOfCosts(portfolio);
      const size = largest([portfolio.positions]);
      // Second differences lose some digits of the matrix, and its condition the rest.
      ours.forEach((n, at) => {
        expect(Math.abs(n - (theirs[at] as number)) / size, `trade ${at} of ${m}`).toBeLessThan(1e-6);
      });
      expect(certifyPortfolio(portfolio, portfolioSchedule(portfolio)).verdict).toBe("optimal");
    },
  );

  test.each(
    kinds
      .filter(({ isSkew, profile }) => isSkew !== true && profile !== "all")
      .map((kind, seed) => ({ kind, seed })),
  )("is the same by blocks and by chains, to 1e-12 of the largest position: $kind", ({ kind, seed }) => {
    const form = portfolioForm(randomPortfolio(seed + 50, kind));
    const pair = pairOf(form) as Pair;
    const [chains, blocks] = [chainMinimizer(form, pair), blockMinimizer(form)].map((minimizer) => {
      const trades = smoothTrades(form, minimizer as Minimizer);
      return [...trades];
    });
    const size = largest([[...form.market.positions]]);
    chains?.forEach((n, at) => {
      expect(Math.abs(n - (blocks?.[at] as number))).toBeLessThanOrEqual(1e-12 * size);
    });
  });

  test("takes chains where impact is symmetric and varies by one factor, and blocks elsewhere", () => {
    const hasChains = (kind: Partial<Kind>, change = {}): boolean =>
      pairOf(portfolioForm(definePortfolio({ ...randomInput(1, { m: 3, N: 4, ...kind }), ...change }))) !==
      undefined;
    expect(hasChains({})).toBe(true);
    expect(hasChains({ profile: "level impact" })).toBe(true);
    expect(hasChains({ isSkew: true })).toBe(false);
    expect(hasChains({ profile: "all" })).toBe(false);
    expect(hasChains({ profile: "all" }, { permanentImpact: [0, 0, 0] })).toBe(true);
    expect(hasChains({ m: 1, profile: "all" })).toBe(true);
    const { temporaryImpact } = randomInput(1, { m: 3, N: 4, profile: "all" });
    const alike = (temporaryImpact as number[][]).map((row) => row.map((value) => 0.125 * value));
    expect(hasChains({ profile: "all" }, { permanentImpact: alike })).toBe(true);
  });

  test("is by chains what it is by blocks where permanent impact is a multiple of the temporary one", () => {
    const input = randomInput(9, { m: 4, N: 7, profile: "all", drift: 0.1 });
    const permanentImpact = (input.temporaryImpact as number[][]).map((row) =>
      row.map((value) => 0.125 * value),
    );
    const form = portfolioForm(definePortfolio({ ...input, permanentImpact }));
    const chains = smoothTrades(form, chainMinimizer(form, pairOf(form) as Pair) as Minimizer);
    const blocks = smoothTrades(form, blockMinimizer(form) as Minimizer);
    chains.forEach((n, at) => {
      expect(n).toBeCloseTo(blocks[at] as number, 8);
    });
  });

  test("trades names without risk in common and without impact on each other as single orders", () => {
    const [sell, buy] = [4000, -2500];
    const shared = { horizon: 5, intervals: 9, riskAversion: 1e-4, timing: "end" as const };
    const portfolio = definePortfolio({
      ...shared,
      ...{
        positions: [sell, buy],
        covariance: [
          [0.81, 0],
          [0, 4],
        ],
        temporaryImpact: [1e-3, 2e-3],
      },
      ...{ permanentImpact: [1e-4, 3e-4], drifts: [0.01, -0.02] },
    });
    const single = (shares: number, i: 0 | 1): PortfolioSchedule["remaining"] =>
      optimalSchedule(
        defineProblem({
          ...shared,
          ...{
            side: shares > 0 ? "sell" : "buy",
            shares: Math.abs(shares),
            volatility: [0.9, 2][i] as number,
          },
          ...{ temporaryImpact: [1e-3, 2e-3][i], permanentImpact: [1e-4, 3e-4][i], drift: [0.01, -0.02][i] },
        }),
      ).remaining.map((x) => [Math.sign(shares) * x]);
    const { remaining } = portfolioSchedule(portfolio);
    expect(
      distance(
        single(sell, 0),
        remaining.map((row) => [row[0] as number]),
      ),
    ).toBeLessThan(1e-13);
    expect(
      distance(
        single(buy, 1),
        remaining.map((row) => [row[1] as number]),
      ),
    ).toBeLessThan(1e-13);
  });

  test("does not depend on the order of the names, nor on units of shares", () => {
    const input = randomInput(3, { m: 3, N: 6 });
    const order = [2, 0, 1];
    const turn = (matrix: unknown): number[][] =>
      order.map((i) => order.map((j) => ((matrix as number[][])[i] as number[])[j] as number));
    const turned = definePortfolio({
      ...input,
      positions: order.map((i) => input.positions[i] as number),
      ...{ covariance: turn(input.covariance), temporaryImpact: turn(input.temporaryImpact) },
      permanentImpact: turn(input.permanentImpact),
    });
    const one = portfolioSchedule(definePortfolio(input)).remaining;
    const other = portfolioSchedule(turned).remaining.map((row) =>
      order.map((_, j) => row[order.indexOf(j)] as number),
    );
    expect(distance(one, other)).toBeLessThan(1e-13);
    const scale = (matrix: unknown): number[][] =>
      (matrix as number[][]).map((row) => row.map((value) => value / 64));
    const small = definePortfolio({
      ...input,
      positions: Array.from(input.positions, (x) => 8 * x),
      ...{ covariance: scale(input.covariance), temporaryImpact: scale(input.temporaryImpact) },
      permanentImpact: scale(input.permanentImpact),
    });
    expect(
      distance(
        one,
        portfolioSchedule(small).remaining.map((row) => row.map((x) => x / 8)),
      ),
    ).toBeLessThan(1e-13);
  });

  test("of one interval, or one that is open, trades everything there", () => {
    const input = randomInput(2, { m: 2, N: 1 });
    expect(portfolioSchedule(definePortfolio(input)).trades).toEqual([Array.from(input.positions)]);
    const later = definePortfolio({ ...input, intervals: 3, profile: { open: [false, true, false] } });
    expect(portfolioSchedule(later).trades).toEqual([[0, 0], Array.from(input.positions), [0, 0]]);
    expect(portfolioSchedule(later).remaining[1]).toEqual(Array.from(input.positions));
  });

  test("follows the closed form of λ below 0 down to its limit, and is refused beyond", () => {
    const shared = { horizon: 5, intervals: 5, riskAversion: -2e-7 };
    const single = defineProblem({ ...shared, shares: 1e6, volatility: 0.95, temporaryImpact: 2.5e-6 });
    const portfolio = definePortfolio({
      ...{ ...shared, positions: [1e6], covariance: [[0.95 ** 2]], temporaryImpact: [2.5e-6] },
    });
    const rows = optimalSchedule(single).remaining.map((x) => [x]);
    expect(distance(rows, portfolioSchedule(portfolio).remaining)).toBeLessThan(1e-13);
    expect(() => portfolioSchedule({ ...portfolio, riskAversion: -2e-6 })).toThrow(
      /^With a risk aversion of -2e-6 1\/currency E \+ λV falls without end along a round trip, by [\d.e-]+·s² currency/,
    );
  });
});
