import { describe, expect, test } from "vitest";
import { rateAt } from "../../src/impact/powerRoot";
import { uniforms } from "../helpers/random";

describe("the root of a power beside a line", () => {
  test("is one, within rounding, for every exponent, slope and price", () => {
    const random = uniforms(8);
    for (let i = 0; i < 5000; i++) {
      const β = 0.05 + 2.95 * random();
      const a = 10 ** (12 * random() - 6);
      const c = (random() < 0.5 ? 1 : -1) * 10 ** (12 * random() - 6);
      const price = 10 ** (12 * random() - 6);
      const v = rateAt(β, a, c, price);
      if (v === Number.POSITIVE_INFINITY) continue;
      const terms = a * v ** β + Math.abs(c) * v;
      expect(Math.abs(a * v ** β + c * v - price)).toBeLessThanOrEqual(4e-15 * terms);
      // Where the sum rises.
      expect(a * β * v ** β + c * v).toBeGreaterThanOrEqual(-1e-6 * terms);
    }
  });

  test("is infinite above the largest value of a sum that turns, and only there", () => {
    // √v − v/4 is 1 at its top, v = 4.
    expect(rateAt(0.5, 1, -0.25, 1.0001)).toBe(Number.POSITIVE_INFINITY);
    expect(rateAt(0.5, 1, -0.25, 0.75)).toBeCloseTo(1, 14);
    expect(rateAt(0.5, 1, -0.25, 1 - 1e-6)).toBeCloseTo(4 * (1 - 1e-3) ** 2, 6);
    expect(rateAt(1, 1, -1, 1)).toBe(Number.POSITIVE_INFINITY);
    // v² − v rises from ½ on, and is 2 at 2.
    expect(rateAt(2, 1, -1, 2)).toBeCloseTo(2, 14);
    expect(rateAt(2, 1, -1, 0)).toBeCloseTo(1, 14);
  });

  test("is a plain power or quotient without the line, or for an exponent of 1", () => {
    expect(rateAt(0.5, 2, 0, 6)).toBe(9);
    expect(rateAt(1, 2, 1, 6)).toBe(2);
    expect(rateAt(3, 1, 7, 0)).toBe(0);
    expect(rateAt(0.5, 1, 7, 0)).toBe(0);
  });
});
