import { expect, test } from "vitest";
import {
  compareSchedules,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  planSchedule,
  requireOptimal,
  scheduleFromTrades,
  simulateCosts,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem, variedTrades } from "../helpers/varied";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, currency: "USD" });
const options = { paths: 20_000, seed: 5 };

test("the simulated difference has the exact mean and standard deviation, for every timing and profile", () => {
  const random = uniforms(61);
  for (let i = 0; i < 12; i++) {
    const varied = variedProblem(random, i);
    const [one, other] = [1, 2].map(() => scheduleFromTrades(varied, variedTrades(varied, random)));
    const { difference, simulated } = compareSchedules(varied, one, other, options);
    const ofMean = simulated.standardDeviation / Math.sqrt(options.paths);
    expect(Math.abs(simulated.meanError - ofMean)).toBeLessThanOrEqual(1e-12 * ofMean);
    const error = simulated.meanError + 1e-9 * Math.abs(difference.mean);
    expect(Math.abs(simulated.mean - difference.mean)).toBeLessThanOrEqual(4.5 * error);
    const ofDeviation = difference.standardDeviation / Math.sqrt(2 * options.paths);
    const rounding = 1e-6 * Math.abs(difference.mean);
    const off = Math.abs(simulated.standardDeviation - difference.standardDeviation);
    expect(off).toBeLessThanOrEqual(4.5 * ofDeviation + rounding);
  }
});

test("common paths save paths: similar schedules are told apart by a fraction of the noise of each", () => {
  const near = optimalSchedule({ ...problem, riskAversion: 1.1e-6 });
  const paired = compareSchedules(problem, optimalSchedule(problem), near, options);
  expect(paired.pathsSaved).toBeGreaterThan(100);
  const [one, other] = [optimalSchedule(problem), near].map((s) => simulateCosts(problem, s, options));
  expect(paired.simulated.mean).toBeCloseTo(one.mean - other.mean, 4);
});

test("how often the first one is the cheaper is exact, and counted", () => {
  const paired = compareSchedules(problem, optimalSchedule(problem), equalSchedule(problem), options);
  const { probabilityCheaper: p, simulated } = paired;
  const error = Math.sqrt((p * (1 - p)) / options.paths);
  expect(Math.abs(simulated.fractionCheaper - p)).toBeLessThan(4.5 * error);
  expect(paired.message).toBe(
    "Optimal costs 248,727 USD more than TWAP on average, with a standard deviation of 470,550 USD across paths, and is the cheaper one on 29.9% of them.",
  );
});

test("a schedule against itself differs by nothing", () => {
  const { difference, probabilityCheaper, simulated } = compareSchedules(
    problem,
    equalSchedule(problem),
    equalSchedule(problem),
    options,
  );
  expect([difference.mean, difference.standardDeviation, simulated.mean]).toEqual([0, 0, 0]);
  expect(probabilityCheaper).toBe(0.5);
});

test("two routes to one optimum are the same schedule, whatever rounding makes of them", () => {
  const volumes = new Array(problem.intervals).fill(1e7);
  const market = defineProblem({ ...problem, profile: { volumes } });
  const { schedule } = requireOptimal(planSchedule(market, { participation: { fraction: 0.9 } }));
  const free = optimalSchedule(market);
  expect(schedule.remaining).not.toEqual(free.remaining);
  const { difference, simulated, probabilityCheaper, pathsSaved, message } = compareSchedules(
    market,
    schedule,
    free,
    options,
  );
  expect([difference.mean, difference.standardDeviation, simulated.mean]).toEqual([0, 0, 0]);
  expect([probabilityCheaper, pathsSaved]).toEqual([0.5, Number.POSITIVE_INFINITY]);
  expect(message).toBe("Plan and Optimal are the same schedule, to a billionth of the order.");
  // A millionth of the order is a difference.
  const [first, second, ...rest] = free.trades;
  const moved = scheduleFromTrades(market, [first + 1, second - 1, ...rest]);
  expect(compareSchedules(market, moved, free, options).difference.standardDeviation).toBeGreaterThan(0);
});

test("without noise the cheaper one is always the cheaper", () => {
  const calm = defineProblem({ ...table1, volatility: 0 });
  const blunt = scheduleFromTrades(calm, [1e6, 0, 0, 0, 0]);
  expect(compareSchedules(calm, blunt, equalSchedule(calm), options).probabilityCheaper).toBe(0);
  expect(compareSchedules(calm, equalSchedule(calm), blunt, options).probabilityCheaper).toBe(1);
});

test("schedules of another order are refused", () => {
  const other = defineProblem({ ...table1, shares: 5 });
  expect(() => compareSchedules(problem, equalSchedule(problem), equalSchedule(other), options)).toThrow(
    /shares/,
  );
});
