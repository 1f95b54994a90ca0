import { describe, expect, test } from "vitest";
import {
  defineProblem,
  equalSchedule,
  immediateSchedule,
  type ProblemInput,
  scheduleFromTrades,
} from "../../src/index";
import { simulateFills } from "../../src/simulate/fills";
import { moments } from "../helpers/moments";

const base: ProblemInput = {
  shares: 100,
  horizon: 2,
  intervals: 4,
  volatility: 0.5,
  temporaryImpact: 1e-3,
  permanentImpact: 1e-4,
  halfSpread: 0.02,
  drift: 0.1,
};
const reversing = [90, -20, 0, 30];

for (const side of ["sell", "buy"] as const) {
  describe(`simulated fills, ${side}`, () => {
    const s = side === "sell" ? 1 : -1;

    test("hold the price model: slippage ε + η|n|/τ at the start, against the trade where it reverses too", () => {
      const problem = defineProblem({ ...base, side });
      const schedule = scheduleFromTrades(problem, reversing);
      const { rates, slippages, signedVolumes } = simulateFills(problem, [schedule], { orders: 1, seed: 1 });
      expect(rates).toEqual([180, 40, 60]);
      slippages.forEach((slippage, i) => {
        expect(slippage).toBeCloseTo(0.02 + 1e-3 * rates[i], 12);
      });
      expect(signedVolumes).toEqual(reversing.map((n) => -s * n + 0));
    });

    test("at the end contain the price's move, which without volatility is drift and own impact", () => {
      const problem = defineProblem({ ...base, side, timing: "end", volatility: 0 });
      const { slippages, priceMoves } = simulateFills(problem, [scheduleFromTrades(problem, reversing)], {
        orders: 1,
        seed: 1,
      });
      reversing.forEach((n, k) => {
        expect(priceMoves[k]).toBeCloseTo(0.05 - s * 1e-4 * n, 12);
      });
      [90, -20, 30].forEach((n, i) => {
        const own = 1e-4 * Math.abs(n);
        const drift = -s * Math.sign(n) * 0.05;
        expect(slippages[i]).toBeCloseTo(0.02 + 2e-3 * Math.abs(n) + own + drift, 12);
      });
    });
  });
}

describe("simulated fills", () => {
  const problem = defineProblem(base);
  const schedules = [immediateSchedule(problem), equalSchedule(problem)];

  test("take the schedules in turn, one fill for each trade and one move for each interval", () => {
    const fills = simulateFills(problem, schedules, { orders: 3, seed: 1 });
    expect(fills.signedVolumes).toEqual([-100, 0, 0, 0, -25, -25, -25, -25, -100, 0, 0, 0]);
    expect(fills.rates).toEqual([200, 50, 50, 50, 50, 200]);
    expect([fills.slippages.length, fills.priceMoves.length]).toEqual([6, 12]);
    for (const part of [fills, ...Object.values(fills)]) expect(Object.isFrozen(part)).toBe(true);
  });

  test("are the same for the same seed, begin with those of fewer orders, and differ from order to order", () => {
    const run = (orders: number, seed: number) =>
      simulateFills(problem, schedules, { orders, seed }).priceMoves;
    expect(run(4, 1)).toEqual(run(4, 1));
    expect(run(4, 1).slice(0, 8)).toEqual(run(2, 1));
    expect(run(4, 2)).not.toEqual(run(4, 1));
    expect(run(4, 1).slice(4, 8)).not.toEqual(run(4, 1).slice(12, 16));
  });

  test("carry the noise of measurement that was asked for, and only on slippages", () => {
    const clean = simulateFills(problem, schedules, { orders: 1000, seed: 1 });
    const noisy = simulateFills(problem, schedules, { orders: 1000, seed: 1, slippageNoise: 0.3 });
    expect(noisy.priceMoves).toEqual(clean.priceMoves);
    const { mean, deviation } = moments(noisy.slippages.map((value, i) => value - clean.slippages[i]));
    expect(Math.abs(mean)).toBeLessThan((4 * 0.3) / Math.sqrt(2500));
    expect(Math.abs(deviation / 0.3 - 1)).toBeLessThan(4 / Math.sqrt(5000));
  });

  test("have an error of measurement that is independent of the price's noise", () => {
    const twap = [equalSchedule(problem)];
    const clean = simulateFills(problem, twap, { orders: 1000, seed: 1 });
    const noisy = simulateFills(problem, twap, { orders: 1000, seed: 1, slippageNoise: 1 });
    const errors = noisy.slippages.map((value, i) => value - clean.slippages[i]);
    const products = noisy.priceMoves.map((move, i) => (move - (0.05 - 0.0025)) * errors[i]);
    const { mean, deviation } = moments(products);
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(4000));
  });

  test("refuse what cannot be simulated", () => {
    const run = (given: unknown, options: unknown) => () =>
      simulateFills(problem, given as never, options as never);
    expect(run([], { orders: 1, seed: 1 })).toThrow(
      "schedules must be an array of at least one schedule; got an array of length 0.",
    );
    expect(run(schedules[0], { orders: 1, seed: 1 })).toThrow(
      "schedules must be an array of at least one schedule; got an object.",
    );
    expect(run(schedules, { orders: 0, seed: 1 })).toThrow(
      "orders must be an integer from 1 to 1,000,000; got 0.",
    );
    expect(run(schedules, { orders: 1 })).toThrow("seed must be a finite number or a text; got nothing.");
    expect(run(schedules, { orders: 1, seed: 1, slippageNoise: -1 })).toThrow(
      "slippageNoise must be a finite number, 0 or above (currency/share); got -1.",
    );
    expect(run(schedules, { orders: 1, seed: 1, noise: 1 })).toThrow(
      'simulateFills\'s options field "noise" must be left out: there is no such field. ' +
        "Known fields: orders, seed, slippageNoise; got 1.",
    );
    const fine = defineProblem({ ...base, intervals: 1000 });
    expect(() => simulateFills(fine, [equalSchedule(fine)], { orders: 20_000, seed: 1 })).toThrow(
      "orders must be at most 10,000 for 1,000 intervals; got 20000. Fewer orders, or fewer intervals, will do.",
    );
  });
});
