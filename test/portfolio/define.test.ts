import { describe, expect, test } from "vitest";
import {
  definePortfolio,
  equalPortfolioSchedule,
  type PortfolioInput,
  portfolioCost,
  portfolioFromTrades,
  portfolioSchedule,
} from "../../src/portfolio/index";

const base: PortfolioInput = {
  ...{ names: ["A", "B"], positions: [100, -60], horizon: 3, intervals: 3, temporaryImpact: [1, 2] },
  covariance: [
    [1, 0.5],
    [0.5, 2],
  ],
};
const refused: readonly (readonly [what: string, change: object, message: string])[] = [
  [
    "no positions",
    { positions: [] },
    "positions must be an array of 1 to 2,000 numbers, above 0 to sell and below 0 to buy (shares); got an array of length 0.",
  ],
  [
    "positions of 0",
    { positions: [0, 0] },
    "positions must be of at least one name other than 0 (shares); got an array of length 2. Nothing is to be traded.",
  ],
  [
    "a text among positions",
    { positions: [1, "2"] },
    'positions[1] must be a finite number (shares); got the text "2". Write the number without quotation marks.',
  ],
  [
    "three names",
    { names: ["A", "B", "C"] },
    "names must be an array of 2 texts, one for each position; got an array of length 3.",
  ],
  ["a name twice", { names: ["A", "A"] }, 'names[1] must be unlike names[0]; got the text "A".'],
  [
    "no covariance",
    { covariance: undefined },
    "covariance must be a matrix of 2 rows of 2 numbers (currency²/share²/time); got nothing.",
  ],
  [
    "variances alone",
    { covariance: [1, 2] },
    "covariance[0] must be a row of 2 numbers (currency²/share²/time); got 1.",
  ],
  [
    "a row too short",
    { covariance: [[1, 0.5], [0.5]] },
    "covariance[1] must be a row of 2 numbers (currency²/share²/time); got an array of length 1.",
  ],
  [
    "a variance below 0",
    {
      covariance: [
        [-1, 0],
        [0, 1],
      ],
    },
    "covariance[0][0] must be a finite number, 0 or above (currency²/share²/time); got -1.",
  ],
  [
    "NaN",
    {
      covariance: [
        [1, Number.NaN],
        [0, 1],
      ],
    },
    "covariance[0][1] must be a finite number (currency²/share²/time); got NaN.",
  ],
  [
    "a covariance that is not symmetric",
    {
      covariance: [
        [1, 0.5],
        [0.4, 2],
      ],
    },
    "covariance[1][0] must be equal to covariance[0][1], 0.5: the covariance of two names has no direction; got 0.4.",
  ],
  [
    "a correlation above 1",
    {
      covariance: [
        [1, 3],
        [3, 1],
      ],
    },
    "covariance must be positive semidefinite: no combination of names has a variance below 0. Its smallest eigenvalue is -2, for 1 of A, −1 of B; got an array of length 2. Covariances estimated pair by pair, over different days, can be like this: estimate all of them over the same days.",
  ],
  [
    "a covariance with a name of variance 0",
    {
      covariance: [
        [0, 0.1],
        [0.1, 1],
      ],
    },
    expect.stringMatching(/^covariance must be positive semidefinite/) as unknown as string,
  ],
  [
    "a temporary impact of 0",
    { temporaryImpact: [1, 0] },
    "temporaryImpact[1] must be a finite number above 0 (currency·time/share²); got 0.",
  ],
  [
    "a temporary impact that is not symmetric",
    {
      temporaryImpact: [
        [1, 0.2],
        [0.1, 1],
      ],
    },
    "temporaryImpact[1][0] must be equal to temporaryImpact[0][1], 0.2: only the symmetric part costs: write (H + Hᵀ)/2; got 0.1.",
  ],
  [
    "a temporary impact that rewards speed",
    {
      temporaryImpact: [
        [1, 2],
        [2, 1],
      ],
    },
    "temporaryImpact must be positive definite: trading faster costs more, whatever is traded together. Its smallest eigenvalue is -1, for 1 of A, −1 of B; got an array of length 2. Make its entries beside the diagonal smaller.",
  ],
  [
    "three temporary impacts",
    { temporaryImpact: [1, 1, 1] },
    "temporaryImpact must be a matrix of 2 rows of 2 numbers, or 2 numbers where there is nothing beside its diagonal (currency·time/share²); got an array of length 3.",
  ],
  [
    "a permanent impact that pushes prices up",
    {
      permanentImpact: [
        [0, 1],
        [1, 0],
      ],
    },
    "permanentImpact must be positive semidefinite: selling pushes prices down, whatever is sold together. Its smallest eigenvalue is -1, for 1 of A, −1 of B; got an array of length 2. Make its entries beside the diagonal smaller.",
  ],
  [
    "a half spread below 0",
    { halfSpreads: [0.1, -0.1] },
    "halfSpreads[1] must be a finite number, 0 or above (currency/share); got -0.1.",
  ],
  [
    "drifts of three names",
    { drifts: [0, 0, 0] },
    "drifts must be an array of 2 numbers (currency/share/time); got an array of length 3.",
  ],
  ["a horizon of 0", { horizon: 0 }, "horizon must be a finite number above 0 (time); got 0."],
  ["half an interval", { intervals: 0.5 }, "intervals must be an integer from 1 to 100,000; got 0.5."],
  ["another timing", { timing: "noon" }, 'timing must be "start", "mid" or "end"; got the text "noon".'],
  [
    "an unknown field",
    { shares: 1 },
    expect.stringMatching(/^definePortfolio's argument field "shares" must be left out/) as unknown as string,
  ],
  [
    "a profile of two intervals",
    { profile: { covariance: [1, 1] } },
    "profile.covariance must be an array of 3 numbers (a factor); got an array of length 2.",
  ],
  [
    "a factor of 0 on temporary impact",
    { profile: { temporaryImpact: [1, 0, 1] } },
    "profile.temporaryImpact[1] must be a finite number above 0 (a factor); got 0.",
  ],
  [
    "lengths that miss the horizon",
    { profile: { lengths: [1, 1, 2] } },
    "the sum of profile.lengths must be the horizon, 3 (time); got 4.",
  ],
  [
    "a day that is closed",
    { profile: { open: [false, false, false] } },
    "profile.open must be true for at least one interval; got an array of length 3. Nothing could be traded.",
  ],
  [
    "a number among open",
    { profile: { open: [true, 1, true] } },
    "profile.open[1] must be true or false; got 1.",
  ],
  [
    "open of two intervals",
    { profile: { open: [true, true] } },
    "profile.open must be an array of 3 entries, each true or false; got an array of length 2.",
  ],
];

describe("definePortfolio", () => {
  test.each(refused)("refuses %s, in words", (_, change, message) => {
    expect(() => definePortfolio({ ...base, ...change } as never)).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });

  test("takes numbers of any origin, writes matrices out, and freezes what it gives", () => {
    const portfolio = definePortfolio({
      ...base,
      positions: Float64Array.of(100, -60),
      covariance: [Float64Array.of(1, 0.5), [0.5, 2]],
      ...{ permanentImpact: Float64Array.of(0.1, 0.2), halfSpreads: 0.01, drifts: [0, -0] },
      profile: {},
    });
    expect(portfolio.permanentImpact).toEqual([
      [0.1, 0],
      [0, 0.2],
    ]);
    expect(portfolio.halfSpreads).toEqual([0.01, 0.01]);
    expect(portfolio.drifts.map((drift) => Object.is(drift, 0))).toEqual([true, true]);
    expect(portfolio.profile).toBeUndefined();
    expect(Object.isFrozen(portfolio) && Object.isFrozen(portfolio.covariance[0])).toBe(true);
    expect(definePortfolio(portfolio)).toEqual(portfolio);
    expect(JSON.parse(JSON.stringify(portfolio))).toEqual(
      JSON.parse(JSON.stringify(definePortfolio(portfolio))),
    );
    expect(definePortfolio({ ...base, names: undefined }).names).toEqual(["Name 1", "Name 2"]);
  });

  test("forgives rounding: entries that a file has rounded, and a covariance of fewer days than names", () => {
    const { covariance } = definePortfolio({
      ...base,
      covariance: [
        [1, 0.5],
        [0.5 + 1e-11, 2],
      ],
    });
    expect(covariance[0]?.[1]).toBe(covariance[1]?.[0]);
    const days = [
      [1, 2, -1],
      [0.5, -1, 3],
    ];
    const sample = days.map((_, i) => i).length;
    const C = [0, 1, 2].map((i) =>
      [0, 1, 2].map(
        (j) => days.reduce((sum, day) => sum + (day[i] as number) * (day[j] as number), 0) / sample,
      ),
    );
    const portfolio = definePortfolio({
      ...base,
      names: undefined,
      positions: [1, 2, 3],
      covariance: C,
      temporaryImpact: [1, 1, 1],
    });
    expect(portfolioCost(portfolio, portfolioSchedule(portfolio)).costVariance).toBeGreaterThan(0);
  });

  test("has no trade with what is not from it", () => {
    for (const portfolio of [undefined, null, {}, 3, { ...definePortfolio(base), names: undefined }]) {
      expect(() => equalPortfolioSchedule(portfolio as never)).toThrow(
        /^portfolio must be the result of definePortfolio; got .*\. Call definePortfolio\(\{ … \}\) first\.$/,
      );
    }
  });
});

describe("schedules of a portfolio", () => {
  const portfolio = definePortfolio(base);
  const trades = [
    [50, -20],
    [30, -20],
    [20, -20],
  ];
  const closed = definePortfolio({ ...base, profile: { open: [true, false, true], lengths: [0.5, 1.5, 1] } });

  test("by trades have what remains, and the grid", () => {
    const schedule = portfolioFromTrades(portfolio, trades, "Mine");
    expect(schedule).toEqual({
      ...{ name: "Mine", trades, times: [0, 1, 2, 3] },
      remaining: [
        [100, -60],
        [50, -40],
        [20, -20],
        [0, 0],
      ],
    });
    expect(equalPortfolioSchedule(closed)).toMatchObject({
      times: [0, 0.5, 2, 3],
      trades: [
        [100 / 3, -20],
        [0, -0],
        [200 / 3, -40],
      ].map((row) => row.map((n) => expect.closeTo(n, 12))),
      remaining: [
        [100, -60],
        [200 / 3, -40],
        [200 / 3, -40],
        [0, 0],
      ].map((row) => row.map((x) => expect.closeTo(x, 12))),
    });
  });

  test.each([
    [
      "a row too few",
      trades.slice(1),
      "trades must be an array of 3 rows of 2 numbers (shares); got an array of length 2.",
    ],
    [
      "a short row",
      [[50, -20], [30], [20, -20]],
      "trades[1] must be an array of 2 numbers (shares); got an array of length 1.",
    ],
    [
      "a sum that is off",
      [
        [50, -20],
        [30, -20],
        [20, -21],
      ],
      "the sum of the trades of B must be its position, -60 shares; got -61.",
    ],
  ])("refuse %s", (_, rows, message) => {
    expect(() => portfolioFromTrades(portfolio, rows)).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });

  test("refuse trades in closed intervals, from anywhere", () => {
    expect(() => portfolioFromTrades(closed, trades)).toThrow(
      "trades[1][0] must be 0 (shares): profile.open says that this interval is closed; got 30.",
    );
    const even = definePortfolio({ ...base, profile: { open: [true, false, true] } });
    expect(() => portfolioCost(even, portfolioFromTrades(portfolio, trades))).toThrow(
      "schedule.trades[1][0], in a closed interval, must be 0 shares; got 30. portfolioFromTrades makes a schedule of its trades alone.",
    );
  });

  const schedule = portfolioFromTrades(portfolio, trades);
  const with_ = (field: "remaining" | "trades", k: number, i: number, value: unknown): never =>
    ({
      ...schedule,
      [field]: schedule[field].map((row, l) => row.map((n, j) => (l === k && j === i ? value : n))),
    }) as never;

  test.each([
    [
      "nothing",
      undefined as never,
      "schedule must be a portfolio's schedule with the rows remaining and trades; got nothing. portfolioFromTrades makes one of your numbers.",
    ],
    [
      "a short list",
      { ...schedule, remaining: schedule.remaining.slice(1) } as never,
      "schedule.remaining must be 4 rows of 2 numbers, as the portfolio has; got an array of length 3.",
    ],
    [
      "a short row",
      { ...schedule, trades: [[1], [2], [3]] } as never,
      "schedule.trades[0] must be a row of 2 numbers (shares); got an array of length 1.",
    ],
    [
      "a text",
      with_("trades", 1, 1, "x"),
      'schedule.trades[1][1] must be a finite number (shares); got the text "x".',
    ],
    [
      "another position",
      with_("remaining", 0, 0, 101),
      "schedule.remaining[0][0] must be 100 shares; got 101. portfolioFromTrades makes a schedule of its trades alone.",
    ],
    [
      "other times",
      { ...schedule, times: [0, 1, 2.5, 3] } as never,
      "schedule.times[2] must be the portfolio's 2 time; got 2.5. Make the schedule from this portfolio.",
    ],
    ["no name", { ...schedule, name: "" } as never, 'schedule.name must be a text; got the text "".'],
    [
      "a remainder",
      with_("remaining", 3, 1, 1),
      "schedule.remaining[3][1] must be 0 shares; got 1. portfolioFromTrades makes a schedule of its trades alone.",
    ],
    [
      "a trade that holdings do not know",
      with_("trades", 0, 0, 51),
      "schedule.trades[0][0] must be 50 shares; got 51. portfolioFromTrades makes a schedule of its trades alone.",
    ],
  ])("are checked by every call: %s", (_, wrong, message) => {
    expect(() => portfolioCost(portfolio, wrong)).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });
});
