import { describe, expect, test } from "vitest";
import { estimatePriceVolatility } from "../../src/estimate/index";
import {
  type BoundedInfeasible,
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  requireOptimal,
  volatilityBand,
} from "../../src/index";
import {
  closeToCloseVolatility,
  fitGarch,
  logReturns,
  priceVolatility,
  simulateBars,
} from "../../src/volatility/index";

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

describe("the band", () => {
  const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.77, 1.17] });

  test("takes a price volatility for another unit of time only once it is converted", () => {
    const perMinute = {
      value: 0.048,
      standardError: 0.005,
      interval: [0.04, 0.06],
      timeUnit: "minute",
    } as const;
    expect(() => volatilityBand(problem, perMinute)).toThrow(
      'volatility.timeUnit must be "day", the problem\'s unit of time; got the text "minute". Convert it first: ' +
        "priceVolatility(estimate, { periodLength }), with the length of a minute in days.",
    );
    expect(() => volatilityBand(defineProblem({ ...problem, timeUnit: "days" }), perMinute)).toThrow(
      "with the length of a minute in days.",
    );
    const converted = priceVolatility(perMinute, { periodLength: 1 / 390 });
    expect(volatilityBand(problem, converted).estimate.volatility).toBeCloseTo(0.048 * Math.sqrt(390), 12);
    const perDay = { ...perMinute, timeUnit: "days" };
    expect(volatilityBand(problem, perDay).estimate.volatility).toBe(0.048);
  });

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

test("the σ of every interval goes with the day's", () => {
  const volatility = Array.from({ length: 50 }, (_, k) => 0.95 * (1 + Math.abs(k - 24.5) / 50));
  const varied = defineProblem({ ...problem, profile: { volatility } });
  const { low, high } = volatilityBand(varied, { value: 0.95, standardError: 0.1, interval: [0.475, 1.9] });
  low.problem.profile?.volatility?.forEach((σ, k) => {
    expect(σ).toBeCloseTo(volatility[k] / 2, 15);
  });
  expect(high.problem.profile?.volatility?.[0]).toBeCloseTo(2 * volatility[0], 15);
  expect(certify(high.problem, high.schedule).verdict).toBe("optimal");
  expect(high.schedule.trades[0]).toBeGreaterThan(low.schedule.trades[0]);
});

describe("takes every volatility that the library gives", () => {
  const { close } = simulateBars({
    bars: 1000,
    volatility: 0.02,
    seed: 3,
    garch: { alpha: 0.1, beta: 0.85 },
  });

  test("one of prices as it is, and a number as a σ that is known", () => {
    const estimate = estimatePriceVolatility(close, 1);
    const { low, estimate: middle, high } = volatilityBand(problem, estimate);
    expect([low, middle, high].map(({ volatility }) => volatility)).toEqual([
      estimate.interval[0],
      estimate.value,
      estimate.interval[1],
    ]);
    const known = volatilityBand(problem, 0.35);
    expect(known.low).toEqual(known.high);
    expect(known.low).toMatchObject({ volatility: 0.35, regret: 0 });
  });

  test("one of returns, where the problem says of which price and the period is its unit of time", () => {
    const daily = closeToCloseVolatility(close);
    const through = priceVolatility(daily, { price: 50, periodLength: 1 });
    expect(volatilityBand(problem, daily)).toEqual(volatilityBand(problem, through));
    expect(volatilityBand(defineProblem({ ...problem, timeUnit: "days" }), daily).high.volatility).toBe(
      through.interval[1],
    );
    const fit = fitGarch(logReturns(close));
    expect(volatilityBand(problem, fit)).toEqual(volatilityBand(problem, fit.next));
    for (const other of [{ timeUnit: "second" }, { arrivalPrice: undefined }]) {
      expect(() => volatilityBand(defineProblem({ ...problem, ...other }), daily)).toThrow(
        "the problem's arrivalPrice given; got an object. Convert it first: priceVolatility(estimate, { price, periodLength }).",
      );
    }
  });

  test("and says of one without a standard error that it has no interval", () => {
    const bare = {
      ...closeToCloseVolatility(close),
      standardError: Number.NaN,
      interval: [Number.NaN, Number.NaN],
    };
    expect(() => volatilityBand(problem, bare as never)).toThrow(
      'volatility.interval must be two numbers, and an estimate on a bound has no standard error; got the text "NaN to NaN". ' +
        "Give its σ as a number: priceVolatility(estimate, { price, periodLength }).value.",
    );
    expect(() => volatilityBand(problem, undefined as never)).toThrow("volatility must be a volatility");
    expect(() => volatilityBand(problem, -1)).toThrow(
      "volatility must be a finite number, 0 or above (currency/share/√day); got -1.",
    );
  });
});

test("within bounds every schedule satisfies them, and is the optimum there", () => {
  const bounds = { upper: 30_000 };
  const band = requireOptimal(
    volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.8, 1.1] }, bounds),
  );
  for (const { problem: at, schedule, regret } of [band.low, band.estimate, band.high]) {
    expect(Math.max(...schedule.trades)).toBeLessThanOrEqual(30_000);
    expect(schedule).toEqual(requireOptimal(boundedSchedule(at, bounds)).schedule);
    expect(certify(at, schedule, bounds).verdict).toBe("optimal");
    expect(regret).toBeGreaterThanOrEqual(0);
  }
  const none = volatilityBand(problem, 0.95, { upper: 100 }) as BoundedInfeasible;
  expect(none).toEqual(boundedSchedule(problem, { upper: 100 }));
  expect(() => volatilityBand(problem, 0.95, { most: 100 } as never)).toThrow(
    'bounds field "most" must be left out: there is no such field. Known fields: lower, upper, mostLeft; got 100.',
  );
});
