import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  type ProblemInput,
  scheduleFromTrades,
  simulateCosts,
} from "../../src/index";
import { simulatePath } from "../../src/simulate/paths";
import { table1 } from "../helpers/problems";
import { expectRelative } from "../helpers/reference";

const base: ProblemInput = {
  ...table1,
  intervals: 10,
  drift: 0.1,
  riskAversion: 1e-6,
  arrivalPrice: 50,
};
const reversing = [8e5, -1e5, 0, 0, 3e5, -2e5, 0, 1e5, 0, 1e5];

for (const timing of ["start", "end"] as const) {
  for (const side of ["sell", "buy"] as const) {
    describe(`a path, ${timing}, ${side}`, () => {
      const problem = defineProblem({ ...base, timing, side });
      const schedule = scheduleFromTrades(problem, reversing);
      const path = simulatePath(problem, schedule, { seed: 5 });
      const s = side === "sell" ? 1 : -1;

      test("costs what the first of simulateCosts costs, whatever the schedule", () => {
        for (const tried of [schedule, optimalSchedule(problem), equalSchedule(problem)]) {
          for (const seed of [5, "autumn", -0.25]) {
            const { costs } = simulateCosts(problem, tried, { paths: 2, seed });
            expectRelative(simulatePath(problem, tried, { seed }).cost, costs[0], 1e-9, `seed ${seed}`);
          }
        }
      });

      test("holds the model's equations, written out here once more", () => {
        const { prices, fills, noise } = path;
        const τ = 0.5;
        let proceeds = 0;
        reversing.forEach((n, k) => {
          const before = prices[k];
          const after = before + 0.1 * τ + 0.95 * Math.sqrt(τ) * noise[k] - s * 2.5e-7 * n;
          expect(Math.abs(prices[k + 1] - after)).toBeLessThan(1e-12);
          const fill = (timing === "start" ? before : after) - s * (0.0625 * Math.sign(n) + (2.5e-6 * n) / τ);
          expect(Math.abs(fills[k] - fill)).toBeLessThan(1e-12);
          proceeds += n * fill;
        });
        expectRelative(path.cost, s * (1e6 * 50 - proceeds), 1e-9, "cost");
      });

      test("has a price at each time, from the arrival price on, and a fill for each trade", () => {
        expect(path.times).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
        expect(path.prices[0]).toBe(50);
        expect([path.prices, path.fills, path.noise].map(({ length }) => length)).toEqual([11, 10, 10]);
      });
    });
  }
}

describe("a path", () => {
  const problem = defineProblem(base);
  const schedule = optimalSchedule(problem);

  test("has the same noise for both sides and any schedule, another for another seed", () => {
    const { noise } = simulatePath(problem, schedule, { seed: 1 });
    const buy = defineProblem({ ...base, side: "buy", timing: "end" });
    expect(simulatePath(buy, equalSchedule(buy), { seed: "1" }).noise).toEqual(noise);
    expect(simulatePath(problem, schedule, { seed: 2 }).noise).not.toEqual(noise);
  });

  test("starts at 0 where no arrival price is known, at the same cost", () => {
    const unpriced = defineProblem({ ...base, arrivalPrice: undefined });
    const path = simulatePath(unpriced, schedule, { seed: 1 });
    expect(path.prices[0]).toBe(0);
    expect(path.cost).toBe(simulatePath(problem, schedule, { seed: 1 }).cost);
  });

  test("without volatility costs what the formula expects", () => {
    const certain = defineProblem({ ...base, volatility: 0 });
    const { cost } = simulatePath(certain, schedule, { seed: 1 });
    expectRelative(cost, costReport(certain, schedule).expectedCost, 1e-12, "cost");
  });

  test("cannot be changed", () => {
    const path = simulatePath(problem, schedule, { seed: 1 });
    for (const part of [path, path.times, path.prices, path.fills, path.noise]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test("refuses options that are none", () => {
    const run = (options: unknown) => () => simulatePath(problem, schedule, options as never);
    expect(run({})).toThrow("seed must be a finite number or a text; got nothing.");
    expect(run({ seed: 1, paths: 2 })).toThrow(
      'simulatePath\'s options field "paths" must be left out: there is no such field. Known fields: seed; got 2.',
    );
    expect(run(undefined)).toThrow(
      "simulatePath's options must be an object with named fields; got nothing.",
    );
    expect(() => simulatePath({} as never, schedule, { seed: 1 })).toThrow(
      "problem must be the result of defineProblem",
    );
  });
});
