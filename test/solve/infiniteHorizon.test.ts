import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  type ExecutionProblem,
  infiniteHorizon,
  linearImpact,
  optimalSchedule,
  type ProblemInput,
  powerImpact,
  remainingAt,
} from "../../src/index";
import { powerReference } from "../helpers/powerReference";

const base: ProblemInput = {
  ...{ shares: 1e5, horizon: 1, intervals: 1, volatility: 1, riskAversion: 1e-5 },
};
const power = (exponent: number, change: Partial<ProblemInput> = {}): ExecutionProblem =>
  defineProblem({
    ...base,
    impact: powerImpact({ exponent, reference: { rate: 1e5, impact: 0.5 } }),
    ...change,
  });

describe("the optimum without a deadline", () => {
  test("is that of Almgren's closed forms at 60 digits, for every cell of his table", () => {
    for (const { inverse_lambda_thousand, k, T_star, E, sd } of powerReference.almgren2003.rows) {
      const found = infiniteHorizon(power(k, { riskAversion: 1e-3 / inverse_lambda_thousand }));
      expect(Math.abs(found.timeConstant / T_star - 1)).toBeLessThan(1e-14);
      expect(Math.abs(found.expectedCost / E - 1)).toBeLessThan(1e-14);
      expect(Math.abs(found.standardDeviation / sd - 1)).toBeLessThan(1e-14);
      expect(found.costVariance).toBeCloseTo(found.standardDeviation ** 2, 3);
    }
  });

  test("leaves the fractions at T* and 3T* that the closed form says", () => {
    const left = (k: number, times: number): number => {
      const found = infiniteHorizon(power(k));
      return remainingAt(found, times * found.timeConstant) / 1e5;
    };
    expect(left(0.5, 1)).toBeCloseTo(0.421875, 14);
    expect(left(0.5, 3)).toBeCloseTo(0.125, 14);
    expect(left(1, 1)).toBeCloseTo(Math.exp(-1), 14);
    expect(left(1, 3)).toBeCloseTo(Math.exp(-3), 14);
    expect(left(2, 1)).toBeCloseTo(8 / 27, 14);
    expect(left(2, 3)).toBe(0);
    expect(left(2, 4)).toBe(0);
    expect(left(2, 0)).toBe(1);
    expect(left(1 + 1e-9, 1)).toBeCloseTo(Math.exp(-1), 8);
  });

  test("has E·V^β the same for every risk aversion", () => {
    for (const exponent of [0.5, 1, 2]) {
      const products = [1e-7, 1e-5, 1e-3].map((riskAversion) => {
        const { expectedCost, costVariance } = infiniteHorizon(power(exponent, { riskAversion }));
        return expectedCost * costVariance ** exponent;
      });
      for (const product of products) expect(Math.abs(product / products[0] - 1)).toBeLessThan(1e-12);
    }
  });

  test("is what the optimum on a fine grid over a long time tends to", () => {
    for (const exponent of [0.6, 1, 1.5, 2]) {
      const without = infiniteHorizon(power(exponent));
      const horizon = (exponent > 1 ? 1.2 : 40) * (without.extinction ?? without.timeConstant);
      const problem = power(exponent, { horizon, intervals: 8000, timing: "mid" });
      const schedule = optimalSchedule(problem);
      const { expectedCost, costVariance } = costReport(problem, schedule);
      expect(Math.abs(expectedCost / without.expectedCost - 1)).toBeLessThan(2e-3);
      expect(Math.abs(costVariance / without.costVariance - 1)).toBeLessThan(2e-3);
      const k = Math.round((8000 * without.timeConstant) / horizon);
      const there = remainingAt(without, schedule.times[k]);
      expect(Math.abs(schedule.remaining[k] / there - 1)).toBeLessThan(5e-3);
    }
  });

  test("is really done for an exponent above 1: a longer horizon changes nothing", () => {
    const without = infiniteHorizon(power(2));
    expect(without.extinction).toBeCloseTo(3, 14);
    expect(infiniteHorizon(power(0.5)).extinction).toBeUndefined();
    expect(infiniteHorizon(power(1)).extinction).toBeUndefined();
    const [short, long] = [3.3, 6.6].map((horizon) =>
      optimalSchedule(power(2, { horizon, intervals: 100 * horizon, timing: "mid" })),
    );
    const done = short.remaining.findIndex((x) => x < 1);
    expect(short.times[done]).toBeGreaterThan(2.9);
    expect(short.times[done]).toBeLessThan(3.05);
    for (let k = 0; k < done; k++) expect(long.remaining[k]).toBeCloseTo(short.remaining[k], 6);
  });

  test("is the same for linear impact as for a power of 1, with spread and permanent impact on top", () => {
    const linear = defineProblem({
      ...base,
      halfSpread: 0.1,
      impact: linearImpact({ temporary: 5e-6, permanent: 1e-6 }),
    });
    const bare = infiniteHorizon(power(1));
    const found = infiniteHorizon(linear);
    expect(found.timeConstant).toBeCloseTo(bare.timeConstant, 14);
    expect(found.expectedCost - bare.expectedCost).toBeCloseTo(0.5 * 1e-6 * 1e10 + 0.1 * 1e5, 6);
  });
});

describe("what has no optimum without a deadline is rejected", () => {
  test.each([
    [
      "no risk aversion",
      { riskAversion: 0 },
      "problem.riskAversion must be a finite number above 0 (1/currency); got 0.",
    ],
    ["no risk", { volatility: 0 }, "problem.volatility must be a finite number above 0"],
    ["a drift", { drift: 1 }, "problem.drift must be 0 without a deadline (currency/share/time); got 1."],
    [
      "a profile that varies",
      { intervals: 2, profile: { volatility: [1, 2] } },
      "problem.profile must be left out or constant",
    ],
    [
      "a price of what is left",
      { remainderPrice: 1 },
      "problem.remainderPrice must be left out for infiniteHorizon",
    ],
  ])("%s", (_, change, message) => {
    expect(() => infiniteHorizon(power(0.5, change))).toThrow(message);
  });

  test("and so is a time before the beginning, or what is no such optimum", () => {
    const found = infiniteHorizon(power(0.5));
    expect(() => remainingAt(found, -1)).toThrow(
      "time must be a finite number, 0 or above (unit of time); got -1.",
    );
    expect(() => remainingAt({} as never, 1)).toThrow("optimum.shares must be a finite number");
  });
});
