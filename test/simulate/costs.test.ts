import { describe, expect, test } from "vitest";
import {
  conditionalValueAtRisk,
  costDistribution,
  costReport,
  defineProblem,
  immediateSchedule,
  optimalSchedule,
  type ProblemInput,
  scheduleFromTrades,
  simulateCosts,
  simulateFills,
  simulatePath,
  valueAtRisk,
  volumeSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";

const base: ProblemInput = {
  ...table1,
  intervals: 10,
  drift: 0.1,
  riskAversion: 1e-6,
  arrivalPrice: 50,
};

describe("simulated costs agree with the formulas within 5 standard errors, 100,000 paths", () => {
  for (const timing of ["start", "end"] as const) {
    for (const side of ["sell", "buy"] as const) {
      const problem = defineProblem({ ...base, timing, side });
      const schedules = {
        "the optimum": optimalSchedule(problem),
        "a U-shaped profile": volumeSchedule(problem, [5, 3, 2, 1, 1, 1, 1, 2, 3, 5]),
        "a schedule that reverses": scheduleFromTrades(problem, [8e5, -1e5, 0, 0, 3e5, -2e5, 0, 1e5, 0, 1e5]),
      };
      test.each(Object.entries(schedules))(`${timing}, ${side}, %s`, (_, schedule) => {
        const simulated = simulateCosts(problem, schedule, { paths: 100_000, seed: 2026 });
        const { expectedCost, standardDeviation } = costReport(problem, schedule);
        expect(Math.abs(simulated.mean - expectedCost) / simulated.meanError).toBeLessThan(5);
        expect(
          Math.abs(simulated.standardDeviation - standardDeviation) / simulated.standardDeviationError,
        ).toBeLessThan(5);
      });
    }
  }

  test("and their tails with the exact distribution: as many costs as it says exceed its value at risk", () => {
    const problem = defineProblem(base);
    const schedule = optimalSchedule(problem);
    const { costs } = simulateCosts(problem, schedule, { paths: 100_000, seed: 7 });
    const distribution = costDistribution(problem, schedule);
    for (const p of [0.05, 0.5, 0.95, 0.99]) {
      const exceeded = costs.filter((cost) => cost > valueAtRisk(distribution, p)).length / costs.length;
      expect(Math.abs(exceeded - (1 - p)) / Math.sqrt((p * (1 - p)) / costs.length)).toBeLessThan(5);
    }
    const worst = Float64Array.from(costs).sort().subarray(95_000);
    const shortfall = worst.reduce((sum, cost) => sum + cost, 0) / worst.length;
    // The mean of the worst 5% has a standard error of about 0.0066 deviations here.
    expect(Math.abs(shortfall - conditionalValueAtRisk(distribution, 0.95))).toBeLessThan(
      0.033 * distribution.standardDeviation,
    );
  });
});

describe("a simulation", () => {
  const problem = defineProblem(base);
  const schedule = optimalSchedule(problem);

  test("is the same for the same seed, another for another", () => {
    const run = (seed: number | string) => [...simulateCosts(problem, schedule, { paths: 50, seed }).costs];
    expect(run(1)).toEqual(run(1));
    expect(run("1")).toEqual(run(1));
    expect(run(2)).not.toEqual(run(1));
  });

  test("of more paths begins with the paths of a shorter one", () => {
    const few = simulateCosts(problem, schedule, { paths: 1500, seed: 1 }).costs;
    const many = simulateCosts(problem, schedule, { paths: 4000, seed: 1 }).costs;
    expect(many.slice(0, 1500)).toEqual([...few]);
  });

  test("does not depend on the arrival price, which cancels", () => {
    const cheap = defineProblem({ ...base, arrivalPrice: 1e-3 });
    const [a, b] = [problem, cheap].map((p) => simulateCosts(p, schedule, { paths: 20, seed: 1 }).costs);
    expect(a).toEqual(b);
  });

  test("without volatility gives the formula's cost on every path, with no error", () => {
    const certain = defineProblem({ ...base, volatility: 0 });
    const simulated = simulateCosts(certain, schedule, { paths: 5, seed: 1 });
    const { expectedCost } = costReport(certain, schedule);
    for (const cost of simulated.costs)
      expect(Math.abs(cost - expectedCost)).toBeLessThan(1e-12 * expectedCost);
    expect(simulated.standardDeviation).toBeLessThan(1e-9);
  });

  test("of an immediate sale at the start bears no risk; at the end it bears the first interval's", () => {
    const start = simulateCosts(problem, immediateSchedule(problem), { paths: 1000, seed: 1 });
    expect(start.standardDeviation).toBeLessThan(1e-6);
    const later = defineProblem({ ...base, timing: "end" });
    const end = simulateCosts(later, immediateSchedule(later), { paths: 1000, seed: 1 });
    expect(Math.abs(end.standardDeviation / (0.95 * Math.SQRT1_2 * 1e6) - 1)).toBeLessThan(0.12);
  });

  test("has a mean that is off by about one standard error, and a deviation too, in many repetitions", () => {
    const small = defineProblem({ ...base, intervals: 2 });
    const equal = optimalSchedule(small);
    const exact = costReport(small, equal);
    const scores = Array.from({ length: 500 }, (_, seed) => {
      const run = simulateCosts(small, equal, { paths: 200, seed });
      return {
        mean: (run.mean - exact.expectedCost) / run.meanError,
        deviation: (run.standardDeviation - exact.standardDeviation) / run.standardDeviationError,
      };
    });
    const spread = (zs: readonly number[]) => Math.sqrt(zs.reduce((sum, z) => sum + z * z, 0) / zs.length);
    // The root mean square of 500 standard normal numbers is 1 ± 0.032; 200 paths add about 0.02.
    expect(Math.abs(spread(scores.map(({ mean }) => mean)) - 1)).toBeLessThan(0.15);
    expect(Math.abs(spread(scores.map(({ deviation }) => deviation)) - 1)).toBeLessThan(0.2);
  });

  test("tells how far it is: not at all often, always rising, 1 at the end, and the same costs", () => {
    const long = defineProblem({ ...base, intervals: 10_000 });
    const twap = scheduleFromTrades(long, new Array<number>(10_000).fill(100));
    const fractions: number[] = [];
    const onProgress = (fraction: number) => fractions.push(fraction);
    const told = simulateCosts(long, twap, { paths: 5000, seed: 1, onProgress });
    expect(fractions).toEqual([2048 / 5000, 4096 / 5000, 1]);
    expect(told.costs.slice(0, 9)).toEqual([...simulateCosts(long, twap, { paths: 9, seed: 1 }).costs]);
  });

  test("has errors of its moments wherever its costs are numbers", () => {
    const huge = defineProblem({
      shares: 1e80,
      horizon: 1,
      intervals: 2,
      volatility: 1e10,
      temporaryImpact: 1e-80,
    });
    const usual = defineProblem({
      shares: 1,
      horizon: 1,
      intervals: 2,
      volatility: 1,
      temporaryImpact: 1e-10,
    });
    const tiny = defineProblem({
      shares: 1e-80,
      horizon: 1,
      intervals: 2,
      volatility: 1e-10,
      temporaryImpact: 1e-10,
    });
    const shares = [huge, usual, tiny].map((p) => {
      const run = simulateCosts(p, optimalSchedule(p), { paths: 40, seed: 1 });
      return [run.standardDeviationError / run.standardDeviation, run.meanError / run.standardDeviation];
    });
    for (const [error, meanError] of shares) {
      expect(Math.abs((error as number) / (shares[1]?.[0] as number) - 1)).toBeLessThan(1e-9);
      expect(Math.abs((meanError as number) * Math.sqrt(40) - 1)).toBeLessThan(1e-9);
    }
  });

  test("of costs beyond the largest double is refused", () => {
    const beyond = defineProblem({
      shares: 1e200,
      horizon: 1,
      intervals: 2,
      volatility: 1,
      temporaryImpact: 1e200,
    });
    const units =
      "leaves the range of floating-point numbers: state the problem in other units of shares, time or currency.";
    const schedule = optimalSchedule(beyond);
    expect(() => simulateCosts(beyond, schedule, { paths: 2, seed: 1 })).toThrow(
      expect.objectContaining({ name: "RangeError", message: `A simulated cost ${units}` }),
    );
    expect(() => simulatePath(beyond, schedule, { seed: 1 })).toThrow(`A simulated fill ${units}`);
    expect(() =>
      simulateFills(problem, [optimalSchedule(problem)], { orders: 1, seed: 1, slippageNoise: 1e308 }),
    ).toThrow(`A simulated slippage ${units}`);
  });

  test("refuses options that are none", () => {
    const run = (options: unknown) => () => simulateCosts(problem, schedule, options as never);
    expect(run({ paths: 1, seed: 1 })).toThrow("paths must be an integer from 2 to 100,000,000; got 1.");
    expect(run({ paths: 10 })).toThrow("seed must be a finite number or a text; got nothing.");
    expect(run({ paths: 10, seed: Number.NaN })).toThrow("seed must be a finite number or a text; got NaN.");
    expect(run({ paths: 10, seed: 1, workers: 2 })).toThrow(
      'simulateCosts\'s options field "workers" must be left out',
    );
    expect(run({ paths: 10, seed: 1, onProgress: true })).toThrow(
      "onProgress must be a function that takes the fraction completed, such as progressBar gives; got true.",
    );
    expect(run(undefined)).toThrow(
      "simulateCosts's options must be an object with named fields; got nothing.",
    );
  });
});
