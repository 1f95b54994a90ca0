import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  describeProblem,
  equalSchedule,
  type ProblemInput,
  powerImpact,
  remainingProblem,
  timeConstant,
  tridiagonalSchedule,
} from "../../src/index";
import { scaleParameter } from "../../src/model/scaleParameter";

const impact = powerImpact({ coefficient: 0.0011, exponent: 0.5, permanent: 2.5e-7 });
const input: ProblemInput = { shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, impact };
const problem = defineProblem(input);

describe("a power law as data", () => {
  test("is plain: its kind and three numbers", () => {
    expect(impact).toEqual({ kind: "power", coefficient: 0.0011, exponent: 0.5, permanent: 2.5e-7 });
    expect(Object.isFrozen(impact)).toBe(true);
    expect(powerImpact({ coefficient: 1, exponent: 2 }).permanent).toBe(0);
  });

  test("takes what a rate concedes in place of η", () => {
    const { coefficient, ...rest } = powerImpact({
      exponent: 0.6,
      reference: { rate: 2e5, impact: 0.4 },
      permanent: 1e-7,
    });
    expect(coefficient * 2e5 ** 0.6).toBeCloseTo(0.4, 14);
    expect(rest).toEqual({ kind: "power", exponent: 0.6, permanent: 1e-7 });
  });

  test.each([
    [
      { exponent: 0.5 },
      "coefficient must be a finite number above 0 (currency/share·(time/share)^0.5); got nothing.",
    ],
    [{ coefficient: 1, exponent: 0 }, "exponent must be a number above 0 and at most 3; got 0."],
    [
      { coefficient: 1, exponent: 1, permanent: -1 },
      "permanent must be a finite number, 0 or above (currency/share²); got -1.",
    ],
    [
      { coefficient: 1, exponent: 1, reference: { rate: 1, impact: 1 } },
      "coefficient must be left out where reference is given: both say η; got 1.",
    ],
    [
      { exponent: 3, reference: { rate: 1e200, impact: 1 } },
      "reference.rate must be such that 1/rate^3 is a finite number above 0 (shares/time); got 1e+200. " +
        "State time or shares in another unit.",
    ],
    [
      { exponent: 1, reference: { rate: 0, impact: 1 } },
      "reference.rate must be a finite number above 0 (shares/time); got 0.",
    ],
  ])("refuses %o", (given, message) => {
    expect(() => powerImpact(given as Parameters<typeof powerImpact>[0])).toThrow(
      expect.objectContaining({ name: "InputError", message }),
    );
  });
});

describe("a problem with a power law", () => {
  test("holds it once, in impact, and shows its coefficients in the fields that every problem has", () => {
    expect(problem.impact).toEqual(impact);
    expect([problem.temporaryImpact, problem.permanentImpact]).toEqual([0.0011, 2.5e-7]);
    expect(Object.keys(problem)).not.toContain("temporaryImpact");
    expect(Object.keys(problem)).not.toContain("permanentImpact");
  });

  test.each([
    ["a spread", { ...problem }],
    ["structuredClone", structuredClone(problem)],
    ["JSON", JSON.parse(JSON.stringify(problem))],
  ])("survives %s, as a problem of the same cost", (_, copy) => {
    const back = defineProblem(copy);
    expect(back).toEqual(problem);
    expect(back.temporaryImpact).toBe(0.0011);
    expect(costReport(copy, equalSchedule(copy))).toEqual(costReport(problem, equalSchedule(problem)));
  });

  test("refuses a temporaryImpact beside it, and takes one in its place", () => {
    expect(() => defineProblem({ ...problem, temporaryImpact: 1e-6 })).toThrow(
      "temporaryImpact must be left out where impact is given",
    );
    const linear = defineProblem({ ...problem, impact: undefined, temporaryImpact: 1e-6 });
    expect(linear.impact).toEqual({ kind: "linear", temporary: 1e-6, permanent: 0 });
  });

  test("has coefficients that can be scaled and replaced", () => {
    const doubled = scaleParameter(problem, "temporaryImpact", 2);
    expect(doubled.impact).toEqual({ ...impact, coefficient: 0.0022 });
    expect(scaleParameter(problem, "permanentImpact", 2).impact).toEqual({ ...impact, permanent: 5e-7 });
    const left = remainingProblem(problem, [2e5], { temporaryImpact: 0.002, volatility: 1 });
    expect(left.impact).toEqual({ ...impact, coefficient: 0.002 });
    expect([left.shares, left.volatility, left.intervals]).toEqual([8e5, 1, 4]);
    expect(remainingProblem(problem, [2e5]).impact).toEqual(impact);
  });

  test("varies over the day by its own coefficients", () => {
    const η = [1e-3, 2e-3, 1e-3, 2e-3, 1e-3];
    const varied = defineProblem({ ...input, profile: { temporaryImpact: η } });
    const cost = η.reduce((sum, one) => sum + one * Math.sqrt(2e5) * 2e5, 0);
    expect(costReport(varied, equalSchedule(varied)).temporary).toBeCloseTo(cost, 6);
  });

  test("is described by what trading evenly concedes", () => {
    const { rows } = describeProblem(problem);
    expect(rows[3]).toEqual(["Temporary impact at a constant rate", "0.492 currency per share", "η(X/T)^β"]);
  });

  test("is warned of by what it concedes, in its own unit", () => {
    const { warnings } = defineProblem({ ...input, arrivalPrice: 5 });
    expect(warnings).toContainEqual(
      "temporaryImpact: trading evenly would concede 9.84% of the arrival price (more than 3%). Is it per trade instead " +
        "of per unit of trading rate, or for another time unit? Expected unit: currency/share·(time/share)^0.5.",
    );
  });

  test.each([
    ["tridiagonalSchedule", () => tridiagonalSchedule(problem)],
    ["timeConstant", () => timeConstant(problem)],
  ])("is refused by %s, which is for linear impact only", (_, call) => {
    expect(call).toThrow(expect.objectContaining({ name: "InputError", parameter: "problem.impact.kind" }));
  });
});
