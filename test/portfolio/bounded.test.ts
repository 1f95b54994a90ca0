import { describe, expect, test } from "vitest";
import { boundedSchedule, defineProblem } from "../../src/index";
import {
  type BoundedPortfolioResult,
  boundedPortfolio,
  certifyPortfolio,
  definePortfolio,
  type PortfolioInfeasible,
  type PortfolioLimits,
  type PortfolioOptimum,
  portfolioCost,
  portfolioFromTrades,
  portfolioFrontier,
  portfolioSchedule,
} from "../../src/portfolio/index";
import { type BoundedCase, boundedCase } from "../helpers/portfolioCases";
import { randomInput } from "../helpers/portfolios";
import { uniforms } from "../helpers/random";
import { expectRelative, reference } from "../helpers/reference";

function optimum(result: BoundedPortfolioResult): PortfolioOptimum {
  if (result.status !== "optimal") throw new Error(result.message);
  return result;
}

function infeasible(result: BoundedPortfolioResult): PortfolioInfeasible {
  if (result.status !== "infeasible") throw new Error("optimal");
  return result;
}

const { bounded } = reference<{ readonly bounded: readonly BoundedCase[] }>("portfolio");

describe("the optimum within limits", () => {
  test.each(bounded)("is clarabel's to 1e-8: $name, $m names, $N intervals", (given) => {
    const { portfolio, limits } = boundedCase(given);
    const { schedule, certificate } = optimum(boundedPortfolio(portfolio, limits));
    // clarabel stops at 1e-12 of its own residuals; its objective is above the least by some 1e-11.
    expectRelative(portfolioCost(portfolio, schedule).objective, given.objective, 1e-10, "objective");
    const largest = Math.max(...portfolio.positions.map(Math.abs));
    given.picked.forEach(([k, i], at) => {
      const ours = schedule.trades[k]?.[i] as number;
      expect(Math.abs(ours - (given.trades[at] as number)) / largest).toBeLessThan(1e-6);
    });
    expect(certificate.verdict).toBe("optimal");
    // The default tolerance is 1e-9 of what the schedule decides.
    expect(certificate.gapBound).toBeLessThan(certificate.tolerance);
    const own = certifyPortfolio(portfolio, schedule, limits);
    expect(own).toMatchObject({ verdict: "optimal", isGapLoose: false });
  });

  test.each(["start", "mid", "end"] as const)(
    "of one name is boundedSchedule's, sold or bought: %s",
    (timing) => {
      let reversals = 0;
      for (const side of ["sell", "buy"] as const) {
        const shared = { horizon: 3, intervals: 8, riskAversion: 2e-3, timing };
        const problem = defineProblem({
          ...{ ...shared, side, shares: 1000, volatility: 1, temporaryImpact: 1e-3, permanentImpact: 1e-4 },
          ...{ halfSpread: 0.3, drift: side === "sell" ? 8 : -8 },
        });
        const s = side === "sell" ? 1 : -1;
        const portfolio = definePortfolio({
          ...{
            ...shared,
            positions: [s * 1000],
            covariance: [[1]],
            temporaryImpact: [1e-3],
            permanentImpact: [1e-4],
          },
          ...{ halfSpreads: 0.3, drifts: s * 8 },
        });
        for (const cap of [180, 300, null]) {
          for (const noReversal of [true, false]) {
            const lower = noReversal ? 0 : cap === null ? null : -cap;
            const single = boundedSchedule(problem, { lower, upper: cap });
            if (single.status !== "optimal") throw new Error("infeasible");
            if (Math.min(...single.schedule.trades) < 0) reversals++;
            const { schedule, capPrices } = optimum(boundedPortfolio(portfolio, { caps: cap, noReversal }));
            single.schedule.trades.forEach((n, k) => {
              expect(s * (schedule.trades[k]?.[0] as number)).toBeCloseTo(n, 7);
              expect(capPrices[k]?.[0]).toBeCloseTo(single.upperPrices[k] as number, 9);
            });
          }
        }
      }
      // The trend is worth waiting for: whoever is free to does the opposite first.
      expect(reversals).toBeGreaterThan(3);
    },
  );

  test("is no better than any other schedule that keeps to the limits, and better than all of 200", () => {
    const input = randomInput(5, { m: 4, N: 6, spread: 0.05, timing: "mid", profile: "all", isSkew: true });
    const portfolio = definePortfolio({ ...input, riskAversion: 2e-3 });
    const weights = [3, -1, 2, 5];
    const limits = { caps: 900, noReversal: false, neutral: [] };
    const { schedule, certificate } = optimum(boundedPortfolio(portfolio, limits));
    const least = portfolioCost(portfolio, schedule).objective;
    const draw = uniforms(3);
    const open = [0, 1, 3, 4, 5];
    for (let trial = 0; trial < 200; trial++) {
      const trades = schedule.trades.map((row) => [...row]);
      const size = 10 ** (3 * draw() - 1);
      for (let i = 0; i < weights.length; i++) {
        const [from, to] = [open[Math.floor(5 * draw())] as number, open[Math.floor(5 * draw())] as number];
        const d = size * (draw() - 0.5);
        (trades[from] as number[])[i] = ((trades[from] as number[])[i] as number) + d;
        (trades[to] as number[])[i] = ((trades[to] as number[])[i] as number) - d;
      }
      if (trades.flat().some((n) => Math.abs(n) > 900)) continue;
      const other = portfolioFromTrades(portfolio, trades);
      expect(portfolioCost(portfolio, other).objective).toBeGreaterThan(least - certificate.gapBound - 1e-9);
    }
  });

  test("keeps exactly to caps, signs and closed intervals, and to neutrality but for rounding", () => {
    const { portfolio, limits } = boundedCase(bounded[1] as BoundedCase);
    const open = Array.from({ length: 30 }, (_, k) => k !== 4);
    const closed = definePortfolio({ ...portfolio, profile: { open } });
    const { schedule } = optimum(boundedPortfolio(closed, limits));
    const caps = limits.caps as number[][];
    const prices = portfolio.arrivalPrices as readonly number[];
    schedule.trades.forEach((row, k) => {
      row.forEach((n, i) => {
        expect(Math.abs(n)).toBeLessThanOrEqual((caps[k] as number[])[i] as number);
        expect(n * (portfolio.positions[i] as number)).toBeGreaterThanOrEqual(0);
        if (k === 4) expect(Math.abs(n)).toBe(0);
      });
      const held = (schedule.remaining[k + 1] as readonly number[]).reduce(
        (sum, x, i) => sum + x * (prices[i] as number),
        0,
      );
      expect(Math.abs(held)).toBeLessThan(1e-3);
    });
  });

  test("is neutral from the first trade on where the positions are not, and trades hedges that it does not hold", () => {
    const portfolio = definePortfolio({
      ...{ names: ["stock", "hedge"], positions: [1000, 0], horizon: 4, intervals: 4, riskAversion: 1e-2 },
      covariance: [
        [1, 0.9],
        [0.9, 1],
      ],
      temporaryImpact: [1e-3, 1e-4],
    });
    const neutral = [{ name: "beta", weights: [1, 1] }];
    const { schedule } = optimum(boundedPortfolio(portfolio, { neutral }));
    for (const [stock, hedge] of schedule.remaining.slice(1) as unknown as readonly (readonly [
      number,
      number,
    ])[]) {
      expect(stock + hedge).toBeCloseTo(0, 7);
    }
    expect(schedule.trades[0]?.[1]).toBeGreaterThan(100);
    // Without the combination, the hedge costs less than it saves only in part.
    const free = portfolioSchedule(portfolio);
    expect(free.remaining[1]?.[1]).toBeLessThan(0);
    // A combination twice, or one that follows from others, changes nothing.
    const twice = [...neutral, { name: "again", weights: [-2, -2] }];
    const same = optimum(boundedPortfolio(portfolio, { neutral: twice })).schedule;
    same.remaining.flat().forEach((x, at) => {
      expect(x).toBeCloseTo(schedule.remaining.flat()[at] as number, 6);
    });
  });

  test("without limits is the smooth optimum where that trades one way, and portfolioSchedule's where not", () => {
    const one = definePortfolio({
      ...randomInput(8, { m: 3, N: 5, isCrossed: false, spread: 0.01 }),
      covariance: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    // The 2001 paper's example, Appendix A.4.
    const both = definePortfolio({
      ...{ positions: [1e6, 1e6], horizon: 5, intervals: 5, riskAversion: 1e-6, halfSpreads: 0.0625 },
      covariance: [
        [0.9, 0.2],
        [0.2, 0.9],
      ],
      ...{ temporaryImpact: [2.5e-6, 6.25e-7], permanentImpact: [2.5e-7, 6.25e-8] },
    });
    for (const portfolio of [one, both]) {
      const schedule = portfolioSchedule(portfolio);
      const other = optimum(boundedPortfolio(portfolio, { noReversal: false })).schedule;
      schedule.trades.flat().forEach((n, at) => {
        expect(n).toBeCloseTo(other.trades.flat()[at] as number, 6);
      });
      expect(certifyPortfolio(portfolio, schedule).verdict).toBe("optimal");
      expect(schedule.name).toBe("Optimal");
    }
    const trades = portfolioSchedule(both).trades;
    // The kink: some name stands still for a while.
    expect(trades.flat()).toContain(0);
  });

  test("a cap's price is what one share more would save", () => {
    const { portfolio, limits } = boundedCase({
      ...(bounded[1] as BoundedCase),
      m: 5,
      N: 6,
      cap: 1.5,
      neutral: false,
    });
    const caps = limits.caps as number[][];
    const best = optimum(boundedPortfolio(portfolio, limits));
    const value = (changed: number[][]): number =>
      portfolioCost(portfolio, optimum(boundedPortfolio(portfolio, { ...limits, caps: changed })).schedule)
        .objective;
    const largest = Math.max(...best.capPrices.flat());
    expect(largest).toBeGreaterThan(0.01);
    best.capPrices.forEach((row, k) => {
      row.forEach((price, i) => {
        if (price !== largest && i + k !== 4) return;
        const h = 1e-2;
        const change = (d: number): number =>
          value(caps.map((line, l) => line.map((cap, j) => (l === k && j === i ? cap + d : cap))));
        // Central differences of a parabola by parts.
        expect((change(-h) - change(h)) / (2 * h)).toBeCloseTo(price, 5);
      });
    });
  });

  test("reports its progress, rising to 1", () => {
    const { portfolio, limits } = boundedCase(bounded[1] as BoundedCase);
    const seen: number[] = [];
    boundedPortfolio(portfolio, limits, { onProgress: (fraction) => void seen.push(fraction) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen[seen.length - 1]).toBe(1);
    expect(Math.max(...seen.slice(0, -1))).toBeLessThan(1);
  });
});

describe("limits that no schedule keeps", () => {
  const portfolio = definePortfolio({
    ...{
      names: ["A", "B"],
      positions: [1000, -1000],
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
    },
  });

  test("by one name's caps, are answered with their sum", () => {
    const result = infeasible(boundedPortfolio(portfolio, { caps: [250, 200] }));
    expect(result.proof).toEqual({ kind: "caps", name: "B", position: -1000, most: 800, missing: 200 });
    expect(result.message).toBe(
      "No schedule keeps to the limits: the caps of B add up to 800 shares, 200 short of its position of −1,000.",
    );
    expect(boundedPortfolio(portfolio, { caps: 250 }).status).toBe("optimal");
  });

  test("by caps and neutrality together, are answered with prices that anybody can add up", () => {
    const caps = [
      [400, 400],
      [0, 400],
      [400, 400],
      [400, 400],
    ];
    const neutral = [
      { name: "pair", weights: [1, 1] },
      { name: "same", weights: [2, 2] },
    ];
    expect(boundedPortfolio(portfolio, { caps, neutral }).status).toBe("optimal");
    const uneven = [
      [400, 90],
      [400, 400],
      [400, 400],
      [90, 400],
    ];
    const result = infeasible(boundedPortfolio(portfolio, { caps: uneven, neutral }));
    const { proof } = result;
    if (proof.kind !== "neutral") throw new Error(proof.kind);
    const { totalPrices, changePrices, needed, most } = proof;
    const weight = (k: number, i: number): number =>
      (totalPrices[i] as number) -
      neutral.reduce(
        (sum, { weights }, g) => sum + (changePrices[k]?.[g] as number) * (weights[i] as number),
        0,
      );
    let reach = 0;
    uneven.forEach((row, k) => {
      row.forEach((cap, i) => {
        const [low, high] = i === 0 ? [0, cap] : [-cap, 0];
        reach += Math.max(weight(k, i) * low, weight(k, i) * high);
      });
    });
    // The first interval's change is that of the positions, which are neutral.
    const need = 1000 * (totalPrices[0] as number) - 1000 * (totalPrices[1] as number);
    expect(reach).toBeCloseTo(most, 9);
    expect(need).toBeCloseTo(needed, 9);
    expect(need).toBeGreaterThan(reach);
    expect(result.message).toMatch(
      /^No schedule keeps to the limits: trades within the caps cannot trade the positions and be neutral after every trade\. Weighted with the proof's prices, they reach .* at most, and .* is needed\. Raise caps, first those of [AB], or drop a combination\.$/,
    );
  });

  test("are found wherever clarabel's totals of caps and neutrality leave nothing: 40 random ones", () => {
    // Each has a name that the caps let trade in one half of the day, against a hedge in the other.
    for (let seed = 0; seed < 40; seed++) {
      const draw = uniforms(seed);
      const N = 4 + Math.floor(6 * draw());
      const half = Math.floor(N / 2);
      const x = Math.round(100 + 1000 * draw());
      const one = definePortfolio({ ...portfolio, positions: [x, -x], intervals: N });
      const caps = Array.from({ length: N }, (_, k) => [
        k < half ? (1.2 * x) / half : 0,
        k < half ? 0 : (1.2 * x) / (N - half),
      ]);
      const result = infeasible(
        boundedPortfolio(one, { caps, neutral: [{ name: "pair", weights: [1, 1] }] }),
      );
      expect(result.proof.kind).toBe("neutral");
    }
  });

  test("are an answer of the frontier too", () => {
    const result = portfolioFrontier(portfolio, [0, 1e-3], { caps: 100 });
    expect(result).toMatchObject({ status: "infeasible", proof: { name: "A" } });
    const points = portfolioFrontier(portfolio, [1e-3, 0], { caps: 300 });
    if ("status" in points) throw new Error(points.message);
    expect(points.map(({ riskAversion }) => riskAversion)).toEqual([1e-3, 0]);
    const [urgent, patient] = points;
    expect(urgent?.expectedCost).toBeGreaterThan(patient?.expectedCost as number);
    expect(urgent?.costVariance).toBeLessThan(patient?.costVariance as number);
    const { objective } = portfolioCost({ ...portfolio, riskAversion: 1e-3 }, urgent?.schedule as never);
    expect(urgent?.objective).toBe(objective);
  });
});

describe("limits", () => {
  const portfolio = definePortfolio({
    ...{
      positions: [10, 20],
      horizon: 2,
      intervals: 3,
      temporaryImpact: [1, 1],
      covariance: [
        [1, 0],
        [0, 1],
      ],
    },
  });
  const say =
    (limits: PortfolioLimits): (() => unknown) =>
    () =>
      boundedPortfolio(portfolio, limits);

  test.each([
    [
      "a cap below 0",
      { caps: -1 },
      "limits.caps must be a number, 0 or above, or null for none (shares); got -1.",
    ],
    [
      "caps of three names",
      { caps: [1, 2, 3] },
      "limits.caps must be a number, 2 numbers, one for each name, or 3 rows of 2 (shares); got an array of length 3.",
    ],
    [
      "rows of two intervals",
      {
        caps: [
          [1, 2],
          [1, 2],
        ],
      },
      "limits.caps must be a number, 2 numbers, one for each name, or 3 rows of 2 (shares); got an array of length 2.",
    ],
    [
      "a short row",
      { caps: [[1, 2], [1], [1, 2]] },
      "limits.caps[1] must be a row of 2 numbers (shares); got an array of length 1.",
    ],
    [
      "a text among caps",
      {
        caps: [
          [1, 2],
          [1, "2"],
          [1, 2],
        ],
      },
      'limits.caps[1][1] must be a number, 0 or above, or null for none (shares); got the text "2".',
    ],
    [
      "weights of one name",
      { neutral: [{ name: "cash", weights: [1] }] },
      "limits.neutral[0].weights must be an array of 2 numbers; got an array of length 1.",
    ],
    [
      "weights of 0",
      { neutral: [{ name: "cash", weights: [0, 0] }] },
      "limits.neutral[0].weights must be not 0 for every name; got an array of length 2.",
    ],
    [
      "no name",
      { neutral: [{ weights: [0, 1] }] },
      "limits.neutral[0].name must be a text of 1 to 40 characters; got nothing.",
    ],
    [
      "what is no list",
      { neutral: 1 },
      "limits.neutral must be an array of combinations with name and weights; got 1.",
    ],
    [
      "a word for noReversal",
      { noReversal: "no" },
      'limits.noReversal must be true or false; got the text "no".',
    ],
    [
      "a field that there is not",
      { upper: 1 },
      'limits field "upper" must be left out: there is no such field. Known fields: caps, noReversal, neutral; got 1.',
    ],
  ])("refuse %s", (_, limits, message) => {
    expect(say(limits as never)).toThrow(expect.objectContaining({ name: "InputError", message }));
  });

  test("read null as no cap, by name and by interval", () => {
    const { trades } = optimum(boundedPortfolio(portfolio, { caps: [4, null] })).schedule;
    expect(trades.map(([a]) => a)).toEqual([
      expect.closeTo(10 / 3, 9),
      expect.closeTo(10 / 3, 9),
      expect.closeTo(10 / 3, 9),
    ]);
    const rows = optimum(
      boundedPortfolio(portfolio, {
        caps: [
          [1, null],
          [null, null],
          [null, 0],
        ],
      }),
    ).schedule;
    expect(rows.trades[0]?.[0]).toBe(1);
    expect(rows.trades[2]?.[1]).toBe(0);
  });
});
