import { describe, expect, test } from "vitest";
import {
  certify,
  costDistribution,
  costReport,
  defineProblem,
  optimalSchedule,
  remainingProblem,
  requireOptimal,
  scheduleFromTrades,
  type TradeBounds,
  type ValueAtRiskOptimum,
  type ValueAtRiskOptions,
  valueAtRisk,
  valueAtRiskSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { expectRelative, reference } from "../helpers/reference";
import { variedProblem } from "../helpers/varied";

interface LeastVar {
  readonly p: number;
  readonly z: number;
  readonly lam: number;
  readonly x: readonly number[];
  readonly E: number;
  readonly sd: number;
  readonly lvar: number;
}
const published = reference<{ lvar: readonly LeastVar[] }>("almgren_chriss_2001");
const problem = defineProblem({ ...table1, currency: "USD" });
const least = (options: ValueAtRiskOptions, of = problem, bounds?: TradeBounds): ValueAtRiskOptimum =>
  requireOptimal(valueAtRiskSchedule(of, options, bounds)) as ValueAtRiskOptimum;

describe("the paper's order", () => {
  test("has the paper's figures with its z of 1.645", () => {
    const { schedule, ...found } = least({ z: 1.645 });
    expect(found.valueAtRisk.toFixed(2)).toBe("1877206.70");
    expect(found.riskAversion.toPrecision(7)).toBe("0.000001694389");
    expect(found.expectedCost.toFixed(1)).toBe("1078681.5");
    expect(found.standardDeviation.toFixed(1)).toBe("485425.7");
    expect(schedule.remaining.slice(1, 5).map(Math.round)).toEqual([456_655, 207_336, 91_513, 34_613]);
  });

  test("agrees with 60-digit arithmetic at all digits of z", () => {
    for (const { p, z, lam, x, E, sd, lvar } of published.lvar) {
      const found = least({ level: p });
      expectRelative(found.z, z, 1e-15, "z");
      expectRelative(found.riskAversion, lam, 1e-11, "λ");
      expectRelative(found.expectedCost, E, 1e-12, "E");
      expectRelative(found.standardDeviation, sd, 1e-12, "√V");
      expectRelative(found.valueAtRisk, lvar, 1e-13, "L-VaR");
      for (const [k, held] of x.entries()) {
        expect(Math.abs(found.schedule.remaining[k] - held)).toBeLessThanOrEqual(1e-11 * 1e6);
      }
      expect(found.residual).toBeLessThan(1e-12);
    }
  });
});

test("no other schedule has less, in random directions, for every timing, side and profile", () => {
  const random = uniforms(71);
  for (let i = 0; i < 60; i++) {
    const varied = variedProblem(random, i, { halfSpread: 0, profile: { halfSpread: undefined } });
    if (varied.intervals < 3) continue;
    const { schedule, valueAtRisk: best, z } = least({ level: 0.9 }, varied);
    const open = schedule.trades.map((_, k) => varied.profile?.open?.[k] !== false);
    for (let trial = 0; trial < 5; trial++) {
      const trades = [...schedule.trades];
      const [a, b] = [0, 0].map(() => Math.floor(varied.intervals * random()));
      if (!open[a] || !open[b]) continue;
      const moved = varied.shares * 0.01 * (random() - 0.5);
      trades[a] += moved;
      trades[b] -= moved;
      const { expectedCost, standardDeviation } = costReport(varied, scheduleFromTrades(varied, trades));
      expect(expectedCost + z * standardDeviation).toBeGreaterThanOrEqual(best - 1e-10 * Math.abs(best));
    }
  }
});

test("it is certified as the optimum of E + λV with its own λ, also within bounds", () => {
  const bounds = { upper: 300_000 };
  const { schedule, riskAversion, valueAtRisk: found } = least({ level: 0.95 }, problem, bounds);
  const same = defineProblem({ ...problem, riskAversion });
  expect(certify(same, schedule, bounds).verdict).toBe("optimal");
  expect(found).toBe(valueAtRisk(costDistribution(problem, schedule), 0.95));
  expect(found).toBeGreaterThan(least({ level: 0.95 }).valueAtRisk);
});

test("re-planned on the way it becomes another schedule; mean and variance re-plan to themselves", () => {
  const whole = least({ level: 0.95 });
  const rest = remainingProblem(problem, whole.schedule.trades.slice(0, 2));
  const again = least({ level: 0.95 }, rest);
  // With less left to lose, z/(2√V) is larger: the rest is traded faster than planned.
  expect(again.riskAversion).toBeGreaterThan(2 * whole.riskAversion);
  expect(again.schedule.trades[0]).toBeGreaterThan(1.1 * whole.schedule.trades[2]);
  const kept = optimalSchedule({ ...rest, riskAversion: whole.riskAversion });
  expect(kept.trades[0]).toBeCloseTo(whole.schedule.trades[2], 4);
});

test("without risk, TWAP; and bounds that miss the order give the proof", () => {
  const calm = defineProblem({ ...table1, volatility: 0 });
  const { schedule, riskAversion, residual } = least({ level: 0.95 }, calm);
  expect(schedule.trades.map(Math.round)).toEqual(new Array(5).fill(200_000));
  expect([riskAversion, residual]).toEqual([Number.NaN, 0]);
  expect(valueAtRiskSchedule(problem, { level: 0.95 }, { upper: 1 })).toMatchObject({ status: "infeasible" });
});

test("level and z exclude each other, and must be what a quantile has", () => {
  const wrong = (options: object) => () => valueAtRiskSchedule(problem, options);
  expect(wrong({})).toThrow("options must be either { level } or { z }");
  expect(wrong({ level: 0.95, z: 2 })).toThrow("options must be either { level } or { z }");
  expect(wrong({ level: 0.5 })).toThrow("options.level must be a number above 0.5 and below 1; got 0.5.");
  expect(wrong({ z: 0 })).toThrow("options.z must be a finite number above 0; got 0.");
});
