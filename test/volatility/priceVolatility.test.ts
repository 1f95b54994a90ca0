import { describe, expect, test } from "vitest";
import { closeToCloseVolatility, priceVolatility, simulateBars } from "../../src/volatility/index";
import { expectRelative } from "../helpers/reference";

describe("from a percentage to σ", () => {
  test("gives the paper's figure: 30 % a year of 50 USD, in days", () => {
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
      "volatility must be a volatility as a fraction from 0 to 10; got 30. Is it in percent? Write 0.3 for 30 %.",
    );
    expect(() => priceVolatility(0.3, { price: 0, periodLength: 252 })).toThrow(
      "price must be a finite number above 0",
    );
    expect(() => priceVolatility(closeToCloseVolatility([1, 1, 1]), { price: 1, periodLength: 1 })).toThrow(
      "volatility.variance must be a finite number above 0, to have a square root; got 0.",
    );
  });
});
