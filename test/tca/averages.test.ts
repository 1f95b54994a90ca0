import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, type ProfileInput, scheduleFromTrades } from "../../src/index";
import { checkedAverages } from "../../src/tca/averages";
import { benchmarkDistribution, simulateBenchmarks } from "../../src/tca/index";
import { uniforms } from "../helpers/random";
import { variedProblem, variedTrades } from "../helpers/varied";

const day = (profile: ProfileInput) =>
  defineProblem({
    shares: 1000,
    horizon: 10,
    intervals: 4,
    volatility: 1,
    temporaryImpact: 1e-3,
    arrivalPrice: 50,
    profile,
  });

describe("benchmarks of a day that varies", () => {
  test("weight time by the length of the open intervals, and volume by the profile's", () => {
    const problem = day({ lengths: [1, 2, 3, 4], open: [true, true, false, true], volumes: [10, 20, 0, 70] });
    const weights = Object.fromEntries(
      checkedAverages(problem, {}).map(({ name, weights }) => [name, Array.from(weights)]),
    );
    expect(weights).toEqual({
      arrival: [1, 0, 0, 0, 0],
      TWAP: [1 / 7, 2 / 7, 0, 4 / 7, 0],
      "TWAP look-ahead": [0, 1 / 7, 2 / 7, 0, 4 / 7],
      VWAP: [0.1, 0.2, 0, 0.7, 0],
      "VWAP look-ahead": [0, 0.1, 0.2, 0, 0.7],
    });
  });

  test("TWAP is what the time-weighted schedule gets, but for its concession", () => {
    const problem = day({ lengths: [1, 2, 3, 4], open: [true, true, false, true], volatility: [1, 2, 3, 4] });
    const { slippage } = benchmarkDistribution(problem, equalSchedule(problem));
    expect(slippage.TWAP.standardDeviation).toBeLessThan(1e-14);
    expect(slippage.TWAP.mean).toBeCloseTo((1e-3 * 1000) / 7, 12);
  });

  test("have the means and deviations that a simulation finds, in all timings (5 standard errors)", () => {
    const random = uniforms(21);
    for (let i = 0; i < 30; i++) {
      const problem = variedProblem(random, i);
      const schedule = scheduleFromTrades(problem, variedTrades(problem, random));
      const law = benchmarkDistribution(problem, schedule);
      const { slippage } = simulateBenchmarks(problem, schedule, { paths: 2000, seed: i });
      for (const [name, { mean, meanError, standardDeviation, standardDeviationError }] of Object.entries(
        slippage,
      )) {
        const exact = law.slippage[name];
        const rounding = 1e-11 * (50 + Math.abs(exact.mean));
        expect(Math.abs(mean - exact.mean), name).toBeLessThanOrEqual(5 * meanError + rounding);
        expect(Math.abs(standardDeviation - exact.standardDeviation), name).toBeLessThanOrEqual(
          5 * standardDeviationError + rounding,
        );
      }
    }
  });
});
