import { describe, expect, test } from "vitest";
import { impliedBounds } from "../../src/model/bounds";

const bounds = (lower: readonly number[], upper: readonly number[]) => ({
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
});

describe("bounds narrowed by what the others leave", () => {
  test("a trade is at least what the others cannot trade, and at most what they need not", () => {
    // Of 10: the others can trade at most 8, 5 and 9, and must trade at least 1, 3 and 2.
    expect(impliedBounds(10, bounds([2, 0, 1], [3, 6, 2]))).toEqual(bounds([2, 5, 1], [3, 6, 2]));
    expect(impliedBounds(10, bounds([2, 0, 1], [20, 20, 20]))).toEqual(bounds([2, 0, 1], [9, 7, 8]));
  });

  test("a side with an infinite bound implies nothing, and the other still does", () => {
    const free = bounds([0, 0], [Number.POSITIVE_INFINITY, 3]);
    expect(impliedBounds(10, free)).toEqual(bounds([0, 0], [10, 3]));
    const below = bounds([Number.NEGATIVE_INFINITY, 0], [4, 8]);
    expect(impliedBounds(10, below)).toEqual(bounds([2, 6], [4, 8]));
  });

  test("what was given is not touched", () => {
    const given = bounds([0, 0], [9, 9]);
    impliedBounds(10, given).upper[0] = 5;
    expect(given).toEqual(bounds([0, 0], [9, 9]));
  });
});
