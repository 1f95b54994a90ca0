import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costReport,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  parameterSensitivity,
  requireOptimal,
} from "../../src/index";
import { table1 } from "../helpers/problems";

const problem = defineProblem({ ...table1, halfSpread: 0, riskAversion: 1e-6 });

describe("a wrong parameter", () => {
  const entries = parameterSensitivity(problem, [0.5, 1, 2]);
  const regret = (parameter: string, factor: number): number =>
    entries.find((entry) => entry.parameter === parameter && entry.factor === factor)?.regret as number;

  test("costs nothing when it is right, and something when it is not", () => {
    for (const { factor, regret, parameter } of entries) {
      if (factor === 1) expect(regret, parameter).toBe(0);
      else expect(regret, parameter).toBeGreaterThan(0);
    }
  });

  test("costs what pricing the mistaken schedule with the right parameters says", () => {
    const mistaken = optimalSchedule(defineProblem({ ...problem, volatility: 1.9 }));
    const best = costReport(problem, optimalSchedule(problem)).objective;
    expect(regret("volatility", 2)).toBe(costReport(problem, mistaken).objective - best);
  });

  test("acts through λσ²/a alone: twice the volatility is four times the risk aversion", () => {
    const four = parameterSensitivity(problem, [4]);
    const tempered = four.find(({ parameter }) => parameter === "riskAversion")?.regret as number;
    expect(Math.abs(regret("volatility", 2) / tempered - 1)).toBeLessThan(1e-9);
  });

  test("of infinite consequence is reported as no schedule, not as an error", () => {
    const [, much] = parameterSensitivity(problem, [1, 30]).filter(
      ({ parameter }) => parameter === "permanentImpact",
    );
    expect(much?.regret).toBeNaN();
    expect(much?.firstTradeFraction).toBeNaN();
  });

  test("of holdings that rounding would swallow is no schedule either", () => {
    const trending = defineProblem({
      shares: 1,
      horizon: 1,
      intervals: 10,
      volatility: 0,
      temporaryImpact: 1,
      drift: 1e9,
    });
    const [less] = parameterSensitivity(trending, [0.01]);
    expect(less).toEqual({
      parameter: "temporaryImpact",
      factor: 0.01,
      firstTradeFraction: Number.NaN,
      regret: Number.NaN,
    });
  });

  test("is refused as a factor when it is none", () => {
    expect(() => parameterSensitivity(problem, [1, 0])).toThrow(
      "factors[1] must be a finite number above 0; got 0.",
    );
    for (const [factors, words] of [
      [undefined, "nothing"],
      [5, "5"],
      [[], "an array of length 0"],
    ] as const) {
      expect(() => parameterSensitivity(problem, factors as never)).toThrow(
        expect.objectContaining({
          name: "InputError",
          message: `factors must be an array of at least one number; got ${words}.`,
        }),
      );
    }
    expect(() =>
      parameterSensitivity(defineProblem({ ...problem, volatility: 1e-300, riskAversion: 0 }), [1e-30]),
    ).toThrow(
      "factors[0] must be a number that leaves volatility, 1e-300 currency/share/√time, finite and not 0 when multiplied " +
        "by it; got 1e-30.",
    );
    expect(() => parameterSensitivity(equalSchedule(problem) as never, [1])).toThrow("defineProblem");
  });
});

test("a profile scales with its parameter: a day of twice the σ is planned with twice the σ of every interval", () => {
  const problem = defineProblem({
    ...table1,
    riskAversion: 1e-6,
    profile: { volatility: [2, 1, 1, 1, 2], temporaryImpact: [1e-6, 2e-6, 3e-6, 2e-6, 1e-6] },
  });
  const entries = parameterSensitivity(problem, [1, 2]);
  const at = (parameter: string, factor: number) =>
    entries.find((entry) => entry.parameter === parameter && entry.factor === factor);
  expect(at("volatility", 1)?.regret).toBe(0);
  // λσ² decides: twice the σ is four times the λ.
  const [, fourfold] = parameterSensitivity(problem, [1, 4]).filter(
    ({ parameter }) => parameter === "riskAversion",
  );
  expect(at("volatility", 2)?.regret).toBeCloseTo(fourfold.regret, 6);
  expect(at("volatility", 2)?.firstTradeFraction).toBeCloseTo(fourfold.firstTradeFraction, 12);
  expect(at("temporaryImpact", 2)?.regret).toBeGreaterThan(0);
});

describe("within bounds", () => {
  const capped = { upper: 250_000 };

  test("the regret is that of the bounded optimum for the mistaken parameter", () => {
    const entries = requireOptimal(parameterSensitivity(problem, [0.5, 1, 2], capped));
    const best = costReport(problem, requireOptimal(boundedSchedule(problem, capped)).schedule).objective;
    for (const { parameter, factor, firstTradeFraction, regret } of entries) {
      const mistaken = defineProblem({ ...problem, [parameter]: factor * problem[parameter] });
      const { schedule } = requireOptimal(boundedSchedule(mistaken, capped));
      expect(firstTradeFraction).toBe(schedule.trades[0] / problem.shares);
      expect(firstTradeFraction).toBeLessThanOrEqual(0.25);
      expect(regret).toBe(Math.max(0, costReport(problem, schedule).objective - best));
      if (factor === 1) expect(regret).toBe(0);
    }
  });

  test("that no schedule satisfies, the answer is the proof; unknown fields are refused", () => {
    expect(parameterSensitivity(problem, [2], { upper: 1 })).toEqual(boundedSchedule(problem, { upper: 1 }));
    expect(() => parameterSensitivity(problem, [2], { cap: 1 } as never)).toThrow(
      'bounds field "cap" must be left out',
    );
  });
});

test("what would take minutes is limited, in words", () => {
  const fine = defineProblem({ ...problem, intervals: 10_000_000 });
  expect(() => parameterSensitivity(fine, [0.5, 0.8, 1, 1.2, 1.5, 2])).toThrow(
    "factors must be at most 5 factors with 10,000,000 intervals: more would take minutes; got an array of length 6. " +
      "Use fewer intervals: the regret hardly depends on them.",
  );
});
