import { setFlagsFromString } from "node:v8";
import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  describeProblem,
  equalSchedule,
  impactLaw,
  intervalLength,
  optimalSchedule,
  type ProblemInput,
} from "../../src/index";
import { withRiskAversion } from "../../src/model/remembered";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const valid: ProblemInput = {
  shares: 1e6,
  horizon: 3600,
  intervals: 60,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  timeUnit: "second",
  currency: "USD",
};

describe("defineProblem fills in what is left out", () => {
  test("with a sell, no impact, no spread, no drift, no risk aversion and timing start", () => {
    expect(defineProblem(valid)).toEqual({
      ...valid,
      side: "sell",
      permanentImpact: 0,
      halfSpread: 0,
      drift: 0,
      riskAversion: 0,
      timing: "start",
      arrivalPrice: undefined,
      warnings: [],
    });
  });

  test("with neutral names of the units", () => {
    const { timeUnit, currency, ...rest } = valid;
    expect(defineProblem(rest)).toMatchObject({ timeUnit: "time", currency: "currency" });
  });

  test("and leaves its argument alone", () => {
    const input = Object.freeze({ ...valid });
    defineProblem(input);
    expect(input).toEqual(valid);
  });
});

describe("a problem", () => {
  test("cannot be changed", () => {
    const problem = defineProblem(valid);
    expect(() => {
      (problem as { shares: number }).shares = 1;
    }).toThrow(TypeError);
    expect(Object.isFrozen(problem.warnings)).toBe(true);
  });

  test("can be spread into a new one", () => {
    const changed = defineProblem({ ...defineProblem({ ...valid, arrivalPrice: 1e-3 }), arrivalPrice: 100 });
    expect(changed.warnings).toEqual([]);
    expect(changed.shares).toBe(1e6);
  });

  test("has intervals of T/N", () => {
    expect(intervalLength(defineProblem(valid))).toBe(60);
  });

  test("copied through JSON, by structuredClone, by a spread or frozen again is a problem, and solves to the same bits", () => {
    const problem = variedProblem(uniforms(7), 1);
    const copies = [
      JSON.parse(JSON.stringify(problem)),
      structuredClone(problem),
      { ...problem },
      Object.freeze({ ...problem }),
    ];
    for (const copy of copies) {
      expect(copy).toEqual(problem);
      expect(equalSchedule(copy)).toEqual(equalSchedule(problem));
      expect(costReport(copy, equalSchedule(problem))).toEqual(costReport(problem, equalSchedule(copy)));
      expect(certify(copy, equalSchedule(problem))).toEqual(certify(problem, equalSchedule(problem)));
      expect(boundedSchedule(copy)).toEqual(boundedSchedule(problem));
    }
    // The short form of the linear law is the data; the law itself is read off it.
    expect(impactLaw(copies[0]).kind).toBe("linear");
  });

  test("is what its fields say, also where a copy was changed: warnings too are computed anew", () => {
    const copy = structuredClone(defineProblem(valid)) as {
      -readonly [field in keyof ProblemInput]: unknown;
    };
    copy.shares = 500;
    copy.warnings = ["none of them"];
    expect(equalSchedule(copy as never).remaining[0]).toBe(500);
    copy.shares = 600;
    expect(equalSchedule(copy as never).remaining[0]).toBe(600);
    expect(describeProblem(copy as never)).toEqual(describeProblem(defineProblem({ ...valid, shares: 600 })));
  });

  test("read through getters is read once, so that they cannot change their minds", () => {
    let reads = 0;
    const copy = Object.freeze(
      Object.defineProperty({ ...defineProblem(valid) }, "shares", {
        get: () => 1e6 + reads++,
        enumerable: true,
      }),
    );
    const { remaining, trades } = equalSchedule(copy);
    expect(trades.reduce((sum, n) => sum + n, 0)).toBeCloseTo(remaining[0], 6);
    // Nor is such a copy believed the second time.
    expect(equalSchedule(copy).remaining[0]).toBeGreaterThan(remaining[0]);
  });

  test("is none any more when a copy holds what a problem cannot, however it was frozen", () => {
    const problem = defineProblem(valid);
    const changes: [object, string][] = [
      [{ intervals: 0 }, "intervals must be an integer from 1 to 10,000,000; got 0."],
      [{ intervals: 2.5 }, "intervals must be an integer from 1 to 10,000,000; got 2.5."],
      [{ shares: "1000000" }, "shares must be a finite number above 0 (shares); got the text"],
      [{ shares: Number.NaN }, "shares must be a finite number above 0 (shares); got NaN."],
      [{ shares: null }, "shares must be a finite number above 0 (shares); got null."],
      [{ volatility: -1 }, "volatility must be a finite number, 0 or above (USD/share/√second); got -1."],
      [{ horizon: 0 }, "horizon must be a finite number above 0 (second); got 0."],
      [{ side: "SELL" }, 'side must be "sell" or "buy"; got the text "SELL".'],
      [{ currency: Symbol("USD") }, "currency must be a text of 1 to 40 characters; got Symbol(USD)."],
      [{ bogus: 1 }, 'defineProblem\'s argument field "bogus" must be left out'],
      [{ riskAversion: undefined }, "problem must be the result of defineProblem; got an object."],
    ];
    const tampered: [object, string][] = changes.map(([change, message]) => [
      { ...problem, ...change },
      message,
    ]);
    const none =
      "problem must be the result of defineProblem; got an object. Call defineProblem({ … }) first.";
    tampered.push([{ warnings: [] }, none], [Object.create(problem), none]);
    for (const [wrong, message] of tampered) {
      for (const call of [optimalSchedule, equalSchedule, intervalLength, describeProblem]) {
        expect(() => call(wrong as never)).toThrow(message);
        expect(() => call(Object.freeze(wrong) as never)).toThrow(
          expect.objectContaining({ name: "InputError" }),
        );
      }
    }
    for (const wrong of [Symbol("problem"), 5n, () => 1]) {
      expect(() => equalSchedule(wrong as never)).toThrow("problem must be the result of defineProblem");
    }
  });

  test("is asked for by every call that needs one", () => {
    for (const wrong of [null, undefined, {}, 5]) {
      expect(() => intervalLength(wrong as never)).toThrow(
        "problem must be the result of defineProblem; got ",
      );
    }
    expect(() => equalSchedule(valid as never)).toThrow(
      "problem must be the result of defineProblem; got an object. Call defineProblem({ … }) first.",
    );
    expect(() => equalSchedule(undefined as never)).toThrow(
      "problem must be the result of defineProblem; got nothing.",
    );
  });
});

describe("defineProblem refuses", () => {
  const above0 = "a finite number above 0";
  const from0 = "a finite number, 0 or above";
  const units = {
    shares: "shares",
    horizon: "second",
    volatility: "USD/share/√second",
    temporaryImpact: "USD·second/share²",
    permanentImpact: "USD/share²",
    halfSpread: "USD/share",
    drift: "USD/share/second",
    riskAversion: "1/USD",
    arrivalPrice: "USD/share",
  };
  const required = ["shares", "horizon", "volatility", "temporaryImpact"] as const;
  const ranges: Record<keyof typeof units, string> = {
    shares: above0,
    horizon: above0,
    volatility: from0,
    temporaryImpact: above0,
    permanentImpact: from0,
    halfSpread: from0,
    drift: "a finite number",
    riskAversion: "a finite number",
    arrivalPrice: "a finite number",
  };
  const wrongForAll: [unknown, string][] = [
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    ["12", 'the text "12". Write the number without quotation marks'],
    ["many", 'the text "many"'],
    ["", 'the text ""'],
    [null, "null"],
    [true, "true"],
    [[1], "an array of length 1"],
    [{}, "an object"],
    [() => 1, "a function"],
    [12n, "12. Write the number without the n at its end"],
  ];
  const cases: [string, unknown, string][] = [];
  for (const [name, range] of Object.entries(ranges) as [keyof typeof units, string][]) {
    const wrong = [...wrongForAll];
    if (range === above0) wrong.push([0, "0"], [-0, "-0"], [-1, "-1"], [-Number.MIN_VALUE, "-5e-324"]);
    if (range === from0) wrong.push([-1e-9, "-1e-9"]);
    for (const [value, words] of wrong) {
      cases.push([name, value, `${name} must be ${range} (${units[name]}); got ${words}.`]);
    }
  }
  for (const name of required) {
    cases.push([name, undefined, `${name} must be ${ranges[name]} (${units[name]}); got nothing.`]);
  }
  for (const [value, words] of [
    [0, "0"],
    [-3, "-3"],
    [1.5, "1.5"],
    [10_000_001, "10000001"],
    [Number.NaN, "NaN"],
    [undefined, "nothing"],
    ["60", 'the text "60". Write the number without quotation marks'],
  ] as const) {
    cases.push(["intervals", value, `intervals must be an integer from 1 to 10,000,000; got ${words}.`]);
  }
  for (const value of ["Sell", "short", 1, null]) {
    const words = typeof value === "string" ? `the text "${value}"` : String(value);
    cases.push(["side", value, `side must be "sell" or "buy"; got ${words}.`]);
    cases.push(["timing", value, `timing must be "start", "mid" or "end"; got ${words}.`]);
  }
  for (const name of ["timeUnit", "currency"]) {
    cases.push([name, " ", `${name} must be a text of 1 to 40 characters; got the text " ".`]);
    cases.push([name, 7, `${name} must be a text of 1 to 40 characters; got 7.`]);
    cases.push([name, null, `${name} must be a text of 1 to 40 characters; got null.`]);
  }

  test(`each of ${cases.length} wrong values, by name, value, range and unit`, () => {
    expect(cases.length).toBeGreaterThan(100);
    for (const [name, value, message] of cases) {
      let said = "nothing was refused";
      try {
        defineProblem({ ...valid, [name]: value } as ProblemInput);
      } catch (error) {
        expect((error as Error).name, name).toBe("InputError");
        expect(error).toMatchObject({ parameter: name, value });
        said = (error as Error).message;
      }
      expect(said).toBe(message);
    }
  });

  test("a field that it does not know", () => {
    expect(() => defineProblem({ ...valid, sigma: 0.02 } as never)).toThrow(
      'defineProblem\'s argument field "sigma" must be left out: there is no such field. Known fields: side, shares,',
    );
  });

  test("anything that is not an object with fields", () => {
    for (const [value, words] of [
      [undefined, "nothing"],
      [null, "null"],
      [5, "5"],
      [[valid], "an array of length 1"],
    ] as const) {
      expect(() => defineProblem(value as never)).toThrow(
        `defineProblem's argument must be an object with named fields; got ${words}.`,
      );
    }
  });
});

describe("defineProblem takes plain objects alone", () => {
  test("and refuses others, whose fields may be hidden or of another meaning", () => {
    class Order {
      shares = 1e6;
    }
    for (const [value, words] of [
      [new Date(0), "an object of type Date"],
      [new Map(), "an object of type Map"],
      [/x/, "an object of type RegExp"],
      [new Float64Array(2), "a Float64Array of length 2"],
      [new Order(), "an object"],
      [Object.create({ riskAverison: 5 }), "an object"],
    ] as const) {
      expect(() => defineProblem(value as never)).toThrow(
        expect.objectContaining({
          message:
            `defineProblem's argument must be an object with named fields; got ${words}. ` +
            "Write a plain object, { name: value, … }.",
        }),
      );
    }
  });

  test("of another realm too, such as a cell's, and without a prototype", () => {
    const foreign = runInContext(`(${JSON.stringify(valid)})`, createContext({})) as ProblemInput;
    expect(Object.getPrototypeOf(foreign)).not.toBe(Object.prototype);
    expect(defineProblem(foreign)).toEqual(defineProblem(valid));
    expect(defineProblem(Object.assign(Object.create(null), valid))).toEqual(defineProblem(valid));
  });
});

test("a horizon that so many intervals divide into nothing is refused", () => {
  expect(() => defineProblem({ ...valid, horizon: 5e-324 })).toThrow(
    "horizon must be long enough for 60 intervals above 0 (second); got 5e-324. State time in a smaller unit.",
  );
});

test("numbers beyond all use are said to be so, in warnings and descriptions", () => {
  const problem = defineProblem({
    ...valid,
    volatility: 1e300,
    drift: -1e308,
    arrivalPrice: 1e-320,
    horizon: 1e5,
  });
  expect(problem.warnings[0]).toBe(
    "volatility: over the horizon the price would move by more than 1e300% of the arrival price (more than 50%). " +
      "Is it a volatility per year, or in percent? Expected unit: USD/share/√second.",
  );
  const described = describeProblem(defineProblem({ ...valid, drift: -1e308, arrivalPrice: 1e-10 }));
  expect(described.rows[6]).toEqual([
    "Price drift over the horizon",
    "less than -1e300 USD per share, less than -1e300 bp",
    "αT",
  ]);
  expect(JSON.stringify([problem.warnings, described.rows])).not.toMatch(/Infinity|NaN|∞/);
});

test("a problem is checked once: later looks at it read no more than they need", () => {
  // A copy has not passed the gate, so that the first look checks it, field by field.
  const copy = Object.freeze({ ...defineProblem({ ...valid, intervals: 2 }) });
  let reads = 0;
  const problem = new Proxy(copy, {
    get: (target, field) => {
      reads++;
      return Reflect.get(target, field);
    },
  });
  const readsOf = (look: () => unknown): number => {
    const before = reads;
    look();
    return reads - before;
  };
  const fields = Object.keys(copy).length;
  expect(readsOf(() => intervalLength(problem))).toBeGreaterThanOrEqual(fields);
  for (let i = 0; i < 3; i++) expect(readsOf(() => intervalLength(problem))).toBeLessThan(fields / 3);
  const schedule = equalSchedule(problem);
  expect(costReport(problem, schedule).expectedCost).toBeGreaterThan(0);
  expect(certify(problem, schedule).verdict).toBe("optimal");
});

describe("a problem with an arrival price warns", () => {
  const warningsOf = (change: Partial<ProblemInput>): readonly string[] =>
    defineProblem({ ...valid, arrivalPrice: 100, ...change }).warnings;

  test("not at all about seed A's own example", () => {
    expect(warningsOf({ permanentImpact: 1e-7 })).toEqual([]);
  });

  test("of a volatility per year where one per second belongs", () => {
    expect(warningsOf({ volatility: 20 })).toEqual([
      "volatility: over the horizon the price would move by 1,200% of the arrival price (more than 50%). " +
        "Is it a volatility per year, or in percent? Expected unit: USD/share/√second.",
    ]);
  });

  test("of a volatility of returns where one of prices belongs", () => {
    expect(warningsOf({ volatility: 1e-5 })).toEqual([
      "volatility: over the horizon the price would move by 0.0006% of the arrival price (less than 0.001%). " +
        "Is it a volatility of returns? Multiply that by the price. Expected unit: USD/share/√second.",
    ]);
  });

  test("a volatility of returns where one of prices belongs is flagged, by the year that the unit of time tells", () => {
    // 30% a year, and 1.9% a day, given as they are for a price of 100.
    for (const [volatility, timeUnit] of [
      [0.019, "day"],
      [0.3 / Math.sqrt(252 * 23_400), "second"],
      [0.3, "year"],
      [0.019, "days"],
    ] as const) {
      const [warning] = warningsOf({ volatility, timeUnit });
      expect(warning).toContain("Is it a volatility of returns? Multiply that by the price");
    }
    // As a price volatility, and where nothing is known of the unit, nothing is said.
    expect(warningsOf({ volatility: 1.9, horizon: 5, timeUnit: "day" })).toEqual([]);
    expect(warningsOf({ volatility: 60, horizon: 0.1, timeUnit: "day", temporaryImpact: 1e-8 })).toEqual([
      "volatility: over a year the price would move by 1,150% of the arrival price (more than 1,000%). Is it for another " +
        "unit of time, or from prices with a split or a slipped decimal point? Expected unit: USD/share/√day.",
    ]);
    expect(warningsOf({ volatility: 0.019, timeUnit: "tick" })).toEqual([]);
  });

  test("of a daily volatility of returns given per √minute, whatever the minute is called", () => {
    // 1.62% a day at a price of 430.
    const minutes = { horizon: 390, volatility: 0.0162, arrivalPrice: 430, temporaryImpact: 5e-7 } as const;
    for (const timeUnit of ["minute", "minutes", "min", "Mins"]) {
      expect(warningsOf({ ...minutes, timeUnit })).toEqual([
        "volatility: over the trading hours of a year the price would move by 1.18% of the arrival price (less than 2%). " +
          "Is it a volatility of returns? Multiply that by the price: priceVolatility does. " +
          `Expected unit: USD/share/√${timeUnit}.`,
      ]);
    }
    expect(
      warningsOf({ ...minutes, timeUnit: "min", volatility: 0.0162 * 430 * Math.sqrt(1 / 390) }),
    ).toEqual([]);
  });

  test("of a temporary impact for minutes where one for days belongs, and the reverse", () => {
    // 2 bp, as a desk would expect.
    const right = 7.2e-5;
    expect(warningsOf({ temporaryImpact: right })).toEqual([]);
    expect(warningsOf({ temporaryImpact: right * 390 })).toEqual([
      "temporaryImpact: trading evenly would concede 7.8% of the arrival price (more than 3%). Is it per trade instead of " +
        "per unit of trading rate, or for another time unit? Expected unit: USD·second/share².",
    ]);
    for (const [temporaryImpact, said] of [
      [right / 390, "0.00513"],
      [1e-12, "2.78e-8"],
    ] as const) {
      expect(warningsOf({ temporaryImpact })).toEqual([
        `temporaryImpact: trading evenly would concede ${said} bp (less than 0.01 bp). The order is small, or is it for ` +
          "another time unit? Expected unit: USD·second/share².",
      ]);
    }
  });

  test("of a half spread of half a cent given in cents", () => {
    expect(warningsOf({ halfSpread: 0.5 })).toEqual([
      "halfSpread: it is 0.5% of the arrival price (more than 0.2%). Is it in basis points, or in cents? Expected unit: " +
        "USD/share.",
    ]);
    expect(warningsOf({ halfSpread: 0.005 })).toEqual([]);
  });

  test("of a risk aversion without a unit, which trades at once, and of a negative one", () => {
    expect(warningsOf({ riskAversion: 1 })).toEqual([
      "riskAversion: the optimum trades more than 99% of the order in the first of 60 intervals. Is it for another " +
        "currency, or without a unit? Or are temporaryImpact and volatility for different time units? Expected unit: 1/USD.",
    ]);
    expect(warningsOf({ riskAversion: -1e-9 })).toEqual([
      "riskAversion: it is below 0, so the optimum seeks risk. Is the sign a slip? Expected unit: 1/USD.",
    ]);
    // The threshold is what it says: 99% in the first trade, by the optimum itself.
    const first = (riskAversion: number): number => {
      const { remaining, trades } = optimalSchedule(defineProblem({ ...valid, riskAversion }));
      return trades[0] / remaining[0];
    };
    const ratio = 100 + 1 / 100 - 2;
    const edge = (ratio * 5e-7) / (valid.volatility ** 2 * 60 ** 2);
    expect(first(edge)).toBeCloseTo(0.99, 10);
    expect([0.999, 1.001].map((factor) => warningsOf({ riskAversion: factor * edge }).length)).toEqual([
      0, 1,
    ]);
  });

  test("of a risk aversion without a unit on a grid of any fineness", () => {
    const intervals = 36_000;
    expect(warningsOf({ riskAversion: 1, intervals })).toEqual([
      "riskAversion: the optimum trades more than 99% of the order within the first 0.1% of the horizon. Is it for another " +
        "currency, or without a unit? Or are temporaryImpact and volatility for different time units? Expected unit: 1/USD.",
    ]);
    // What it says is true at the threshold, and more than true where an interval is short.
    const edge = ((100 + 1 / 100 - 2) * 5e-7) / (valid.volatility ** 2 * 3.6 ** 2);
    for (const intervals of [1001, 36_000]) {
      const { times, remaining } = optimalSchedule(
        defineProblem({ ...valid, riskAversion: edge, intervals }),
      );
      const after = times.findIndex((t) => t >= 3.6);
      expect(remaining[after] / remaining[0]).toBeLessThan(0.0101);
    }
    const count = (factor: number) => warningsOf({ riskAversion: factor * edge, intervals }).length;
    expect([0.999, 1.001].map(count)).toEqual([0, 1]);
  });

  test("of a price of 0 or below, to which basis points refer", () => {
    expect(warningsOf({ arrivalPrice: -37 })).toEqual([
      "arrivalPrice: it is below 0; basis points are of its absolute value. Spreads, power and oil trade there. Is the " +
        "sign right? Expected unit: USD/share.",
    ]);
    expect(warningsOf({ arrivalPrice: 0 })).toEqual([
      "arrivalPrice: it is 0, so there are no basis points of it. Leave it out if it is not known. Expected unit: USD/share.",
    ]);
  });

  test("where the problem is described, too", () => {
    const slip = defineProblem({ ...valid, arrivalPrice: 100, halfSpread: 0.5 });
    expect(describeProblem(slip).rows.slice(-1)).toEqual([["Warning", slip.warnings[0], ""]]);
  });

  test("of impacts and spreads of the size of the price", () => {
    const warnings = warningsOf({ temporaryImpact: 0.1, permanentImpact: 1e-3, halfSpread: 6 });
    expect(warnings.map((warning) => warning.split(":")[0])).toEqual([
      "temporaryImpact",
      "permanentImpact",
      "halfSpread",
    ]);
  });

  test("of nothing where there is no volatility or no arrival price to compare with", () => {
    expect(warningsOf({ volatility: 0 })).toEqual([]);
    expect(defineProblem({ ...valid, volatility: 1e6 }).warnings).toEqual([]);
  });
});

test("problems share one layout in the engine, by which all that reads them is several times as fast", () => {
  setFlagsFromString("--allow-natives-syntax");
  const isSame = new Function("one", "other", "return %HaveSameMap(one, other)");
  const [first, second] = [1e-6, 2e-6].map((riskAversion) => defineProblem({ ...valid, riskAversion }));
  expect(isSame(first, second)).toBe(true);
  const [one, other] = [1e-6, 2e-6].map((riskAversion) => withRiskAversion(first, riskAversion));
  expect(isSame(one, other)).toBe(true);
  expect(isSame(first, { ...first, more: 1 })).toBe(false);
});

describe("describeProblem", () => {
  const order = (change: Partial<ProblemInput>): string =>
    describeProblem(defineProblem({ ...valid, ...change })).rows[0][1];

  test("shows parts of shares, one share, and whole ones from a thousand on", () => {
    expect(order({ shares: 0.0003, arrivalPrice: 60_000 })).toBe("sell 0.0003 shares, worth 18 USD");
    expect(order({ shares: 0.7354 })).toBe("sell 0.7354 shares");
    expect(order({ shares: 1 })).toBe("sell 1 share");
    expect(order({ shares: 123_456.78 })).toBe("sell 123,457 shares");
  });

  test("has basis points of a negative price's absolute value, and none of a price of 0", () => {
    const spread = (arrivalPrice: number): string =>
      describeProblem(defineProblem({ ...valid, halfSpread: 0.01, arrivalPrice })).rows[5][1];
    expect(spread(-50)).toBe("0.01 USD per share, 2 bp");
    expect(spread(0)).toBe("0.01 USD per share");
  });
});
