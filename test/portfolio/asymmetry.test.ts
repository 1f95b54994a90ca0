import { describe, expect, test } from "vitest";
import { firstExploitable } from "../../src/portfolio/asymmetry";
import {
  certifyPortfolio,
  definePortfolio,
  type FourLegTrip,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
} from "../../src/portfolio/index";
import { randomInput } from "../helpers/portfolios";

/** Two names, of which selling A moves B by half of what selling B moves A. */
const pair = (N: number, change: object = {}) =>
  definePortfolio({
    ...{
      names: ["A", "B"],
      positions: [1e5, 1e5],
      horizon: N,
      intervals: N,
      timeUnit: "day",
      currency: "USD",
    },
    covariance: [
      [1, 0],
      [0, 1],
    ],
    temporaryImpact: [2.05e-7, 2.05e-7],
    permanentImpact: [
      [2e-7, 3e-7],
      [1e-7, 2e-7],
    ],
    ...change,
  });

const refusal = (call: () => unknown): { message: string; reason: string; evidence: Evidence } => {
  try {
    call();
  } catch (error) {
    return error as never;
  }
  throw new Error("not refused");
};

interface Evidence {
  readonly roundTrip: readonly (readonly number[])[];
  readonly fourLegTrip?: FourLegTrip;
  readonly largestInterval?: number;
  readonly smallestIntervals?: number;
}

describe("a permanent impact that is not symmetric", () => {
  test("is solved and certified while the cost is convex, with a warning that names the first N and the trip", () => {
    for (const N of [2, 3]) {
      const portfolio = pair(N);
      expect(certifyPortfolio(portfolio, portfolioSchedule(portfolio)).verdict).toBe("optimal");
      expect(portfolio.warnings).toEqual([
        "The permanent impact is not symmetric: with intervals of 1 day the expected cost is convex for fewer than 4 of them, and " +
          "not from there on. A round trip then makes money: selling 100,000 of A, then 100,000 of B, and buying both back in " +
          "that order costs 2,200 USD with one trade a leg, 100 with 2, −950 with 4, before spreads.",
      ]);
    }
    expect(pair(2, { permanentImpact: [2e-7, 2e-7] }).warnings).toEqual([]);
  });

  test("is refused beyond, with the trip that makes money and one that falls without end", () => {
    for (const N of [4, 9]) {
      const portfolio = pair(N);
      const { message, reason, evidence } = refusal(() => portfolioSchedule(portfolio));
      expect(reason).toBe("cost-not-convex");
      expect(message).toContain(
        "with intervals of 1 day the cost is convex for fewer than 4 of them: selling 100,000 of A",
      );
      expect(evidence.fourLegTrip).toMatchObject({
        ...{
          first: "A",
          second: "B",
          shares: [1e5, 1e5],
          profitableTradesPerLeg: 3,
          tradesPerLeg: [1, 2, 4],
        },
        costs: [expect.closeTo(2200, 6), expect.closeTo(100, 6), expect.closeTo(-950, 6)],
      });
      const schedule = portfolioFromTrades(portfolio, portfolio.positions.length === 2 ? equal(N) : []);
      expect(certifyPortfolio(portfolio, schedule)).toMatchObject({
        verdict: "no-optimum",
        gapBound: Number.POSITIVE_INFINITY,
      });
    }
  });

  const equal = (N: number): number[][] => Array.from({ length: N }, () => [1e5 / N, 1e5 / N]);

  test("takes as many of the second name as cost as much to trade as those of the first, and the order that pays", () => {
    const [forth, back] = [0, 1].map((turn) =>
      pair(20, {
        temporaryImpact: [8e-7, 2e-7],
        permanentImpact: [
          [2e-7, turn === 0 ? 3e-7 : 1e-7],
          [turn === 0 ? 1e-7 : 3e-7, 2e-7],
        ],
      }),
    );
    const trip = (portfolio: typeof forth) =>
      refusal(() => portfolioSchedule(portfolio as never)).evidence.fourLegTrip;
    expect(trip(forth)).toMatchObject({ first: "A", second: "B", shares: [1e5, expect.closeTo(2e5, 6)] });
    expect(trip(back)).toMatchObject({ first: "B", second: "A", shares: [1e5, expect.closeTo(5e4, 6)] });
  });

  test("has a round trip, added to any schedule in larger and larger multiples, whose cost falls", () => {
    const portfolio = pair(6);
    const { evidence } = refusal(() => portfolioSchedule(portfolio));
    const cost = (s: number): number => {
      const trades = equal(6).map((row, k) =>
        row.map((n, i) => n + s * (evidence.roundTrip[k]?.[i] as number)),
      );
      return portfolioCost(portfolio, portfolioFromTrades(portfolio, trades)).expectedCost;
    };
    const sums = [0, 1].map((i) => evidence.roundTrip.reduce((sum, row) => sum + (row[i] as number), 0));
    expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-12);
    expect(cost(1e9) + cost(-1e9) - 2 * cost(0)).toBeLessThan(-1);
  });

  test("costs on its trip what a walk of it costs", () => {
    for (const [trades, cost] of [
      [1, 2200],
      [2, 100],
      [4, -950],
      [8, -1475],
      [16, -1737.5],
    ] as const) {
      // A position that is traded at the very end, so that the trip stands by itself.
      const N = 4 * trades + 1;
      const portfolio = pair(N, { positions: [1e-9, 1e-9] });
      const n = 1e5 / trades;
      const legs = [
        [n, 0],
        [0, n],
        [-n, 0],
        [0, -n],
      ];
      const rows = Array.from({ length: N }, (_, k) => legs[Math.floor(k / trades)] ?? [1e-9, 1e-9]);
      expect(portfolioCost(portfolio, portfolioFromTrades(portfolio, rows)).expectedCost).toBeCloseTo(
        cost,
        3,
      );
    }
  });

  test("is convex below N = π/atan(κ/2) and not from there on: 30 random ones, by elimination", () => {
    let seen = 0;
    for (let seed = 0; seed < 30; seed++) {
      const input = randomInput(seed, { m: 3, N: 4, isSkew: true, riskAversion: 0 });
      const size = 1 + seed;
      const permanentImpact = (input.permanentImpact as number[][]).map((row, i) =>
        row.map((value, j) => (i < j ? value + size * 4e-5 : value)),
      );
      const at = (N: number) =>
        definePortfolio({
          ...input,
          permanentImpact: symmetricRoom(permanentImpact),
          intervals: N,
          horizon: N / 2,
        });
      const first = firstExploitable(at(4)) as number;
      if (first > 60) continue;
      seen++;
      const isConvex = (N: number): boolean => {
        try {
          portfolioSchedule(at(N));
          return true;
        } catch {
          return false;
        }
      };
      expect(first).toBeGreaterThanOrEqual(2);
      if (first > 2) expect(isConvex(first - 1)).toBe(true);
      expect(isConvex(Math.max(2, first))).toBe(false);
    }
    expect(seen).toBeGreaterThan(10);
  });

  /** The same skew part, with a symmetric part that is positive definite. */
  const symmetricRoom = (Γ: number[][]): number[][] =>
    Γ.map((row, i) =>
      row.map((value, j) => (i === j ? 1e-3 : 0.5 * (value - ((Γ[j] as number[])[i] as number)))),
    );
});

describe("intervals that are too long for the permanent impact", () => {
  test("are refused with the longest that would do, and the names for which", () => {
    const portfolio = definePortfolio({
      ...{ positions: [1, 1], horizon: 5, intervals: 2, temporaryImpact: [1, 1], timeUnit: "day" },
      covariance: [
        [1, 0],
        [0, 1],
      ],
      permanentImpact: [
        [1, 0.5],
        [0.5, 1],
      ],
    });
    const { message, evidence } = refusal(() => portfolioSchedule(portfolio));
    expect(message).toBe(
      "The expected cost of this portfolio falls without end along a round trip, by 1.4·s² currency for s times its trades. Intervals of " +
        "2.5 days are too long: what permanent impact gives back outweighs temporary impact, most for 1 of Name 1, 1 of Name 2. They " +
        "must be shorter than 1.33333 days: use at least 4 intervals.",
    );
    expect(evidence).toMatchObject({ smallestIntervals: 4, largestInterval: expect.closeTo(4 / 3, 12) });
    expect(evidence.roundTrip).toEqual([
      [1, 1],
      [-1, -1],
    ]);
    expect(() => portfolioSchedule({ ...portfolio, intervals: 3 })).toThrow(/use at least 4 intervals/);
    expect(portfolioSchedule({ ...portfolio, intervals: 4 }).trades).toHaveLength(4);
    // Timing "mid" has no such limit.
    expect(portfolioSchedule({ ...portfolio, timing: "mid" }).trades).toHaveLength(2);
  });

  test("of a day on which it falls, are refused though each trade by itself is convex", () => {
    const profile = { permanentImpact: Array.from({ length: 20 }, (_, k) => (k < 10 ? 1 : 0)) };
    const portfolio = definePortfolio({
      ...{ positions: [1e5, -1e5], horizon: 20, intervals: 20, temporaryImpact: [1e-6, 1e-6], profile },
      covariance: [
        [1, 0],
        [0, 1],
      ],
      permanentImpact: [8e-7, 8e-7],
    });
    expect(refusal(() => portfolioSchedule(portfolio)).message).toMatch(
      /Permanent impact must not fall so fast over the day/,
    );
  });
});
