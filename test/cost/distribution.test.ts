import { describe, expect, test } from "vitest";
import { costDistribution, defineProblem, equalSchedule, optimalSchedule } from "../../src/index";
import { table1 } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";

describe("the exact law of the cost", () => {
  const problem = defineProblem({ ...table1, arrivalPrice: 50 });

  test("gives the paper's smallest value at risk at the paper's risk aversions", () => {
    const { lvar } = reference<{ lvar: { p: number; lam: number; lvar: number }[] }>("almgren_chriss_2001");
    for (const { p, lam, lvar: expected } of lvar) {
      const riskAverse = defineProblem({ ...problem, riskAversion: lam });
      const law = costDistribution(riskAverse, optimalSchedule(riskAverse));
      expectRelative(law.valueAtRisk(p), expected, 1e-12, `value at risk at ${p}`);
      // Nearby risk aversions do worse.
      for (const other of [0.99 * lam, 1.01 * lam]) {
        const near = defineProblem({ ...problem, riskAversion: other });
        expect(costDistribution(near, optimalSchedule(near)).valueAtRisk(p)).toBeGreaterThan(expected);
      }
    }
  });

  test("has a density that is the slope of its distribution, and a median that is its mean", () => {
    const law = costDistribution(problem, equalSchedule(problem));
    expect(law.quantile(0.5)).toBe(law.mean);
    const [low, high] = [law.quantile(0.7), law.quantile(0.7001)];
    expectRelative(law.density((low + high) / 2), 0.0001 / (high - low), 1e-6, "density");
  });

  test("has a conditional value at risk that is the mean of the quantiles beyond", () => {
    const law = costDistribution(problem, equalSchedule(problem));
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += law.quantile(0.95 + (0.05 * (i + 0.5)) / steps);
    expectRelative(law.conditionalValueAtRisk(0.95), sum / steps, 1e-5, "CVaR");
  });

  test("is stated in basis points of 50 million as well, and only with an arrival price", () => {
    const law = costDistribution(problem, equalSchedule(problem));
    expectRelative(law.basisPoints?.mean as number, 132.5, 1e-14, "mean");
    expectRelative(law.basisPoints?.valueAtRisk(0.99) as number, law.valueAtRisk(0.99) / 5000, 1e-14, "VaR");
    const priceless = defineProblem({ ...problem, arrivalPrice: undefined });
    expect(costDistribution(priceless, equalSchedule(priceless)).basisPoints).toBeUndefined();
  });

  test("is stated in basis points where the order's value leaves the range of doubles, and refused where they do", () => {
    const tiny = defineProblem({ ...problem, shares: 1e-200, temporaryImpact: 1, arrivalPrice: 1e-200 });
    const law = costDistribution(tiny, equalSchedule(tiny));
    // ε = 0.0625 per share of 1e-200, in bp of a price of 1e-200.
    expectRelative(law.basisPoints?.mean as number, 6.25e202, 1e-12, "mean");
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
    const law = costDistribution(problem, equalSchedule(problem));
    expect(law.density(Number.POSITIVE_INFINITY)).toBe(0);
    for (const [cost, words] of [
      ["abc", 'the text "abc"'],
      [Number.NaN, "NaN"],
      [undefined, "nothing"],
    ] as const) {
      expect(() => law.density(cost as never)).toThrow(`cost must be a number (currency); got ${words}.`);
      expect(() => law.basisPoints?.density(cost as never)).toThrow(
        `cost must be a number (basis points); got ${words}.`,
      );
    }
  });

  test("refuses what is no probability, and a density where the cost is certain", () => {
    const law = costDistribution(problem, equalSchedule(problem));
    expect(() => law.quantile(0)).toThrow("p must be a number above 0 and below 1; got 0.");
    expect(() => law.valueAtRisk(95)).toThrow(
      "p must be a number above 0 and below 1; got 95. Write 95 % as 0.95.",
    );
    expect(() => law.conditionalValueAtRisk(Number.NaN)).toThrow("got NaN");
    const certain = defineProblem({ ...problem, volatility: 0 });
    const point = costDistribution(certain, equalSchedule(certain));
    expect(point.valueAtRisk(0.99)).toBe(point.mean);
    expect(() => point.density(point.mean)).toThrow("The cost is certain");
  });
});
