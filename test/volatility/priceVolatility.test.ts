import { describe, expect, test } from "vitest";
import {
  certify,
  closeToCloseVolatility,
  costReport,
  defineProblem,
  priceVolatility,
  simulateBars,
  volatilityBand,
} from "../../src/index";
import { expectRelative } from "../helpers/reference";

const problem = defineProblem({
  shares: 1e6,
  horizon: 5,
  intervals: 50,
  volatility: 0.95,
  temporaryImpact: 2.5e-6,
  riskAversion: 1e-6,
  arrivalPrice: 50,
  timeUnit: "day",
});

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
      "volatility.variance must be above 0, to have a square root; got 0.",
    );
  });
});

describe("the band", () => {
  const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.77, 1.17] });

  test("holds the optimum at both ends and at the estimate", () => {
    for (const { problem: at, schedule, report, volatility } of [band.low, band.estimate, band.high]) {
      expect(at.volatility).toBe(volatility);
      expect(certify(at, schedule).verdict).toBe("optimal");
      expect(report).toEqual(costReport(at, schedule));
    }
  });

  test("a riskier market is left sooner and costs more; a plan for the wrong one costs a little more still", () => {
    expect(band.low.report.objective).toBeLessThan(band.estimate.report.objective);
    expect(band.estimate.report.objective).toBeLessThan(band.high.report.objective);
    expect(band.high.schedule.remaining[10]).toBeLessThan(band.low.schedule.remaining[10]);
    expect(band.estimate.regret).toBe(0);
    for (const { regret, report } of [band.low, band.high]) {
      expect(regret).toBeGreaterThan(0);
      // The objective is flat at its minimum: a fifth of σ is a few per cent of the cost at most.
      expect(regret).toBeLessThan(0.03 * report.objective);
    }
  });
});
