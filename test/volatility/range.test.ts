import { describe, expect, test } from "vitest";
import {
  estimatorStudy,
  garmanKlassVolatility,
  parkinsonVolatility,
  rangeVolatilities,
  rogersSatchellVolatility,
  type StudyResult,
  simulateBars,
  yangZhangVolatility,
} from "../../src/volatility/index";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";
import { bars, figures } from "../helpers/volatilityReference";

const all = rangeVolatilities(bars);

test("every estimator agrees with the reference figures", () => {
  const names = {
    parkinson: "parkinson",
    garmanKlass: "garman_klass",
    garmanKlass1980: "garman_klass_1980_minimum_variance",
    rogersSatchell: "rogers_satchell",
    yangZhang: "yang_zhang",
  } as const;
  for (const [name, key] of Object.entries(names) as [keyof typeof names, string][]) {
    const expected = figures.ohlc.estimates[key];
    expectRelative(all[name].variance, expected?.daily_variance ?? 0, 1e-12, name);
    expectRelative(all[name].annualVolatility, expected?.annualised_vol ?? 0, 1e-12, name);
  }
  expect([all.parkinson.observations, all.yangZhang.observations]).toEqual([60, 59]);
});

test("one call for all gives what the single calls give", () => {
  expect(all).toEqual({
    parkinson: parkinsonVolatility(bars),
    garmanKlass: garmanKlassVolatility(bars),
    garmanKlass1980: garmanKlassVolatility(bars, { form: "1980" }),
    rogersSatchell: rogersSatchellVolatility(bars),
    yangZhang: yangZhangVolatility(bars),
  });
});

test("the standard error is that of a mean of terms, by hand", () => {
  const { open, high, low, close } = bars;
  const terms = open.map((o, i) => {
    const [u, d, c] = [high[i], low[i], close[i]].map((p) => Math.log((p as number) / o)) as [
      number,
      number,
      number,
    ];
    return u * (u - c) + d * (d - c);
  });
  expectRelative(
    all.rogersSatchell.standardError,
    moments(terms).deviation / Math.sqrt(60),
    1e-11,
    "its error",
  );
});

test("blocks change nothing: 5,000 bars as a whole and term by term", () => {
  const many = simulateBars({ bars: 5000, volatility: 0.02, overnightFraction: 0.2, drift: 0.001, seed: 2 });
  const terms = [...many.high].map((h, i) => Math.log(h / many.low[i]) ** 2 / (4 * Math.LN2));
  const { mean, deviation } = moments(terms);
  const parkinson = parkinsonVolatility(many);
  // The terms' rounding, some 1e-15 each, is that of Math.log of a rounded ratio.
  expectRelative(parkinson.variance, mean, 1e-12, "mean");
  expectRelative(parkinson.standardError, deviation / Math.sqrt(5000), 1e-12, "error");

  const nights = [...many.open].slice(1).map((o, i) => Math.log(o / many.close[i]));
  const days = [...many.close].map((c, i) => Math.log(c / many.open[i])).slice(1);
  const m = nights.length;
  const k = 0.34 / (1.34 + (m + 1) / (m - 1));
  const later = {
    open: many.open.slice(1),
    high: many.high.slice(1),
    low: many.low.slice(1),
    close: many.close.slice(1),
  };
  const expected =
    moments(nights).deviation ** 2 +
    k * moments(days).deviation ** 2 +
    (1 - k) * rogersSatchellVolatility(later).variance;
  expectRelative(yangZhangVolatility(many).variance, expected, 1e-12, "Yang–Zhang");
});

describe("on simulated bars with a known truth", () => {
  const find = (results: readonly StudyResult[], method: string): StudyResult =>
    results.find((result) => result.method === method) as StudyResult;
  const isUnbiased = ({ bias, biasStandardError }: StudyResult): boolean =>
    Math.abs(bias) < 4 * biasStandardError;

  test("all are unbiased without trend and gap, as efficient as their authors say, with honest intervals", () => {
    const results = estimatorStudy({ bars: 60, volatility: 0.01 }, { samples: 600, seed: 1 });
    for (const result of results) {
      expect(isUnbiased(result), `${result.method}: ${result.bias} ± ${result.biasStandardError}`).toBe(true);
      // 95%, less what 60 skewed terms cost, less four standard errors of 600 samples (0.9% each).
      expect(result.coverage, result.method).toBeGreaterThan(0.89);
    }
    // 4.9, 7.4, 6.0: the ratios of 600 samples are good to some 8%.
    expect(Math.abs(find(results, "Parkinson").efficiency / 4.9 - 1)).toBeLessThan(0.3);
    expect(Math.abs(find(results, "Garman–Klass").efficiency / 7.4 - 1)).toBeLessThan(0.3);
    expect(Math.abs(find(results, "Rogers–Satchell").efficiency / 6 - 1)).toBeLessThan(0.3);
  });

  test("a trend biases Parkinson and the zero-mean estimate, not Rogers–Satchell nor Yang–Zhang", () => {
    const results = estimatorStudy({ bars: 60, volatility: 0.01, drift: 0.01 }, { samples: 200, seed: 2 });
    // A day's trend as large as its noise doubles the mean square.
    expect(Math.abs(find(results, "Close-to-close, zero mean").bias - 1)).toBeLessThan(0.1);
    expect(find(results, "Parkinson").bias).toBeGreaterThan(0.2);
    for (const method of ["Close-to-close", "Rogers–Satchell", "Yang–Zhang"]) {
      expect(isUnbiased(find(results, method)), method).toBe(true);
    }
  });

  test("a night with a quarter of the variance is missed by what looks at days, not by Yang–Zhang", () => {
    const results = estimatorStudy(
      { bars: 60, volatility: 0.01, overnightFraction: 0.25 },
      { samples: 200, seed: 3 },
    );
    for (const method of ["Parkinson", "Garman–Klass", "Rogers–Satchell"]) {
      expect(Math.abs(find(results, method).bias + 0.25), method).toBeLessThan(0.03);
    }
    expect(isUnbiased(find(results, "Yang–Zhang"))).toBe(true);
  });

  test("few trades a day make every range too short", () => {
    const results = estimatorStudy({ bars: 60, volatility: 0.01, trades: 30 }, { samples: 200, seed: 4 });
    for (const method of ["Parkinson", "Garman–Klass", "Rogers–Satchell"]) {
      expect(find(results, method).bias, method).toBeLessThan(-0.15);
    }
    expect(isUnbiased(find(results, "Close-to-close"))).toBe(true);
  });
});

describe("refuses", () => {
  const with_ = (change: object): never => ({ ...bars, ...change }) as never;
  const changed = (name: "high" | "close" | "low", value: unknown): never =>
    with_({ [name]: bars[name].map((price, i) => (i === 3 ? value : price)) });

  test("bars that are none", () => {
    expect(() => parkinsonVolatility(undefined as never)).toThrow(
      "bars must be an object with columns open, high, low and close; got nothing.",
    );
    expect(() => parkinsonVolatility(with_({ high: undefined }))).toThrow(
      "bars.high must be an array of at least 2 prices, numbers above 0 (currency/share); got nothing.",
    );
    expect(() => parkinsonVolatility(with_({ low: bars.low.slice(1) }))).toThrow(
      "bars.low must be an array of 60 prices, as bars.open has; got an array of length 59.",
    );
  });

  test("prices that cannot be, with their place", () => {
    expect(() => yangZhangVolatility(changed("high", 1))).toThrow(
      /^bars.high\[3\] must be at least the bar's low, 4/,
    );
    expect(() => yangZhangVolatility(changed("close", 1))).toThrow(
      /^bars.close\[3\] must be between the bar's low, 4/,
    );
    expect(() => yangZhangVolatility(changed("low", -1))).toThrow(
      "bars.low[3] must be a finite number above 0 (currency/share); got -1.",
    );
    expect(() => yangZhangVolatility(changed("low", "47"))).toThrow("bars.low[3]");
    expect(() => yangZhangVolatility(changed("close", Number.NaN))).toThrow("bars.close[3]");
  });
});
