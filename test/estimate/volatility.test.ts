import { describe, expect, test } from "vitest";
import { estimatePriceVolatility } from "../../src/estimate/volatility";
import { defineProblem, equalSchedule, intervalLength } from "../../src/index";
import { simulatePath } from "../../src/simulate/paths";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";

const problem = defineProblem({
  shares: 1e6,
  horizon: 5,
  intervals: 250,
  volatility: 0.95,
  temporaryImpact: 2.5e-6,
  permanentImpact: 2.5e-7,
  drift: 3,
  arrivalPrice: 50,
});
const schedule = equalSchedule(problem);
const τ = intervalLength(problem);

test("is the deviation of the changes over √Δt, by hand", () => {
  const { value, standardError, observations } = estimatePriceVolatility([10, 12, 11, 15], 4);
  // Changes 2, −1, 4: mean 5/3, squares 1/9 + 64/9 + 49/9 = 114/9, over (3 − 1)·4.
  expectRelative(value, Math.sqrt(114 / 9 / 8), 1e-15, "σ");
  expectRelative(standardError, value / 2, 1e-15, "its error");
  expect(observations).toBe(3);
});

test("recovers the truth from a simulated path, drift and even trading notwithstanding", () => {
  const { prices } = simulatePath(problem, schedule, { seed: 11 });
  const { value, standardError } = estimatePriceVolatility(prices, τ);
  expect(Math.abs(value - 0.95)).toBeLessThan(4 * standardError);
  expectRelative(standardError, 0.95 / Math.sqrt(2 * 249), 0.2, "its error");
});

test("has an honest standard error: 300 estimates lie about the truth as it says", () => {
  const z = Array.from({ length: 300 }, (_, seed) => {
    const { prices } = simulatePath(problem, schedule, { seed });
    const { value, standardError } = estimatePriceVolatility(prices, τ);
    return (value - 0.95) / standardError;
  });
  const { mean, deviation } = moments(z);
  expect(Math.abs(mean)).toBeLessThan(0.25);
  expect(Math.abs(deviation - 1)).toBeLessThan(0.15);
});

test("follows the units: of price in proportion, of time as 1/√time", () => {
  const { prices } = simulatePath(problem, schedule, { seed: 1 });
  const perDay = estimatePriceVolatility(prices, τ);
  const perHour = estimatePriceVolatility(prices, 24 * τ);
  expectRelative(perHour.value, perDay.value / Math.sqrt(24), 1e-14, "σ per √hour");
  const cents = estimatePriceVolatility(
    prices.map((price) => 100 * price),
    τ,
  );
  expectRelative(cents.value, 100 * perDay.value, 1e-11, "σ in cents");
  expectRelative(cents.standardError, 100 * perDay.standardError, 1e-11, "its error in cents");
});

test("does not depend on the price's level, takes a typed array, and is 0 for a price that stands still", () => {
  expect(estimatePriceVolatility(Float64Array.of(0, 2, 1, 5) as never, 4)).toEqual(
    estimatePriceVolatility([-10, -8, -9, -5], 4),
  );
  expect(estimatePriceVolatility([7, 7, 7], 1)).toEqual({
    value: 0,
    standardError: 0,
    interval: [0, 0],
    observations: 2,
  });
  expect(Object.isFrozen(estimatePriceVolatility([7, 7, 8], 1))).toBe(true);
});

describe("refuses", () => {
  test("what is no series of prices", () => {
    expect(() => estimatePriceVolatility([1, 2], 1)).toThrow(
      "prices must be an array of at least 3 numbers (currency/share); got an array of length 2.",
    );
    expect(() => estimatePriceVolatility("1,2,3" as never, 1)).toThrow(
      'prices must be an array of at least 3 numbers (currency/share); got the text "1,2,3".',
    );
    expect(() => estimatePriceVolatility([1, Number.NaN, 2], 1)).toThrow(
      "prices[1] must be a finite number (currency/share); got NaN.",
    );
    expect(() => estimatePriceVolatility([1, -1e300, 1e300], 1)).toThrow(
      "prices must be prices whose changes can be squared; got an array of length 3. State them in larger units.",
    );
  });

  test("what is no spacing", () => {
    expect(() => estimatePriceVolatility([1, 2, 3], 0)).toThrow(
      "spacing must be a finite number above 0 (unit of time); got 0.",
    );
  });
});
