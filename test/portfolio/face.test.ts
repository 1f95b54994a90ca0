import { describe, expect, test } from "vitest";
import { settle } from "../../src/portfolio/face";
import { portfolioForm } from "../../src/portfolio/form";
import { boundGap } from "../../src/portfolio/gap";
import { boundedPortfolio, certifyPortfolio, type PortfolioOptimum } from "../../src/portfolio/index";
import { checkLimits } from "../../src/portfolio/limits";
import { programOf } from "../../src/portfolio/program";
import { type BoundedCase, boundedCase } from "../helpers/portfolioCases";
import { uniforms } from "../helpers/random";
import { reference } from "../helpers/reference";

const [, cash, bothWays] = reference<{ readonly bounded: readonly BoundedCase[] }>("portfolio").bounded;

describe("the exact solve within limits", () => {
  test.each([
    ["trades that begin at their caps", 1],
    ["trades that begin at 0", 0],
    ["trades that begin anywhere", 0.37],
  ])("finds which are held, from %s", (_, part) => {
    for (const given of [cash, bothWays] as BoundedCase[]) {
      const { portfolio, limits } = boundedCase({ ...given, m: 5, N: 7, neutral: false });
      const arrays = checkLimits(portfolio, limits);
      const program = programOf(portfolioForm(portfolio), arrays);
      const { upper, lower } = program;
      const start = upper.map(
        (cap, at) => part * cap + (1 - part) * Math.min(cap, Math.max(0, lower[at] as number)),
      );
      const found = settle(program, start, new Float64Array(start.length));
      const { schedule } = boundedPortfolio(portfolio, limits) as PortfolioOptimum;
      schedule.trades.flat().forEach((n, at) => {
        expect(Math.abs(n - (found?.n[at] as number))).toBeLessThan(1e-4);
      });
    }
  });

  test("of 300 random portfolios is certified, or proven to have none: caps, kinks, neutral pairs of combinations", () => {
    let none = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const draw = uniforms(seed);
      const m = 3 + Math.floor(6 * draw());
      const N = 4 + Math.floor(10 * draw());
      const neutral = draw() < 0.5;
      const { portfolio, limits } = boundedCase({
        ...{
          name: "",
          seed,
          m,
          N,
          cross: draw(),
          cap: 1.02 + 2 * draw() ** 2,
          spread: draw() < 0.5 ? 0.005 : 0.2,
        },
        ...{ lam: 10 ** (-9 + 5 * draw()), neutral, noReversal: draw() < 0.6 },
      });
      const prices = portfolio.arrivalPrices as readonly number[];
      const pair = { name: "third", weights: prices.map((price, i) => (i % 3 === 1 ? price : 0)) };
      const all = {
        ...limits,
        neutral: neutral && draw() < 0.3 ? [...(limits.neutral ?? []), pair] : limits.neutral,
      };
      const result = boundedPortfolio(portfolio, all);
      if (result.status === "infeasible") {
        none++;
        expect(result.proof.kind).toBe("neutral");
        continue;
      }
      expect(result.certificate.verdict).toBe("optimal");
      expect(result.certificate.gapBound).toBeLessThanOrEqual(result.certificate.tolerance);
      expect(certifyPortfolio(portfolio, result.schedule, all).verdict).toBe("optimal");
    }
    // A third sold down to 0 at once, against its caps.
    expect(none).toBeGreaterThan(3);
    expect(none).toBeLessThan(60);
  });

  test("keeps caps that leave one schedule only", () => {
    const { portfolio } = boundedCase({ ...(cash as BoundedCase), m: 2, N: 4, neutral: true });
    const caps = portfolio.positions.map((x) => Math.abs(x) / 4);
    const neutral = [{ name: "cash", weights: portfolio.arrivalPrices as readonly number[] }];
    const { schedule } = boundedPortfolio(portfolio, { caps, neutral }) as PortfolioOptimum;
    schedule.trades.forEach((row) => {
      row.forEach((n, i) => {
        expect(n / ((portfolio.positions[i] as number) / 4)).toBeCloseTo(1, 12);
      });
    });
  });
});

test("the bound of a gap counts what a schedule lacks of neutrality, at the prices it uses", () => {
  const cells = {
    ...{
      m: 2,
      n: Float64Array.of(1, -1 + 1e-3, 1, -1),
      slopes: new Float64Array(4),
      spreads: new Float64Array(4),
    },
    ...{
      squares: new Float64Array(4).fill(1),
      lower: new Float64Array(4).fill(-2),
      upper: new Float64Array(4).fill(2),
    },
  };
  const task = {
    ...{ positions: Float64Array.of(2, -2), neutral: [Float64Array.of(1, 1)], first: 0 },
    guess: Float64Array.of(5, 5),
  };
  // The prices alone: 5 a unit, of which 1e-3 is missing.
  expect(boundGap(cells, { ...task, enough: Number.POSITIVE_INFINITY })).toBeGreaterThan(5e-3);
});
