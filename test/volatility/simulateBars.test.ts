import { describe, expect, test } from "vitest";
import { logReturns, simulateBars, simulateIntraday } from "../../src/volatility/index";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";

describe("simulated bars", () => {
  test("have the volatility, the trend and the nights that were asked for", () => {
    const { open, close } = simulateBars({
      bars: 20_000,
      volatility: 0.01,
      drift: 0.001,
      overnightFraction: 0.3,
      seed: 1,
    });
    const { mean, deviation } = moments([...logReturns(close)]);
    // Of 20,000: the mean is good to 7e-5, the deviation to 0.5%.
    expect(Math.abs(mean - 0.001)).toBeLessThan(3e-4);
    expectRelative(deviation, 0.01, 0.02, "deviation");
    const nights = [...open].slice(1).map((o, i) => Math.log(o / close[i]));
    expectRelative(moments(nights).deviation ** 2, 0.3e-4, 0.04, "variance of nights");
  });

  test("have the range of continuous trading: its mean is √(8/π) σ, its mean square 4 ln 2 σ²", () => {
    const { high, low } = simulateBars({ bars: 20_000, volatility: 0.01, seed: 2 });
    const ranges = [...high].map((h, i) => Math.log(h / low[i]));
    const { mean } = moments(ranges);
    expectRelative(mean, 0.01 * Math.sqrt(8 / Math.PI), 0.01, "mean range");
    expectRelative(moments(ranges.map((r) => r * r)).mean, 4e-4 * Math.LN2, 0.02, "mean square");
  });

  test("come in clusters around the same average where that was asked for, with the truth beside them", () => {
    const { variances, close } = simulateBars({
      bars: 20_000,
      volatility: 0.01,
      seed: 3,
      garch: { alpha: 0.1, beta: 0.85 },
    });
    expectRelative(moments([...variances]).mean, 1e-4, 0.1, "average");
    const z = [...logReturns(close)].map((r, i) => r / Math.sqrt(variances[i + 1]));
    expectRelative(moments(z).deviation, 1, 0.02, "standardized returns");
  });

  test("are seen at few trades and with a spread, where that was asked for", () => {
    const { open, high, low, close } = simulateBars({
      bars: 200,
      volatility: 1e-6,
      trades: 10,
      halfSpread: 1e-3,
      seed: 4,
    });
    const spreads = [...high].map((h, i) => Math.log(h / low[i]));
    // Ten trades are all at one side once in 512 bars.
    expect(spreads.filter((spread) => Math.abs(spread - 2e-3) < 1e-4).length).toBeGreaterThan(195);
    expect([...open].every((o, i) => o >= low[i] && o <= high[i])).toBe(true);
    expect([...close].every((c, i) => c >= low[i] && c <= high[i])).toBe(true);
  });

  test("are the same for the same seed, and are refused by name", () => {
    const options = { bars: 10, volatility: 0.01, seed: "a" };
    expect(simulateBars(options)).toEqual(simulateBars(options));
    expect(() => simulateBars({ ...options, overnightFraction: 1 })).toThrow(
      "overnightFraction must be a number from 0 to below 1",
    );
    expect(() => simulateBars({ ...options, garch: { alpha: 0.5, beta: 0.6 } })).toThrow(
      "garch.alpha + garch.beta must be below 1",
    );
    expect(() => simulateBars({ ...options, trades: 1 })).toThrow(
      "trades must be an integer from 2 to 100,000; got 1.",
    );
  });
});

test("simulated prices within a day have the jump in the middle and the bounce everywhere", () => {
  const prices = simulateIntraday({ steps: 100, volatility: 1e-9, halfSpread: 1e-3, jump: 0.05, seed: 1 });
  expect(prices).toHaveLength(101);
  const levels = [...prices].map((price) => Math.log(price / 100));
  expect(levels.slice(0, 50).every((x) => Math.abs(Math.abs(x) - 1e-3) < 1e-6)).toBe(true);
  expect(levels.slice(50).every((x) => Math.abs(Math.abs(x - 0.05) - 1e-3) < 1e-6)).toBe(true);
  expect(() => simulateIntraday({ steps: 3, volatility: 0.01, seed: 1 })).toThrow(
    "steps must be an integer from 4",
  );
});
