import { expect, test } from "vitest";
import { leastOfQuartic } from "../../src/compare/quartic";
import { uniforms } from "../helpers/random";

type Coefficients = readonly [number, number, number, number];
const value = ([c1, c2, c3, c4]: Coefficients, x: number): number =>
  c1 * x + c2 * x * x + c3 * x ** 3 + c4 * x ** 4;

test("a parabola is least at its vertex", () => {
  expect(leastOfQuartic([-6, 3, 0, 0])).toBe(1);
});

test("of two wells the deeper one is found, on either side", () => {
  // (x² − 1)² with a slope that makes one of them deeper.
  expect(leastOfQuartic([0.1, -2, 0, 1])).toBeCloseTo(-1.0123, 3);
  expect(leastOfQuartic([-0.1, -2, 0, 1])).toBeCloseTo(1.0123, 3);
});

test("a zero of the second derivative at 0 is no obstacle, on either side", () => {
  expect(leastOfQuartic([0, 0, -4, 1])).toBeCloseTo(3, 12);
  expect(leastOfQuartic([0, 0, 4, 1])).toBeCloseTo(-3, 12);
});

test("no point of a fine grid is lower, for random polynomials", () => {
  const random = uniforms(5);
  const draw = (): number => 2 * random() - 1;
  for (let i = 0; i < 300; i++) {
    const c: Coefficients = [10 * draw(), 5 * draw(), 3 * draw(), 10 ** (3 * draw())];
    const x = leastOfQuartic(c);
    const least = value(c, x);
    expect(Number.isFinite(x)).toBe(true);
    for (let j = -400; j <= 400; j++) {
      const grid = (Math.sign(j) * (Math.abs(j) / 100) ** 3 || 0) / 2;
      expect(value(c, grid)).toBeGreaterThanOrEqual(least - 1e-12 * Math.max(1, Math.abs(least)));
    }
  }
});

test("a fourth power that hardly counts changes hardly anything", () => {
  expect(leastOfQuartic([-6, 3, 0, 1e-14])).toBeCloseTo(1, 12);
});
