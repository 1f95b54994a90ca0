import { describe, expect, test } from "vitest";
import {
  bipowerVariation,
  realizedVariance,
  simulateIntraday,
  twoScaleVariance,
  type VarianceEstimate,
  varianceSignature,
} from "../../src/volatility/index";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";
import { figures } from "../helpers/volatilityReference";

const { prices, estimates } = figures.intraday;

test("agree with the reference figures", () => {
  const expected: Readonly<Record<string, number>> = estimates;
  const twoScale = twoScaleVariance(prices, { grids: 5 });
  expect(twoScale.method).toBe("Two-scale, K = 5");
  expect(twoScaleVariance(prices, { grids: 5, correction: "raw" }).method).toBe("Two-scale, raw, K = 5");
  const found: Readonly<Record<string, number>> = {
    realised_variance: realizedVariance(prices).variance,
    realised_vol: realizedVariance(prices).volatility,
    bipower_variation: bipowerVariation(prices).variance,
    bipower_variation_n_over_n_minus_1: bipowerVariation(prices, { correction: "small-sample" }).variance,
    tsrv: twoScaleVariance(prices, { grids: 5, correction: "raw" }).variance,
    tsrv_small_sample: twoScale.variance,
    noise_variance_estimate: twoScale.noiseVariance,
  };
  for (const [name, value] of Object.entries(found)) {
    expectRelative(value, expected[name], 1e-12, name);
  }
});

/** z of many simulated days whose variance is 1e-4. */
function zs(estimate: (seed: number) => VarianceEstimate): { mean: number; deviation: number } {
  const days = Array.from({ length: 300 }, (_, seed) => estimate(seed));
  return moments(days.map((e) => (e.variance - 1e-4) / e.standardError));
}

describe("standard errors are honest over 300 days", () => {
  const day = (seed: number, more: object = {}): readonly number[] =>
    simulateIntraday({ steps: 780, volatility: 0.01, seed, ...more });

  test.each([
    ["realized variance", (seed: number) => realizedVariance(day(seed))],
    ["bipower variation", (seed: number) => bipowerVariation(day(seed), { correction: "small-sample" })],
    [
      "bipower variation on days with a jump of 1%",
      (seed: number) => bipowerVariation(day(seed, { jump: 0.01 }), { correction: "small-sample" }),
    ],
    [
      "two scales with noise",
      (seed: number) => twoScaleVariance(day(seed, { halfSpread: 3e-4 }), { grids: 20 }),
    ],
  ])("%s", (name, estimate) => {
    const { mean, deviation } = zs(estimate);
    // A jump leaves two products of bipower variation enlarged: a bias of some 2 · 0.8 · 0.01 · 0.00036 · π/2 ≈ 7e-6.
    expect(Math.abs(mean), `${name}: mean z`).toBeLessThan(name.includes("jump") ? 1.6 : 0.4);
    expect(Math.abs(deviation - 1), `${name}: deviation of z`).toBeLessThan(0.25);
  });
});

describe("noise", () => {
  const noisy = simulateIntraday({ steps: 23_400, volatility: 0.01, halfSpread: 2e-4, seed: 1 });

  test("multiplies realized variance, and two scales see through it", () => {
    // 2nω² = 2 · 23,400 · 4e-8 = 1.87e-3, on top of 1e-4.
    expectRelative(realizedVariance(noisy).variance, 1.972e-3, 0.03, "realized");
    const { variance, standardError, noiseVariance } = twoScaleVariance(noisy, { grids: 300 });
    expect(Math.abs(variance - 1e-4)).toBeLessThan(4 * standardError);
    expect(standardError).toBeLessThan(2e-5);
    expectRelative(noiseVariance, 4e-8, 0.06, "ω²");
  });

  test("shows in the signature, which falls with the sampling interval", () => {
    const points = varianceSignature(noisy, [1, 5, 30, 300]).map(({ estimate }) => estimate.variance);
    expect([...points].sort((a, b) => b - a)).toEqual(points);
    expectRelative(points[0], realizedVariance(noisy).variance, 1e-12, "step 1");
    expectRelative(points[3], 1e-4 + 1.872e-3 / 300, 0.35, "step 300");
  });
});

test("a jump is in realized variance and hardly in bipower variation", () => {
  const jumping = simulateIntraday({ steps: 390, volatility: 0.01, jump: 0.03, seed: 3 });
  const gap = realizedVariance(jumping).variance - bipowerVariation(jumping).variance;
  // The jump counts through its two products with neighbors of some 4e-4, at π/2 each: about 4% of its square.
  expectRelative(gap, 9e-4, 0.15, "the jump's square");
});

test("a two-scale estimate below 0 has an interval and no root", () => {
  // Prices that alternate have a variance on the fine grid and none on the coarse one.
  const zigzag = Array.from({ length: 40 }, (_, i) => 100 + (i % 2));
  const { variance, volatility, interval } = twoScaleVariance(zigzag, { grids: 2 });
  expect(variance).toBeLessThan(0);
  expect(volatility).toBeNaN();
  expect(interval[0]).toBeLessThan(variance);
});

test("a two-scale estimate of a pure bounce is 0, not what rounding leaves, with an interval from below 0", () => {
  const bounce = Array.from({ length: 401 }, (_, i) => (i % 2 === 0 ? 49.99 : 50.01));
  const { variance, volatility, standardError, interval, annualInterval, method } = twoScaleVariance(bounce);
  expect([variance, volatility]).toEqual([0, 0]);
  expect(interval[0]).toBeCloseTo(-1.959964 * standardError, 9);
  expect(annualInterval[0]).toBe(0);
  expect(annualInterval[1]).toBeCloseTo(Math.sqrt(252 * interval[1]), 12);
  // Five grids where there are ten returns or more, and half the returns where there are fewer.
  expect(method).toBe("Two-scale, K = 5");
  expect(twoScaleVariance(bounce.slice(0, 9)).method).toBe("Two-scale, K = 4");
});

test("an estimate below 0 says so, and its interval is ± z standard errors", () => {
  const zigzag = Array.from({ length: 40 }, (_, i) => 100 + (i % 2));
  const { variance, standardError, interval, warnings } = twoScaleVariance(zigzag, { grids: 2 });
  expect(interval[0]).toBe(variance - 1.959963984540054 * standardError);
  expect(warnings).toEqual([
    `The estimate is ${variance.toExponential(2)}, below 0: noise outweighs what the price moved, and there is no ` +
      "volatility. Use more data, or coarser sampling.",
  ]);
});

test("minutes have no annual figures unless periodsPerYear is given; weeks have 52", () => {
  const prices = [100, 101, 100, 102, 101, 100];
  const minutes = realizedVariance(prices, { period: "minute" });
  expect(minutes.annualVolatility).toBeNaN();
  expect(minutes.warnings).toEqual([
    "There are no annual figures: how many periods of a minute make a year is not known. Give periodsPerYear; " +
      "minutes of a day of 6.5 hours are 98,280.",
  ]);
  expect(realizedVariance(prices, { period: "minute", periodsPerYear: 98_280 }).warnings).toEqual([]);
  expect(realizedVariance(prices, { period: "week" }).periodsPerYear).toBe(52);
});

test("refuse what they cannot use", () => {
  expect(() => realizedVariance([1, 2])).toThrow("prices must be an array of at least 3 numbers");
  expect(() => bipowerVariation([1, 2, 3, 4])).toThrow("prices must be an array of at least 5 numbers");
  expect(() => twoScaleVariance([1, 2, 3, 4, 5], { grids: 3 })).toThrow(
    "grids must be an integer from 2 to 2; got 3.",
  );
  expect(() => varianceSignature([1, 2, 3, 4, 5], [0.5])).toThrow(
    "steps[0] must be an integer from 1 to 2; got 0.5.",
  );
  expect(() => twoScaleVariance([1, 2, 3, 4, 0])).toThrow("prices[4] must be a finite number above 0");
});
