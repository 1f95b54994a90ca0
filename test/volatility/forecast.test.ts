import { describe, expect, test } from "vitest";
import { notesOf } from "../../src/volatility/forecast";
import {
  compareForecasts,
  ewmaVolatility,
  fitGarch,
  logReturns,
  simulateBars,
  walkForward,
  yangZhangVolatility,
} from "../../src/volatility/index";
import { expectRelative } from "../helpers/reference";

const bars = simulateBars({ bars: 1400, volatility: 0.015, seed: 8, garch: { alpha: 0.12, beta: 0.85 } });
const walk = walkForward(bars, { first: 600, refitEvery: 50 });

describe("walking forward", () => {
  test("uses for each day what was known the day before, and nothing later", () => {
    const day = 50;
    const known = bars.close.slice(0, walk.start + day);
    const at = (method: string): number => walk.forecasts[method]?.[day] as number;
    expectRelative(at("EWMA, λ = 0.94"), ewmaVolatility(known).variance, 1e-12, "EWMA");
    // A day of a fit: the same as fitting to all that was known.
    expectRelative(at("GARCH(1,1)"), fitGarch(logReturns(known)).next.variance, 1e-12, "GARCH");
    const last = (column: readonly number[]): readonly number[] =>
      column.slice(walk.start + day - 21, walk.start + day);
    const window = {
      open: last(bars.open),
      high: last(bars.high),
      low: last(bars.low),
      close: last(bars.close),
    };
    expectRelative(at("Yang–Zhang, 20 days"), yangZhangVolatility(window).variance, 1e-12, "Yang–Zhang");
    const squares = [...logReturns(known)].map((r) => r * r);
    const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    expectRelative(at("Mean of all"), mean(squares), 1e-11, "all");
    expectRelative(at("Mean of 20 days"), mean(squares.slice(-20)), 1e-12, "20 days");
  });

  test("puts beside it the squared return that came", () => {
    const returns = logReturns(bars.close);
    expect(walk.outcomes).toHaveLength(1399 - 600);
    expect(walk.outcomes[0]).toBe(returns[600] ** 2);
  });

  test("finds the model that made the data the best, beyond doubt", () => {
    const scores = compareForecasts(walk.forecasts, walk.outcomes, { benchmark: "GARCH(1,1)" });
    const others = scores.filter(({ method }) => method !== "GARCH(1,1)");
    for (const { method, difference } of others) {
      expect(difference.value, method).toBeGreaterThan(0);
    }
    const flat = others.find(({ method }) => method === "Mean of all");
    expect(flat?.difference.value).toBeGreaterThan(2 * (flat?.difference.standardError ?? 0));
  });
});

describe("the loss", () => {
  test("is least on average at the truth, though outcomes are noisy", () => {
    const { variances, close } = simulateBars({
      bars: 4000,
      volatility: 0.01,
      seed: 1,
      garch: { alpha: 0.1, beta: 0.85 },
    });
    const truth = variances.slice(1);
    const outcomes = logReturns(close).map((r) => r * r);
    const scaled = (factor: number): readonly number[] => truth.map((h) => factor * h);
    const forecasts = { truth, low: scaled(0.8), high: scaled(1.25) };
    const [best, low, high] = compareForecasts(forecasts, outcomes, { benchmark: "truth", lags: 0 });
    expect(best?.difference).toEqual({ value: 0, standardError: 0 });
    expect(low?.difference.value).toBeGreaterThan(0);
    expect(high?.difference.value).toBeGreaterThan(0);
    expect(low?.level).toBeGreaterThan(1.1);
  });

  test("refuses forecasts that do not belong to the outcomes", () => {
    expect(() => compareForecasts({ a: [1, 2] }, [1, 2], { benchmark: "b" })).toThrow(
      "benchmark must be the name of one of the forecasts",
    );
    expect(() => compareForecasts({ a: [1, 2, 3] }, [1, 2], { benchmark: "a" })).toThrow(
      'forecasts["a"] must be an array of 2 numbers',
    );
    expect(() => compareForecasts({ a: [1, 0] }, [1, 2], { benchmark: "a" })).toThrow(
      'forecasts["a"][1] must be a finite number above 0',
    );
  });
});

test("walkForward refuses a first sample that leaves nothing to forecast", () => {
  expect(() => walkForward(bars, { first: 1399 })).toThrow(
    "first must be an integer from 100 to 1,398; got 1399.",
  );
});

test("walkForward tells how far it is: after each fit, and 1 at the end", () => {
  const fractions: number[] = [];
  const days = 1399 - 1300;
  walkForward(bars, { first: 1300, refitEvery: 25, onProgress: (fraction) => fractions.push(fraction) });
  expect(fractions).toEqual([25 / days, 50 / days, 75 / days, 1]);
  expect(() => walkForward(bars, { first: 1300, onProgress: 5 as never })).toThrow(
    "onProgress must be a function that takes the fraction completed, such as progressBar gives; got 5.",
  );
});

test("walkForward counts its fits by status: one for the first sample, and one each refitEvery days", () => {
  const total = (counts: object): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
  // 99 days: fits at days 0, 25, 50, 75; and with the default of 20 at 0, 20, 40, 60, 80.
  expect(total(walkForward(bars, { first: 1300, refitEvery: 25 }).refits)).toBe(4);
  const { refits, notes, warnings } = walkForward(bars, { first: 1300 });
  expect(refits).toEqual({
    interior: 5,
    boundary: 0,
    integrated: 0,
    "not-identified": 0,
    "not-converged": 0,
  });
  expect([notes, warnings]).toEqual([{}, []]);
});

test("a note on a method's forecasts goes on into its score", () => {
  const options = { benchmark: "a", lags: 0, notes: { b: "1 of 2 fits have not converged" } };
  const [a, b] = compareForecasts({ a: [1, 2], b: [2, 1] }, [1, 2], options);
  expect([a?.note, b?.note]).toEqual([undefined, "1 of 2 fits have not converged"]);
});

test("a forecast of 0, as after a halt, is refused with the next step", () => {
  expect(() => compareForecasts({ a: [1, 0] }, [1, 2], { benchmark: "a" })).toThrow(
    'forecasts["a"][1] must be a finite number above 0 (variance); got 0. A window in which no price moves, as in a ' +
      "halt, forecasts 0, at which the loss ln h + x/h has no value. Leave these days out of the forecasts and of the " +
      "outcomes, or set a least forecast: values.map((h) => Math.max(h, 1e-8)).",
  );
});

test("walkForward counts fits that are no maximum within all bounds as what they are, and says how many have not converged", () => {
  // Variance without memory: α = 0 fits best, as the fits of these samples say themselves.
  const still = simulateBars({ bars: 330, volatility: 0.01, seed: 4 });
  const r = logReturns(still.close);
  const counts: Record<string, number> = {};
  for (const known of [250, 270, 290, 310]) {
    const { status } = fitGarch(r.slice(0, known));
    counts[status] = (counts[status] ?? 0) + 1;
  }
  expect(counts.interior).not.toBe(4);
  expect(walkForward(still, { first: 250 }).refits).toMatchObject(counts);
  const refits = { interior: 3, boundary: 0, integrated: 0, "not-identified": 1, "not-converged": 2 };
  expect(notesOf(refits)).toEqual({ "GARCH(1,1)": "2 of 6 fits have not converged" });
});
