import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, intervalLength, type ProblemInput } from "../src/index";

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

  test("is asked for by every call that needs one", () => {
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
    arrivalPrice: above0,
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
    cases.push(["timing", value, `timing must be "start" or "end"; got ${words}.`]);
  }
  for (const name of ["timeUnit", "currency"]) {
    cases.push([name, " ", `${name} must be a text of 1 to 40 characters; got the text " ".`]);
    cases.push([name, 7, `${name} must be a text of 1 to 40 characters; got 7.`]);
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

describe("a problem with an arrival price warns", () => {
  const warningsOf = (change: Partial<ProblemInput>): readonly string[] =>
    defineProblem({ ...valid, arrivalPrice: 100, ...change }).warnings;

  test("not at all about seed A's own example", () => {
    expect(warningsOf({ permanentImpact: 1e-7 })).toEqual([]);
  });

  test("of a volatility per year where one per second belongs", () => {
    expect(warningsOf({ volatility: 20 })).toEqual([
      "volatility: over the horizon the price would move by 1,200 % of the arrival price (more than 50 %). " +
        "Is it a volatility per year, or in percent? Expected unit: USD/share/√second.",
    ]);
  });

  test("of a volatility of returns where one of prices belongs", () => {
    expect(warningsOf({ volatility: 1e-5 })).toEqual([
      "volatility: over the horizon the price would move by 0.0006 % of the arrival price (less than 0.001 %). " +
        "Is it a volatility of returns? Multiply that by the price. Expected unit: USD/share/√second.",
    ]);
  });

  test("a volatility of returns where one of prices belongs is flagged, by the year that the unit of time tells", () => {
    // 30 % a year, and 1.9 % a day, given as they are for a price of 100.
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
    expect(warningsOf({ volatility: 0.019, timeUnit: "tick" })).toEqual([]);
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
