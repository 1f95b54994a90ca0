import { describe, expect, test } from "vitest";
import {
  boundedPortfolio,
  certifyPortfolio,
  definePortfolio,
  equalPortfolioSchedule,
  type Portfolio,
  type PortfolioOptimum,
  type PortfolioSchedule,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
} from "../../src/portfolio/index";
import { type BoundedCase, boundedCase } from "../helpers/portfolioCases";
import { kinds, randomPortfolio } from "../helpers/portfolios";
import { uniforms } from "../helpers/random";
import { expectRelative, reference } from "../helpers/reference";

const objective = (portfolio: Portfolio, schedule: PortfolioSchedule): number =>
  portfolioCost(portfolio, schedule).objective;

/** A schedule with one round trip added to it. */
function disturbed(
  portfolio: Portfolio,
  schedule: PortfolioSchedule,
  seed: number,
  size: number,
): PortfolioSchedule {
  const draw = uniforms(seed);
  const { profile, intervals: N } = portfolio;
  const open = Array.from({ length: N }, (_, k) => k).filter((k) => profile?.open?.[k] !== false);
  const trades = schedule.trades.map((row) => [...row]);
  for (const i of portfolio.positions.keys()) {
    const from = open[Math.floor(open.length * draw())] as number;
    const to = open[Math.floor(open.length * draw())] as number;
    const d = size * (draw() - 0.5);
    (trades[from] as number[])[i] = ((trades[from] as number[])[i] as number) + d;
    (trades[to] as number[])[i] = ((trades[to] as number[])[i] as number) - d;
  }
  return portfolioFromTrades(portfolio, trades);
}

const cases = kinds.map((kind, seed) => ({ kind: { ...kind, spread: 0.03 }, seed }));

describe("the certificate of a portfolio", () => {
  test.each(cases)(
    "bounds what the optimum saves, from above, whatever the schedule: $kind",
    ({ kind, seed }) => {
      const portfolio = randomPortfolio(seed + 1, kind);
      const best = portfolioSchedule(portfolio);
      const least = objective(portfolio, best);
      const own = certifyPortfolio(portfolio, best);
      expect(own.verdict).toBe("optimal");
      expect(own.gapBound).toBeLessThanOrEqual(own.tolerance);
      for (const size of [1, 100, 3000]) {
        const other = disturbed(portfolio, best, seed, size);
        const gap = objective(portfolio, other) - least;
        const { verdict, gapBound, curvature } = certifyPortfolio(portfolio, other);
        expect(gapBound).toBeGreaterThanOrEqual(gap * (1 - 1e-9) - 1e-9);
        expect(curvature).toBeGreaterThan(0);
        if (gap > 1e-6) expect(verdict).toBe("not-optimal");
        // With the optimum beside it, the bound is the gap.
        const tight = certifyPortfolio(portfolio, other, undefined, { reference: best });
        expect(Math.abs(tight.gapBound - gap)).toBeLessThan(1e-8 * gap + 2 * own.tolerance);
        expect(certifyPortfolio(portfolio, other, undefined, { tolerance: 2 * gapBound }).verdict).toBe(
          "optimal",
        );
      }
    },
  );

  test("is as good without prices given as with those of the solver, and safe with wrong ones", () => {
    const given = reference<{ readonly bounded: readonly BoundedCase[] }>("portfolio")
      .bounded[2] as BoundedCase;
    const { portfolio, limits } = boundedCase(given);
    const { schedule, neutralPrices } = boundedPortfolio(portfolio, limits) as PortfolioOptimum;
    const least = objective(portfolio, schedule);
    const bounds = [undefined, neutralPrices, neutralPrices.map((row) => row.map((price) => price + 3))].map(
      (prices) => certifyPortfolio(portfolio, schedule, limits, { neutralPrices: prices }).gapBound,
    );
    for (const bound of bounds) expect(bound).toBeLessThan(1e-9 * least);
    // Half of the way to other schedules within the limits.
    const loose = boundedPortfolio({ ...portfolio, riskAversion: 3e-5 }, limits) as PortfolioOptimum;
    const gap = objective(portfolio, loose.schedule) - least;
    const judged = certifyPortfolio(portfolio, loose.schedule, limits);
    expect(judged.gapBound).toBeGreaterThan(gap);
    expect(judged).toMatchObject({ verdict: "not-optimal", isGapLoose: true });
    const tight = certifyPortfolio(portfolio, loose.schedule, limits, { reference: schedule, neutralPrices });
    expectRelative(tight.gapBound, gap, 1e-6, "gap");
    // One outside of the limits proves what it can.
    const outside = portfolioSchedule({ ...portfolio, riskAversion: 1e-4 });
    const weak = certifyPortfolio(portfolio, loose.schedule, limits, { reference: outside });
    expect(weak.gapBound).toBeGreaterThanOrEqual(gap);
  });

  const portfolio = definePortfolio({
    ...{
      names: ["A", "B"],
      positions: [1000, -500],
      horizon: 4,
      intervals: 4,
      temporaryImpact: [1e-3, 2e-3],
    },
    ...{
      covariance: [
        [1, 0.8],
        [0.8, 1],
      ],
      riskAversion: 1e-3,
      halfSpreads: 0.01,
      arrivalPrices: [50, 20],
    },
  });
  const best = portfolioSchedule(portfolio);

  test("gives its gap in basis points of the gross value", () => {
    const { gapBound, gapBasisPoints } = certifyPortfolio(portfolio, equalPortfolioSchedule(portfolio));
    expectRelative(gapBasisPoints as number, (1e4 * gapBound) / 60_000, 1e-14, "bp");
  });

  test.each([
    ["a cap", { caps: [300, 500] }],
    ["a sign, sold", { caps: 1e6, noReversal: true }, "A"],
    ["a sign", { caps: 1e6, noReversal: true }],
    ["neutrality", { noReversal: false, neutral: [{ name: "pair", weights: [1, 2] }] }],
  ] as const)("says infeasible of a schedule that breaks %s", (_, limits, name?: string) => {
    const row = [
      [400, 0],
      [300, -200],
      [200, -400],
      [100, 100],
    ];
    if (name === "A") row.splice(0, 4, [1100, 0], [-100, -200], [0, -300], [0, 0]);
    const schedule = portfolioFromTrades(portfolio, row);
    expect(certifyPortfolio(portfolio, schedule, limits)).toMatchObject({
      ...{
        verdict: "infeasible",
        gapBound: Number.NaN,
        feasibilityResidual: 100 * ("neutral" in limits ? 2 : 1),
      },
    });
  });

  test("says infeasible of rows that contradict each other or the positions", () => {
    const { remaining, trades } = best;
    const first = { ...best, remaining: [[1001, -500], ...remaining.slice(1)] };
    expect(certifyPortfolio(portfolio, first)).toMatchObject({
      verdict: "infeasible",
      feasibilityResidual: 1,
    });
    const last = { ...best, remaining: [...remaining.slice(0, -1), [0, 2]] };
    expect(certifyPortfolio(portfolio, last)).toMatchObject({ verdict: "infeasible" });
    const middle = {
      ...best,
      trades: [...trades.slice(0, 3), [(trades[3]?.[0] as number) + 3, trades[3]?.[1] as number]],
    };
    expect(certifyPortfolio(portfolio, middle)).toMatchObject({
      verdict: "infeasible",
      feasibilityResidual: expect.closeTo(3, 9),
    });
  });

  test("says no-optimum where there is none", () => {
    expect(certifyPortfolio({ ...portfolio, riskAversion: -1 }, best)).toMatchObject({
      verdict: "no-optimum",
      curvature: 0,
    });
    const weak = { ...portfolio, riskAversion: -1e-5 };
    expect(certifyPortfolio(weak, portfolioSchedule(weak)).verdict).toBe("optimal");
  });

  test.each(["start", "mid", "end"] as const)(
    "knows the λ below 0 from which there is none, as the solver does: %s",
    (timing) => {
      const at = (riskAversion: number): Portfolio => ({
        ...portfolio,
        halfSpreads: [0, 0],
        timing,
        riskAversion,
      });
      let [solved, refused] = [0, -1];
      for (let i = 0; i < 50; i++) {
        const middle = 0.5 * (solved + refused);
        try {
          portfolioSchedule(at(middle));
          solved = middle;
        } catch {
          refused = middle;
        }
      }
      expect(solved).toBeLessThan(-1e-6);
      expect(certifyPortfolio(at(0.98 * solved), portfolioSchedule(at(0.98 * solved))).verdict).toBe(
        "optimal",
      );
      expect(certifyPortfolio(at(1.02 * refused), best).verdict).toBe("no-optimum");
    },
  );

  test("knows how long one interval may be for the permanent impact, as the solver does", () => {
    const at = (longest: number, place: number): Portfolio =>
      definePortfolio({
        ...{ ...portfolio, riskAversion: 0, permanentImpact: [1.5e-3, 1.5e-3], horizon: 3 + longest },
        profile: { lengths: [0, 1, 2, 3].map((k) => (k === place ? longest : 1)) },
      });
    for (const place of [0, 2, 3]) {
      // A trade there is not convex by itself beyond 2H/Γ = 1.33, and a round trip through it not from later on.
      let [solved, refused] = [1, 1000];
      for (let i = 0; i < 40; i++) {
        const middle = 0.5 * (solved + refused);
        try {
          portfolioSchedule(at(middle, place));
          solved = middle;
        } catch {
          refused = middle;
        }
      }
      expect(solved).toBeGreaterThan(1.35);
      const short = at(0.99 * solved, place);
      expect(certifyPortfolio(short, portfolioSchedule(short)).verdict).toBe("optimal");
      const long = at(1.01 * refused, place);
      expect(certifyPortfolio(long, equalPortfolioSchedule(long)).verdict).toBe("no-optimum");
    }
  });

  test("is of nothing to choose where one interval is open", () => {
    const one = definePortfolio({ ...portfolio, profile: { open: [false, true, false, false] } });
    expect(certifyPortfolio(one, portfolioSchedule(one))).toMatchObject({
      verdict: "optimal",
      gapBound: expect.closeTo(0, 20),
    });
  });

  test("leaves no doubt that a copy through JSON is the same", () => {
    const copy = JSON.parse(JSON.stringify({ portfolio, best })) as {
      portfolio: Portfolio;
      best: PortfolioSchedule;
    };
    expect(certifyPortfolio(copy.portfolio, copy.best)).toEqual(certifyPortfolio(portfolio, best));
    expect(portfolioSchedule(structuredClone(portfolio))).toEqual(best);
  });
});
