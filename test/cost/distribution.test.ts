import { describe, expect, test } from "vitest";
import {
  conditionalValueAtRisk,
  costDistribution,
  defineProblem,
  density,
  equalSchedule,
  type NormalDistribution,
  optimalSchedule,
  quantile,
  valueAtRisk,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";

describe("the exact distribution of the cost", () => {
  const problem = defineProblem({ ...table1, arrivalPrice: 50 });

  test("gives the paper's smallest value at risk at the paper's risk aversions", () => {
    const { lvar } = reference<{ lvar: { p: number; lam: number; lvar: number }[] }>("almgren_chriss_2001");
    for (const { p, lam, lvar: expected } of lvar) {
      const riskAverse = defineProblem({ ...problem, riskAversion: lam });
      const distribution = costDistribution(riskAverse, optimalSchedule(riskAverse));
      expectRelative(valueAtRisk(distribution, p), expected, 1e-12, `value at risk at ${p}`);
      // Nearby risk aversions do worse.
      for (const other of [0.99 * lam, 1.01 * lam]) {
        const near = defineProblem({ ...problem, riskAversion: other });
        expect(valueAtRisk(costDistribution(near, optimalSchedule(near)), p)).toBeGreaterThan(expected);
      }
    }
  });

  test("has a density that is the slope of its distribution, and a median that is its mean", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    expect(quantile(distribution, 0.5)).toBe(distribution.mean);
    const [low, high] = [quantile(distribution, 0.7), quantile(distribution, 0.7001)];
    expectRelative(density(distribution, (low + high) / 2), 0.0001 / (high - low), 1e-6, "density");
  });

  test("has a conditional value at risk that is the mean of the quantiles beyond", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += quantile(distribution, 0.95 + (0.05 * (i + 0.5)) / steps);
    expectRelative(conditionalValueAtRisk(distribution, 0.95), sum / steps, 1e-5, "CVaR");
  });

  test("is stated in basis points of 50 million as well, and only with an arrival price", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    expectRelative(distribution.inBasisPoints?.mean as number, 132.5, 1e-14, "mean");
    expectRelative(
      valueAtRisk(distribution.inBasisPoints as NormalDistribution, 0.99),
      valueAtRisk(distribution, 0.99) / 5000,
      1e-14,
      "VaR",
    );
    const negative = defineProblem({ ...problem, arrivalPrice: -50 });
    expect(costDistribution(negative, equalSchedule(negative)).inBasisPoints).toEqual(
      distribution.inBasisPoints,
    );
    const zero = defineProblem({ ...problem, arrivalPrice: 0 });
    expect(costDistribution(zero, equalSchedule(zero)).inBasisPoints).toBeUndefined();
    const priceless = defineProblem({ ...problem, arrivalPrice: undefined });
    expect(costDistribution(priceless, equalSchedule(priceless)).inBasisPoints).toBeUndefined();
  });

  test("is stated in basis points where the order's value leaves the range of doubles, and refused where they do", () => {
    const tiny = defineProblem({ ...problem, shares: 1e-200, temporaryImpact: 1, arrivalPrice: 1e-200 });
    const distribution = costDistribution(tiny, equalSchedule(tiny));
    // ε = 0.0625 per share of 1e-200, in bp of a price of 1e-200.
    expectRelative(distribution.inBasisPoints?.mean as number, 6.25e202, 1e-12, "mean");
    const dear = defineProblem({ ...problem, shares: 1, temporaryImpact: 1e300, arrivalPrice: 1e-10 });
    expect(() => costDistribution(dear, equalSchedule(dear))).toThrow(
      expect.objectContaining({
        name: "RangeError",
        message:
          "The cost in basis points of the order's value leaves the range of floating-point numbers: state the problem " +
          "in other units of shares, time or currency.",
      }),
    );
  });

  test("has a density of numbers alone", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    expect(density(distribution, Number.POSITIVE_INFINITY)).toBe(0);
    for (const [cost, words] of [
      ["abc", 'the text "abc"'],
      [Number.NaN, "NaN"],
      [undefined, "nothing"],
    ] as const) {
      expect(() => density(distribution, cost as never)).toThrow(
        `value must be a number (currency); got ${words}.`,
      );
      expect(() => density(distribution.inBasisPoints as NormalDistribution, cost as never)).toThrow(
        `value must be a number (bp); got ${words}.`,
      );
    }
  });

  test("refuses what is no probability, and a density where the cost is certain", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    expect(() => quantile(distribution, 0)).toThrow("p must be a number above 0 and below 1; got 0.");
    expect(() => valueAtRisk(distribution, 95)).toThrow(
      "p must be a number above 0 and below 1; got 95. Write 95% as 0.95.",
    );
    expect(() => conditionalValueAtRisk(distribution, Number.NaN)).toThrow("got NaN");
    const certain = defineProblem({ ...problem, volatility: 0 });
    const point = costDistribution(certain, equalSchedule(certain));
    expect(valueAtRisk(point, 0.99)).toBe(point.mean);
    expect(() => density(point, point.mean)).toThrow(
      "A standard deviation of 0 has no density: the value is 662500 currency for certain.",
    );
  });

  test("is plain data, and answers the same after a way through JSON or a worker", () => {
    const distribution = costDistribution(problem, equalSchedule(problem));
    for (const copy of [JSON.parse(JSON.stringify(distribution)), structuredClone(distribution)]) {
      expect(copy).toEqual(distribution);
      expect(quantile(copy.inBasisPoints, 0.9)).toBe(
        quantile(distribution.inBasisPoints as NormalDistribution, 0.9),
      );
    }
  });

  test("refuses what is not one, by the field that is wrong", () => {
    for (const [wrong, message] of [
      [undefined, "distribution must be a distribution with mean, standardDeviation and unit; got nothing."],
      [{ mean: 1 }, "distribution.standardDeviation must be a finite number, 0 or above; got nothing."],
      [
        { mean: 1, standardDeviation: -1 },
        "distribution.standardDeviation must be a finite number, 0 or above; got -1.",
      ],
      [{ mean: "1", standardDeviation: 1 }, 'distribution.mean must be a finite number; got the text "1".'],
    ] as const) {
      for (const ask of [quantile, density, valueAtRisk, conditionalValueAtRisk]) {
        expect(() => ask(wrong as never, 0.5)).toThrow(message);
      }
    }
  });
});
