import { expect, test } from "vitest";
import { defineProblem, equalSchedule } from "../src/index";

test("equal slices trade X/N in every interval and end at nothing", () => {
  const problem = defineProblem({ shares: 100, horizon: 2, intervals: 8, volatility: 1, temporaryImpact: 1 });
  const schedule = equalSchedule(problem);
  expect(schedule.trades).toEqual(new Array(8).fill(12.5));
  expect(schedule.remaining).toEqual([100, 87.5, 75, 62.5, 50, 37.5, 25, 12.5, 0]);
  expect(schedule.rates).toEqual(new Array(8).fill(50));
  expect(schedule.times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]);
});

test("a schedule cannot be changed", () => {
  const problem = defineProblem({ shares: 100, horizon: 2, intervals: 2, volatility: 1, temporaryImpact: 1 });
  const schedule = equalSchedule(problem);
  for (const part of [schedule, schedule.remaining, schedule.trades, schedule.rates, schedule.times]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});
