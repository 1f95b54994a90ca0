import { describe, expect, test } from "vitest";
import { closeToCloseVolatility, ewmaVolatility, logReturns, simulateBars } from "../../src/volatility/index";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";
import { bars, figures } from "../helpers/volatilityReference";

const { estimates } = figures.ohlc;

describe("close-to-close", () => {
  test("agrees with the reference figures, with the mean removed and without", () => {
    const removed = closeToCloseVolatility(bars.close);
    const zero = closeToCloseVolatility(bars.close, { mean: "zero" });
    for (const [estimate, name] of [
      [removed, "close_to_close_mean_removed"],
      [zero, "close_to_close_zero_mean"],
    ] as const) {
      expectRelative(estimate.variance, estimates[name]?.daily_variance ?? 0, 1e-12, name);
      expectRelative(estimate.annualVolatility, estimates[name]?.annualised_vol ?? 0, 1e-12, name);
    }
    expect([removed.observations, removed.period, removed.periodsPerYear]).toEqual([59, "day", 252]);
  });

  test("has an honest standard error and interval: 400 samples lie about the truth as they say", () => {
    const samples = Array.from({ length: 400 }, (_, seed) =>
      closeToCloseVolatility(simulateBars({ bars: 251, volatility: 0.01, seed }).close),
    );
    const { mean, deviation } = moments(samples.map((e) => (e.variance - 1e-4) / e.standardError));
    // Estimate and error move together, which skews z a little to the left.
    expect(Math.abs(mean)).toBeLessThan(0.3);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.15);
    const covering = samples.filter(({ interval }) => interval[0] < 1e-4 && 1e-4 < interval[1]).length;
    // 95% of 400, less four standard errors (4.4 each).
    expect(covering).toBeGreaterThan(362);
  });

  test("with lags, allows for clusters of volatility: the error of the lasting level grows", () => {
    const { close } = simulateBars({
      bars: 2000,
      volatility: 0.01,
      seed: 5,
      garch: { alpha: 0.1, beta: 0.88 },
    });
    const plain = closeToCloseVolatility(close);
    const clustered = closeToCloseVolatility(close, { lags: 40 });
    expect(clustered.variance).toBe(plain.variance);
    expect(clustered.standardError).toBeGreaterThan(1.3 * plain.standardError);
  });

  test("states period, year and level as asked", () => {
    const weekly = closeToCloseVolatility(bars.close, { period: "week", periodsPerYear: 52, level: 0.5 });
    expect(weekly).toMatchObject({ period: "week", periodsPerYear: 52 });
    expectRelative(weekly.annualVolatility, weekly.volatility * Math.sqrt(52), 1e-15, "annual");
    const [low, high] = weekly.interval;
    expectRelative(low * high, weekly.variance ** 2, 1e-14, "symmetric in the logarithm");
    // The quartile of the normal law.
    const z = (Math.log(high / low) / 2 / weekly.standardError) * weekly.variance;
    expectRelative(z, 0.6744897501960817, 1e-12, "z");
    expect(Object.isFrozen(weekly) && Object.isFrozen(weekly.interval)).toBe(true);
  });

  test("is 0, surely, for a price that stands still, and takes a typed array", () => {
    const still = closeToCloseVolatility(Float64Array.of(7, 7, 7, 7));
    expect([still.variance, still.standardError, ...still.interval]).toEqual([0, 0, 0, 0]);
  });

  test("refuses what it cannot use", () => {
    expect(() => closeToCloseVolatility([1, 2])).toThrow(
      "prices must be an array of at least 3 numbers (currency/share); got an array of length 2.",
    );
    expect(() => closeToCloseVolatility([1, -2, 3])).toThrow(
      "prices[1] must be a finite number above 0 (currency/share); got -2.",
    );
    expect(() => closeToCloseVolatility([1, 2, 3], { mean: "none" as never })).toThrow(
      'mean must be "estimated" or "zero"; got the text "none".',
    );
    expect(() => closeToCloseVolatility([1, 2, 3], { level: 95 })).toThrow(
      "level must be a number between 0 and 1, both excluded; got 95.",
    );
    expect(() => closeToCloseVolatility([1, 2, 3], { annual: 252 } as never)).toThrow('field "annual"');
    expect(() => logReturns([1])).toThrow("prices must be an array of at least 2 numbers");
  });
});

describe("EWMA", () => {
  test("agrees with the reference figures, from either start", () => {
    const first = ewmaVolatility(bars.close);
    const sample = ewmaVolatility(bars.close, { start: "sample-variance" });
    const expected = [
      estimates.ewma_094_start_first_squared_return?.daily_variance ?? 0,
      estimates.ewma_094_start_sample_variance?.daily_variance ?? 0,
    ] as const;
    expectRelative(first.variance, expected[0], 1e-12, "first return");
    expectRelative(sample.variance, expected[1], 1e-12, "sample variance");
  });

  test("has an honest standard error, wide as its memory is short", () => {
    const samples = Array.from({ length: 300 }, (_, seed) =>
      ewmaVolatility(simulateBars({ bars: 300, volatility: 0.01, seed }).close),
    );
    const z = moments(samples.map((e) => (Math.log(e.variance / 1e-4) * e.variance) / e.standardError));
    // Some 33 squared normals with weights that differ: the error is itself uncertain by a fifth.
    expect(Math.abs(z.mean)).toBeLessThan(0.35);
    expect(Math.abs(z.deviation - 1)).toBeLessThan(0.25);
    // Theory: √(2·0.06/1.94) of the variance.
    const typical = moments(samples.map((e) => e.standardError / e.variance)).mean;
    expect(Math.abs(typical - Math.sqrt(0.12 / 1.94))).toBeLessThan(0.03);
  });

  test("forgets: with a decay near 0 it is the last squared return", () => {
    const returns = logReturns(bars.close);
    expectRelative(ewmaVolatility(bars.close, { decay: 1e-9 }).variance, returns[58] ** 2, 1e-6, "last");
    expect(() => ewmaVolatility(bars.close, { decay: 1 })).toThrow("decay must be a number between 0 and 1");
  });
});
