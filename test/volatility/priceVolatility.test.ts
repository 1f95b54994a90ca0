import { describe, expect, test } from "vitest";
import { estimatePriceVolatility } from "../../src/estimate/index";
import {
  bipowerVariation,
  closeToCloseVolatility,
  ewmaVolatility,
  fitGarch,
  logReturns,
  priceVolatility,
  rangeVolatilities,
  realizedVariance,
  simulateBars,
  simulateIntraday,
  twoScaleVariance,
  varianceSignature,
} from "../../src/volatility/index";
import { expectRelative } from "../helpers/reference";

describe("from a percentage to σ", () => {
  test("gives the paper's figure: 30% a year of 50 USD, in days", () => {
    // AC print 0.95, which is this rounded.
    expectRelative(
      priceVolatility(0.3, { price: 50, periodLength: 250 }).value,
      0.9486832980505138,
      1e-15,
      "σ",
    );
  });

  test("does not care which clock it goes through", () => {
    const perDay = priceVolatility(0.3, { price: 50, periodLength: 252 });
    const perSecond = priceVolatility(0.3, { price: 50, periodLength: 252 * 23_400 });
    expectRelative(perSecond.value * Math.sqrt(23_400), perDay.value, 1e-14, "σ per √second");
  });

  test("carries an estimate's error and interval along", () => {
    const estimate = closeToCloseVolatility(simulateBars({ bars: 250, volatility: 0.02, seed: 1 }).close);
    const σ = priceVolatility(estimate, { price: 50, periodLength: 1 });
    expectRelative(σ.value, 50 * estimate.volatility, 1e-15, "σ");
    expectRelative(
      σ.standardError / σ.value,
      (0.5 * estimate.standardError) / estimate.variance,
      1e-13,
      "its error",
    );
    expectRelative(σ.interval[1], 50 * Math.sqrt(estimate.interval[1]), 1e-15, "its upper end");
  });

  test("refuses a percentage written as such, and what has no root", () => {
    expect(() => priceVolatility(30, { price: 50, periodLength: 252 })).toThrow(
      "volatility must be a fraction from 0 to 10 (0.3 is 30%); got 30. Is it in percent? Write 0.3 for 30%.",
    );
    expect(() => priceVolatility(0.3, { price: 0, periodLength: 252 })).toThrow(
      "price must be a finite number above 0",
    );
    expect(() => priceVolatility(closeToCloseVolatility([1, 1, 1]), { price: 1, periodLength: 1 })).toThrow(
      "volatility.variance must be a finite number above 0, to have a square root; got 0.",
    );
  });
});

describe("every estimate that the library gives", () => {
  const bars = simulateBars({ bars: 1000, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } });
  const day = simulateIntraday({ steps: 390, volatility: 0.01, seed: 1 });
  const options = { price: 50, periodLength: 390 };

  test("of returns becomes a price volatility: 50 times its own, over the root of its period", () => {
    const estimates = [
      closeToCloseVolatility(bars.close),
      ewmaVolatility(bars.close),
      ...Object.values(rangeVolatilities(bars)),
      realizedVariance(day),
      bipowerVariation(day),
      twoScaleVariance(day),
    ];
    for (const estimate of estimates) {
      const { value, interval } = priceVolatility(estimate, options);
      expectRelative(value, (50 * estimate.volatility) / Math.sqrt(390), 1e-14, estimate.method);
      expect(interval[0] < value && value < interval[1]).toBe(true);
    }
  });

  test("is found inside a GARCH fit, whose next period is meant, and inside a point of a signature plot", () => {
    const fit = fitGarch(logReturns(bars.close));
    expect(priceVolatility(fit, options)).toEqual(priceVolatility(fit.next, options));
    expect(priceVolatility(fit, options)).not.toEqual(priceVolatility(fit.longRun, options));
    const [point] = varianceSignature(day, [5]);
    expect(priceVolatility(point, options)).toEqual(priceVolatility(point.estimate, options));
    expect(() => priceVolatility({ ...fit, status: "not-converged" }, options)).toThrow(
      'volatility.status must be of a fit that has converged; got the text "not-converged".',
    );
  });

  test("of prices already only changes its clock, and wants no price", () => {
    const perMinute = estimatePriceVolatility(day, 1);
    const perSecond = priceVolatility(perMinute, { periodLength: 60 });
    expectRelative(perSecond.value * Math.sqrt(60), perMinute.value, 1e-15, "σ");
    expectRelative(perSecond.interval[1] * Math.sqrt(60), perMinute.interval[1], 1e-15, "its upper end");
    expect(() => priceVolatility(perMinute, options)).toThrow(
      "price must be left out: the estimate is of prices already, not of returns; got 50.",
    );
  });

  test("of prices has an interval that is symmetric in the logarithm", () => {
    const { value, standardError, interval } = estimatePriceVolatility(day, 1);
    expectRelative(interval[0] * interval[1], value * value, 1e-14, "product of the ends");
    expectRelative(
      Math.log(interval[1] / value),
      (1.959963984540054 * standardError) / value,
      1e-13,
      "half its width",
    );
  });

  test("on a bound has neither error nor interval: NaN, and null after a way through JSON, never 0", () => {
    const { close } = simulateBars({ bars: 200, volatility: 0.01, seed: 5 });
    const fit = fitGarch(logReturns(close));
    expect(fit.status).toBe("boundary");
    const bare = { standardError: Number.NaN, interval: [Number.NaN, Number.NaN] };
    for (const given of [fit, JSON.parse(JSON.stringify(fit)), JSON.parse(JSON.stringify(fit.next))]) {
      expect(priceVolatility(given, options)).toEqual({
        value: priceVolatility(fit, options).value,
        ...bare,
      });
    }
  });

  test("is refused in words where it is none", () => {
    for (const [wrong, message] of [
      [undefined, "volatility must be a volatility: a number, or an estimate of this library; got nothing."],
      [
        "0.3",
        'volatility must be a volatility: a number, or an estimate of this library; got the text "0.3".',
      ],
      [{}, "volatility must be a volatility: a number, or an estimate of this library; got an object."],
      [
        { value: -1, standardError: 0 },
        "volatility.value must be a finite number, 0 or above (currency/share/√time); got -1.",
      ],
      [
        { value: 1 },
        "volatility.interval must be an array of two numbers, its lower and its upper end; got nothing.",
      ],
      [
        { value: 1, interval: [1, 1] },
        "volatility.standardError must be a finite number, 0 or above; got nothing.",
      ],
      [
        { value: 1, standardError: 0, interval: [2, 3] },
        'volatility.interval must be one that holds the estimate, 1; got the text "2 to 3".',
      ],
      [
        { value: 1, standardError: Number.NaN, interval: [0.9, 1.1] },
        "volatility.standardError must be a finite number, 0 or above; got NaN.",
      ],
      [
        { variance: "0.0004", standardError: 0, interval: [0, 1] },
        'volatility.variance must be a finite number above 0, to have a square root; got the text "0.0004".',
      ],
      [
        { value: 1, standardError: 0, interval: [1] },
        "volatility.interval must be an array of two numbers, its lower and its upper end; got an array of length 1.",
      ],
    ] as const) {
      expect(() => priceVolatility(wrong as never, { periodLength: 1 })).toThrow(message);
    }
    const { variance } = closeToCloseVolatility(bars.close);
    expect(() => priceVolatility({ variance, period: "day", standardError: 1 } as never, options)).toThrow(
      "volatility.interval must be",
    );
  });
});
