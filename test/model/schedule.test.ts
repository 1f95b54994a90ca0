import { describe, expect, test } from "vitest";
import {
  certify,
  costDistribution,
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  optimalSchedule,
  remainingChart,
  type Schedule,
  scheduleFromRemaining,
  scheduleFromTrades,
  simulateCosts,
  simulateFills,
  simulatePath,
} from "../../src/index";
import { absoluteSum, pathSums } from "../../src/model/pathSums";
import { Sum } from "../../src/support/numbers";
import { uniforms } from "../helpers/random";

const problem = defineProblem({ shares: 100, horizon: 6, intervals: 3, volatility: 1, temporaryImpact: 1 });

test("trades and holdings are two views of one schedule", () => {
  const byTrades = scheduleFromTrades(problem, [50, 60, -10], "Mine");
  expect(byTrades).toEqual({
    name: "Mine",
    remaining: [100, 50, -10, 0],
    trades: [50, 60, -10],
    rates: [25, 30, -5],
    times: [0, 2, 4, 6],
  });
  expect(scheduleFromRemaining(problem, byTrades.remaining, "Mine")).toEqual(byTrades);
});

test("arrays of doubles are taken too, and nothing that is given is kept or changed", () => {
  const trades = Float64Array.from([50, 30, 20]);
  const schedule = scheduleFromTrades(problem, trades as never);
  trades[0] = 0;
  expect(schedule.trades).toEqual([50, 30, 20]);
});

describe("a schedule from outside is refused", () => {
  const cases: [string, () => unknown, string][] = [
    [
      "with too few trades",
      () => scheduleFromTrades(problem, [50, 50]),
      "trades must be an array of 3 numbers (shares); got an array of length 2.",
    ],
    [
      "with a hole",
      () => scheduleFromTrades(problem, [50, Number.NaN, 50]),
      "trades[1] must be a finite number (shares); got NaN.",
    ],
    [
      "with a text",
      () => scheduleFromTrades(problem, [50, "30", 20] as never),
      'trades[1] must be a finite number (shares); got the text "30". Write the number without quotation marks.',
    ],
    [
      "that trades less than the order",
      () => scheduleFromTrades(problem, [50, 30, 19]),
      "the sum of trades must be the order's 100 shares; got 99. It is off by -1 shares.",
    ],
    [
      "that is no array",
      () => scheduleFromTrades(problem, 100 as never),
      "trades must be an array of 3 numbers (shares); got 100.",
    ],
    [
      "without a name",
      () => scheduleFromTrades(problem, [50, 30, 20], ""),
      'name must be a text of 1 to 40 characters; got the text "".',
    ],
    [
      "that begins elsewhere",
      () => scheduleFromRemaining(problem, [90, 50, 20, 0]),
      "remaining[0] must be the order's 100 shares; got 90.",
    ],
    [
      "that does not end",
      () => scheduleFromRemaining(problem, [100, 50, 20, 1]),
      "remaining[3] must be 0 shares; got 1.",
    ],
    [
      "of another length",
      () => scheduleFromRemaining(problem, [100, 50, 0]),
      "remaining must be an array of 4 numbers (shares); got an array of length 3.",
    ],
  ];
  test.each(cases)("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe("every call that takes a schedule", () => {
  const good = scheduleFromTrades(problem, [50, 30, 20]);
  const hint = " scheduleFromTrades makes a schedule of its trades alone.";
  const made = " Make the schedule from this problem.";
  const hole = [50, 30, 20];
  delete hole[1];
  const cases: [string, unknown, string][] = [
    [
      "nothing",
      undefined,
      "schedule must be a schedule with the arrays remaining and trades; got nothing. scheduleFromTrades makes one of your numbers.",
    ],
    [
      "a problem",
      problem,
      "schedule must be a schedule with the arrays remaining and trades; got an object. scheduleFromTrades makes one of your numbers.",
    ],
    [
      "NaN held first",
      { ...good, remaining: [Number.NaN, 50, 20, 0] },
      "schedule.remaining[0] must be a finite number (shares); got NaN.",
    ],
    [
      "NaN traded",
      { ...good, trades: [Number.NaN, 30, 20] },
      "schedule.trades[0] must be a finite number (shares); got NaN.",
    ],
    [
      "a text",
      { ...good, trades: ["50", 30, 20] },
      'schedule.trades[0] must be a finite number (shares); got the text "50". Write the number without quotation marks.',
    ],
    [
      "a hole",
      { ...good, trades: hole },
      "schedule.trades[1] must be a finite number (shares); got nothing.",
    ],
    [
      "a BigInt",
      { ...good, trades: [50n, 30, 20] },
      "schedule.trades[0] must be a finite number (shares); got 50. Write the number without the n at its end.",
    ],
    [
      "a symbol",
      { ...good, remaining: [100, Symbol("x"), 20, 0] },
      "schedule.remaining[1] must be a finite number (shares); got Symbol(x).",
    ],
    [
      "trades that are none",
      { ...good, trades: [0, 0, 0] },
      `schedule.trades[0] must be 50 shares, remaining[0] less remaining[1]; got 0.${hint}`,
    ],
    [
      "holdings of something else",
      { ...good, remaining: [100, 7, 7, 0] },
      `schedule.trades[0] must be 93 shares, remaining[0] less remaining[1]; got 50.${hint}`,
    ],
    [
      "a rest",
      { ...good, remaining: [100, 50, 20, 1] },
      `schedule.remaining[3] must be 0 shares; got 1.${hint}`,
    ],
    [
      "another order",
      { ...good, remaining: [90, 50, 20, 0] },
      `schedule.remaining[0] must be the problem's 100 shares; got 90.${made}`,
    ],
    [
      "no times",
      { ...good, times: undefined },
      "schedule.times must be an array of 4 numbers (unit of time); got nothing.",
    ],
    [
      "times without numbers",
      { ...good, times: [0, 2, Number.NaN, 6] },
      "schedule.times[2] must be a finite number (unit of time); got NaN.",
    ],
    [
      "a name that is no text",
      { ...good, name: Symbol("name") },
      "schedule.name must be a text; got Symbol(name).",
    ],
  ];
  test.each(cases)("refuses %s", (_, schedule, message) => {
    const calls: ((schedule: Schedule) => unknown)[] = [
      (s) => costReport(problem, s),
      (s) => simulateCosts(problem, s, { paths: 2, seed: 1 }),
      (s) => simulatePath(problem, s, { seed: 1 }),
      (s) => simulateFills(problem, [good, s], { orders: 1, seed: 1 }),
      (s) => remainingChart(problem, [s]),
    ];
    for (const call of calls) {
      expect(() => call(schedule as never)).toThrow(expect.objectContaining({ name: "InputError", message }));
    }
  });

  test("refuses one of the same shares and intervals over another horizon, whoever made it", () => {
    const longer = equalSchedule(defineProblem({ ...problem, horizon: 60 }));
    for (const schedule of [longer, { ...longer }]) {
      expect(() => costReport(problem, schedule)).toThrow(
        "schedule.times[1] must be the problem's 2 time; got 20. Make the schedule from this problem.",
      );
    }
  });

  test("takes a copy under another name, even where a drift makes holdings many times the order", () => {
    const trending = defineProblem({ ...problem, intervals: 300, drift: 1e9 });
    const schedule = optimalSchedule(trending);
    expect(Math.max(...schedule.remaining.map(Math.abs))).toBeGreaterThan(1e7 * problem.shares);
    const copy = { ...schedule, name: "other" };
    expect(costReport(trending, copy)).toEqual(costReport(trending, schedule));
  });
});

describe("a schedule beyond the range of doubles", () => {
  test("is refused where the trades between holdings are not finite", () => {
    expect(() => scheduleFromRemaining(problem, [100, 1e308, -1e308, 0])).toThrow(
      "remaining[2] must be so near to remaining[1] that the trade between them is a finite number (shares); " +
        "got -1e+308.",
    );
    expect(() => scheduleFromTrades(problem, [1.7e308, 1.7e308, -1.7e308])).toThrow(
      "the sum of trades must be the order's 100 shares; got Infinity.",
    );
  });

  test("is refused where a rate is not finite", () => {
    const fast = defineProblem({ ...problem, shares: 1e200, horizon: 1e-200 });
    for (const make of [equalSchedule, optimalSchedule]) {
      expect(() => make(fast)).toThrow(
        expect.objectContaining({
          name: "RangeError",
          message: expect.stringMatching(
            /^A trading rate of the schedule "(TWAP|Optimal)" leaves the range of floating-point numbers: state the problem in other units of shares, time or currency\.$/,
          ),
        }),
      );
    }
  });

  test("is not made by a horizon that is near the largest double", () => {
    const long = defineProblem({ ...problem, horizon: 1e308 });
    expect(equalSchedule(long).times).toEqual([0, 1e308 / 3, 1e308 * (2 / 3), 1e308]);
  });
});

describe("a schedule that was made here and changed since", () => {
  const calls: ((on: ExecutionProblem, schedule: Schedule) => unknown)[] = [
    costReport,
    costDistribution,
    (on, schedule) => simulateCosts(on, schedule, { paths: 2, seed: 1 }),
    (on, schedule) => simulatePath(on, schedule, { seed: 1 }),
    (on, schedule) => remainingChart(on, [schedule]),
  ];
  // Short, long enough for its rates and times to wait, and with a profile.
  const problems = [
    problem,
    defineProblem({ ...problem, intervals: 2500 }),
    defineProblem({ ...problem, profile: { lengths: [1, 2, 3] } }),
  ];

  test.each(problems.map((on) => [on.intervals, on] as const))(
    "is refused by every call (N = %i)",
    (N, on) => {
      for (const field of ["trades", "remaining"] as const) {
        for (const [k, value] of [
          [1, 77],
          [1, Number.NaN],
          [N - 1, "7"],
          [1, undefined],
        ] as const) {
          const schedule = optimalSchedule(on);
          (schedule[field] as unknown[])[k] = value;
          for (const call of calls)
            expect(() => call(on, schedule), `${field}[${k}] = ${value}`).toThrow(
              /^schedule\.(trades|remaining)\[\d+\] must be /,
            );
          expect(certify(on, schedule).verdict).toBe("infeasible");
        }
      }
    },
  );

  test("into another schedule of the order is that other schedule", () => {
    const schedule = equalSchedule(problem);
    const other = scheduleFromTrades(problem, [50, 30, 20]);
    for (const field of ["trades", "remaining"] as const) {
      other[field].forEach((value, k) => {
        (schedule[field] as number[])[k] = value;
      });
    }
    expect(costReport(problem, schedule)).toEqual(costReport(problem, other));
  });

  test("cannot be given other arrays", () => {
    for (const on of problems) {
      expect(() => {
        (optimalSchedule(on) as { trades: readonly number[] }).trades = [];
      }).toThrow(TypeError);
    }
  });
});

describe("a long schedule", () => {
  const long = defineProblem({ ...problem, intervals: 2001 });
  const schedule = optimalSchedule(long);

  test("has the rates and times of a short one, made once", () => {
    expect(schedule.rates).toHaveLength(2001);
    expect(schedule.rates[5]).toBe(schedule.trades[5] / (6 / 2001));
    expect([schedule.times[0], schedule.times[2001]]).toEqual([0, 6]);
    expect(schedule.times).toBe(schedule.times);
    expect(Object.keys(schedule)).toEqual(Object.keys(optimalSchedule(problem)));
  });

  test("is plain data on its way, and known by its grid", () => {
    const copy = JSON.parse(JSON.stringify(schedule));
    expect(copy).toEqual(structuredClone(schedule));
    expect(costReport(long, copy)).toEqual(costReport(long, schedule));
    const other = defineProblem({ ...long, horizon: 7 });
    for (const one of [schedule, copy])
      expect(() => costReport(other, one)).toThrow("schedule.times[1] must be the problem's");
  });
});

test("the sums that price a schedule are right to 1e-14 of the sums of absolute values", () => {
  const random = uniforms(3);
  for (const N of [1, 2, 3, 4, 5, 255, 256, 257, 1000, 100_000]) {
    const trades = Array.from({ length: N }, () => 2 * random() - 0.5);
    const remaining = new Array<number>(N + 1).fill(0);
    for (let k = N - 1; k >= 0; k--) remaining[k] = remaining[k + 1] + trades[k];
    const sums = pathSums({ trades, remaining });
    const exact = { trades: new Sum(), holdings: new Sum(), products: new Sum() };
    let sizes = 0;
    trades.forEach((n, k) => {
      const x = remaining[k + 1];
      exact.trades.add(n * n);
      exact.holdings.add(x * x);
      exact.products.add(n * x);
      sizes += Math.abs(n * x);
    });
    expect(Math.abs(sums.trades - exact.trades.value)).toBeLessThanOrEqual(1e-14 * exact.trades.value);
    expect(Math.abs(sums.holdings - exact.holdings.value)).toBeLessThanOrEqual(1e-14 * exact.holdings.value);
    expect(Math.abs(sums.products - exact.products.value)).toBeLessThanOrEqual(1e-14 * sizes);
    const signed = trades.map((n, k) => (k % 3 === 0 ? -n : n));
    const absolute = new Sum();
    for (const n of signed) absolute.add(Math.abs(n));
    expect(Math.abs(absoluteSum(signed) - absolute.value)).toBeLessThanOrEqual(1e-14 * absolute.value);
  }
});
