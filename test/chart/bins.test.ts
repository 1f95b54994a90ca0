import { expect, test } from "vitest";
import { binned, binsBetween, extent } from "../../src/chart/bins";

test("every value falls into the bin around it, the largest into the last", () => {
  const sample = [0, 0.9, 1, 2.5, 4];
  const bins = binsBetween(...extent(sample), 4);
  expect(bins).toEqual({ low: 0, high: 4, width: 1, middles: [0.5, 1.5, 2.5, 3.5] });
  expect(binned(sample, bins).counts).toEqual([2, 1, 1, 1]);
});

test("densities have area 1, whatever the width of the bins", () => {
  const sample = Float64Array.of(-3, 1, 2, 5, 5, 6);
  for (const count of [2, 3, 40]) {
    const bins = binsBetween(...extent(sample), count);
    const area = binned(sample, bins).densities.reduce((sum, density) => sum + density * bins.width, 0);
    expect(area).toBeCloseTo(1, 14);
  }
});
