import { describe, expect, test } from "vitest";
import {
  mergeMoments,
  momentsOf,
  momentUnit,
  noMoments,
  summarize,
  summarizeSample,
} from "../../src/support/moments";
import { uniforms } from "../helpers/random";

describe("moments", () => {
  const random = uniforms(9);
  // Skewed, and far from 0: cubes and means count.
  const sample = Float64Array.from({ length: 5000 }, () => 1e4 + Math.exp(3 * random()));

  test("of parts, merged in any order, are those of the whole within 1e-12", () => {
    const whole = momentsOf(sample);
    for (let i = 0; i < 50; i++) {
      const cuts = Array.from({ length: 6 }, () => Math.floor(sample.length * random())).sort(
        (a, b) => a - b,
      );
      const ends = [0, ...cuts, sample.length];
      const parts = ends.slice(1).map((end, k) => momentsOf(sample.subarray(ends[k], end)));
      const usable = parts.filter(({ count }) => count > 0);
      if (i % 2 === 1) usable.reverse();
      const merged = usable.reduce((one, other) => mergeMoments(one, other), noMoments);
      expect(merged.count).toBe(whole.count);
      for (const field of ["mean", "squares", "cubes", "fourths"] as const) {
        expect(Math.abs(merged[field] / whole[field] - 1), field).toBeLessThan(1e-12);
      }
    }
  });

  test("are sums of powers of deviations", () => {
    expect(momentsOf(Float64Array.of(1, 2, 6))).toEqual({
      count: 3,
      mean: 3,
      squares: 14,
      cubes: 18,
      fourths: 98,
    });
    expect(momentsOf(Float64Array.of(10, 20, 60), 10)).toEqual({
      count: 3,
      mean: 30,
      squares: 14,
      cubes: 18,
      fourths: 98,
    });
  });

  test("give mean and deviation with their errors", () => {
    const { mean, meanError, standardDeviation, standardDeviationError } = summarizeSample(
      Float64Array.of(1, 2, 6),
    );
    expect(mean).toBe(3);
    expect(standardDeviation).toBeCloseTo(Math.sqrt(7), 15);
    expect(meanError).toBeCloseTo(Math.sqrt(7 / 3), 15);
    // m₄ = 98/3 lies below s⁴ = 49 in so small a sample: an error below 0 is none.
    expect(standardDeviationError).toBe(0);
  });

  test("of extremes are counted in their own size, and do not overflow", () => {
    const huge = Float64Array.of(1e200, 2e200, 6e200);
    expect(momentUnit(huge)).toBeCloseTo(3e200, -190);
    const { standardDeviation } = summarizeSample(huge);
    expect(standardDeviation / 1e200).toBeCloseTo(Math.sqrt(7), 12);
    expect(momentUnit(Float64Array.of(5, 5))).toBe(1);
    expect(summarize(momentsOf(Float64Array.of(5, 5)))).toMatchObject({
      mean: 5,
      standardDeviation: 0,
      meanError: 0,
    });
  });
});
