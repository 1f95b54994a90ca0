import { describe, expect, test } from "vitest";
import { contributionChart, exposureChart, holdingsChart } from "../../src/index";
import {
  definePortfolio,
  equalPortfolioSchedule,
  portfolioCost,
  portfolioFromTrades,
} from "../../src/portfolio/index";
import { schemaComplaints } from "../helpers/plotly";
import { randomPortfolio } from "../helpers/portfolios";
import { testRefusals } from "../helpers/refusals";

const portfolio = definePortfolio({
  ...{
    names: ["A", "B"],
    positions: [1000, -500],
    horizon: 4,
    intervals: 4,
    timeUnit: "day",
    currency: "USD",
  },
  covariance: [
    [1, 0.8],
    [0.8, 1],
  ],
  ...{ temporaryImpact: [1e-3, 2e-3], arrivalPrices: [10, 20] },
});
const shares = definePortfolio({ ...portfolio, arrivalPrices: undefined });
const twap = equalPortfolioSchedule(portfolio);
const fast = portfolioFromTrades(
  portfolio,
  [
    [700, 0],
    [100, -200],
    [200, -200],
    [0, -100],
  ],
  "Fast",
);
const beyond = portfolioFromTrades(
  portfolio,
  [
    [700, -510],
    [100, 10],
    [200, 0],
    [0, 0],
  ],
  "Beyond",
);
const crowd = randomPortfolio(3, { m: 15, N: 4 });
const crowded = equalPortfolioSchedule(crowd);
const cash = { name: "cash", weights: [10, 20] };
const figures = [
  holdingsChart(portfolio, twap),
  holdingsChart(shares, fast, { names: ["B", "A"] }),
  holdingsChart(portfolio, beyond),
  holdingsChart(crowd, crowded),
  exposureChart(portfolio, twap, [cash], { unit: "USD" }),
  exposureChart(portfolio, fast, [cash, { name: "A alone", weights: [1, 0] }], { unit: "USD" }),
  exposureChart(portfolio, twap, [cash, { name: "half", weights: [1, 2] }]),
  contributionChart(portfolio, fast),
  contributionChart(crowd, crowded),
];

describe("every chart of portfolios", () => {
  test("passes plotly.js's own schema and survives JSON", () => {
    for (const figure of figures) {
      expect(schemaComplaints(figure), figure.summary).toEqual([]);
      expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    }
  });

  test("says its finding in a sentence, computed from the data", () => {
    expect(figures.map(({ summary }) => summary)).toEqual([
      "Chart. Value remaining at arrival prices by name, TWAP: A and B are half done after 2 days.",
      "Chart. Shares remaining by name, Fast: A is half done after 1 day, B after 3 days.",
      "Chart. Value remaining at arrival prices by name, Beyond: B goes long on the way, by up to 10 shares.",
      expect.stringMatching(
        /^Chart\. Shares remaining, 7 of 15 names, TWAP: 7 names are half done after 1 time\.$/,
      ),
      "Chart. Exposure of what remains, TWAP: cash stays at 0.",
      "Chart. Exposure of what remains, Fast: The exposure to cash grows from 0 to −7,000 USD after 1 day.",
      "Chart. Exposure of what remains, TWAP: cash and half stay at 0.",
      expect.stringMatching(
        /^Chart\. Parts of expected cost and risk by name, Fast: B carries [\d.]+% of the risk and [\d.]+% of the cost; A takes [\d.]+% of the risk away\.$/,
      ),
      expect.stringMatching(/^Chart\. Parts of expected cost and risk by name, TWAP: .* carries/),
    ]);
  });

  test("draws values at arrival prices, and shares where there are none", () => {
    const [valued, counted] = figures;
    expect(valued?.data.map(({ name, y }) => [name, y])).toEqual([
      ["A", [10_000, 7500, 5000, 2500, 0]],
      ["B", [-10_000, -7500, -5000, -2500, 0]],
    ]);
    expect(counted?.data.map(({ name, y }) => [name, y])).toEqual([
      ["B", [-500, -500, -300, -100, 0]],
      ["A", [1000, 300, 200, 0, 0]],
    ]);
  });

  test("draws parts that sum to the whole, also those of the others", () => {
    for (const figure of figures.slice(-2)) {
      for (const { y } of figure.data) {
        expect((y as number[]).reduce((sum, part) => sum + part, 0)).toBeCloseTo(100, 9);
      }
    }
    const { byName, expectedCost } = portfolioCost(portfolio, fast);
    expect(figures[7]?.data[0]?.y).toEqual(byName.map((name) => 100 * (name.expectedCost / expectedCost)));
    expect(figures[8]?.data[0]?.x).toHaveLength(12);
    expect(figures[8]?.data[0]?.x).toContain("4 others");
  });
});

test("an exposure that trading makes larger is named before one that was there and shrinks", () => {
  const factors = [
    { name: "all of A", weights: [1000, 0] },
    { name: "A and B", weights: [10, 20] },
  ];
  expect(exposureChart(portfolio, fast, factors).summary).toContain(
    "The exposure to A and B grows from 0 to −7,000",
  );
  expect(exposureChart(portfolio, fast, factors.slice(0, 1)).summary).toContain(
    "The largest exposure left is to all of A: 300,000",
  );
});

test("the exposure on arrival, which no schedule changes, is not the one that a title names", () => {
  const { summary } = exposureChart(portfolio, twap, [{ name: "A alone", weights: [1, 0] }]);
  expect(summary).toBe(
    "Chart. Exposure of what remains, TWAP: The largest exposure left is to A alone: 750 weight × shares after 1 day.",
  );
});

describe("a chart of a portfolio", () => {
  testRefusals([
    [
      "names that there are not",
      () => holdingsChart(portfolio, twap, { names: ["C"] }),
      'names[0] must be a name of the portfolio; got the text "C".',
    ],
    [
      "no names",
      () => holdingsChart(portfolio, twap, { names: [] }),
      "names must be an array of 1 to 7 names of the portfolio; got an array of length 0.",
    ],
    [
      "no factors",
      () => exposureChart(portfolio, twap, []),
      "factors must be an array of at least one factor with name and weights; got an array of length 0.",
    ],
    [
      "weights of one name",
      () => exposureChart(portfolio, twap, [{ name: "x", weights: [1] }]),
      "factors[0].weights must be an array of 2 numbers; got an array of length 1.",
    ],
    [
      "eight factors",
      () =>
        exposureChart(
          portfolio,
          twap,
          Array.from({ length: 8 }, () => cash),
        ),
      "factors must be an array of 1 to 7 factors; got an array of length 8.",
    ],
  ]);
});
