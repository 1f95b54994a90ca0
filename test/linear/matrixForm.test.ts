import { describe, expect, test } from "vitest";
import { matrixForm } from "../../src/linear/index";

const infinite = Number.POSITIVE_INFINITY;

describe("matrixForm", () => {
  test("shows a program with its zeros, as it was written", () => {
    expect(
      matrixForm({
        sense: "maximize",
        objective: [1, 0, -2],
        rows: [{ coefficients: { columns: [2, 0], values: [3, 4] }, upper: 5 }],
        lower: [0, 0, -infinite],
        variables: ["a", "b", "c"],
      }),
    ).toEqual({
      sense: "maximize",
      objective: [1, 0, -2],
      constant: 0,
      matrix: [[4, 0, 3]],
      rowLower: [-infinite],
      rowUpper: [5],
      lower: [0, 0, -infinite],
      upper: [infinite, infinite, infinite],
      variables: ["a", "b", "c"],
      rows: ["row 1"],
    });
  });

  test("refuses what nobody could read", () => {
    const count = 4000;
    const rows = Array.from({ length: count }, () => ({
      coefficients: { columns: [], values: [] },
      lower: 0,
    }));
    expect(() => matrixForm({ objective: new Array<number>(count).fill(1), rows })).toThrow(
      "the number of entries of the matrix must be at most 10,000,000; got 16000000. " +
        "Matrices are for display; solveLinearProgram takes the program as it is.",
    );
  });
});
