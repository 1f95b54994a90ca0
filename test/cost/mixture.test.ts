import { describe, expect, test } from "vitest";
import { type MixturePart, mixtureQuantile, quantile } from "../../src/index";
import { normalProbability } from "../../src/support/normalDistribution";
import { expectRelative } from "../helpers/reference";

const part = (probability: number, mean: number, standardDeviation: number): MixturePart => ({
  ...{ probability, distribution: { mean, standardDeviation } },
});

describe("mixtureQuantile", () => {
  test("of a single part is its quantile, and of equal parts too", () => {
    const one = { mean: 3, standardDeviation: 2 };
    for (const p of [1e-6, 0.3, 0.95, 0.999]) {
      expectRelative(
        mixtureQuantile([{ probability: 1, distribution: one }], p),
        quantile(one, p),
        1e-14,
        "1",
      );
      expectRelative(mixtureQuantile([part(0.3, 3, 2), part(0.7, 3, 2)], p), quantile(one, p), 1e-12, "2");
    }
  });

  test("leaves probability p below it", () => {
    const parts = [part(0.2, -5, 1), part(0.5, 0, 3), part(0.3, 40, 10)];
    for (const p of [0.01, 0.2, 0.5, 0.7, 0.95, 0.99]) {
      const value = mixtureQuantile(parts, p);
      const below = parts.reduce((sum, { probability, distribution: { mean, standardDeviation } }) => {
        return sum + probability * normalProbability((value - mean) / standardDeviation);
      }, 0);
      expect(below).toBeCloseTo(p, 12);
    }
  });

  test("is where the wild part has its own quantile once the calm one is certain", () => {
    // Of 5% above the value, all must come from the wild half: 10% of it.
    const wild = { mean: 0, standardDeviation: 10 };
    expectRelative(
      mixtureQuantile([part(0.5, 0, 0), { probability: 0.5, distribution: wild }], 0.95),
      quantile(wild, 0.9),
      1e-12,
      "quantile",
    );
    expect(mixtureQuantile([part(0.5, 1, 0), part(0.5, 2, 0)], 0.4)).toBeCloseTo(1, 14);
    expect(mixtureQuantile([part(0.5, 1, 0), part(0.5, 2, 0)], 0.6)).toBeCloseTo(2, 14);
  });

  test("refuses probabilities that do not sum to 1, and parts that are none", () => {
    expect(() => mixtureQuantile([part(0.5, 0, 1), part(0.4, 0, 1)], 0.5)).toThrow(
      "the sum of the probabilities of parts must be 1; got 0.9.",
    );
    expect(() => mixtureQuantile([part(0, 0, 1), part(1, 0, 1)], 0.5)).toThrow(
      "parts[0].probability must be a number above 0 and at most 1; got 0.",
    );
    expect(() => mixtureQuantile([part(1, 0, -1)], 0.5)).toThrow(
      "parts[0].distribution.standardDeviation must be",
    );
    expect(() => mixtureQuantile([], 0.5)).toThrow("parts must be an array of at least one part");
    expect(() => mixtureQuantile([part(1, 0, 1)], 95)).toThrow("Write 95% as 0.95.");
  });
});
