import { describe, expect, test } from "vitest";
import { DataError, InputError, NoOptimumError } from "../../src/support/errors";

describe("an InputError", () => {
  test("says parameter, what is allowed, what was given and the next step, and keeps them as fields", () => {
    const error = new InputError("shares", -1, "above 0 (shares)", "Turn the sign.");
    expect(error.message).toBe("shares must be above 0 (shares); got -1. Turn the sign.");
    expect(error).toMatchObject({
      name: "InputError",
      parameter: "shares",
      value: -1,
      allowed: "above 0 (shares)",
    });
    expect(error).toBeInstanceOf(Error);
  });

  test("ends without a space where there is no next step", () => {
    expect(new InputError("a", 1, "2").message).toBe("a must be 2; got 1.");
  });

  class Order {}
  test.each<[unknown, string]>([
    [undefined, "nothing"],
    [null, "null"],
    [0, "0"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [12n, "12"],
    [true, "true"],
    [Symbol("z"), "Symbol(z)"],
    ["12", 'the text "12"'],
    ['say "so"', 'the text "say \\"so\\""'],
    ["x".repeat(40), `the text "${"x".repeat(40)}"`],
    ["x".repeat(41), `the text "${"x".repeat(37)}…"`],
    [() => 1, "a function"],
    [[1, 2], "an array of length 2"],
    [new Float64Array(3), "a Float64Array of length 3"],
    [{}, "an object"],
    [Object.create(null), "an object"],
    [new Order(), "an object"],
    [new Map(), "an object of type Map"],
    [{ [Symbol.toStringTag]: "y".repeat(50) }, `an object of type ${"y".repeat(37)}…`],
  ])("describes %o in few words", (value, words) => {
    expect(new InputError("a", value, "b").message).toBe(`a must be b; got ${words}.`);
  });
});

describe("a DataError", () => {
  test("is an InputError that says where in the file the cell stands", () => {
    const error = new DataError(
      { file: "bars.csv", line: 3, column: 4, header: "low" },
      "-8",
      "a price",
      "Mend the cell.",
    );
    expect(error.message).toBe(
      'bars.csv, line 3, column 4 (low) must be a price; got the text "-8". Mend the cell.',
    );
    expect(error).toMatchObject({ line: 3, column: 4, value: "-8", name: "InputError" });
    expect(error).toBeInstanceOf(InputError);
  });

  test("leaves out the header where the column has none", () => {
    expect(new DataError({ file: "a", line: 1, column: 2 }, "x", "b").message).toBe(
      'a, line 1, column 2 must be b; got the text "x".',
    );
  });
});

test("a NoOptimumError carries its reason and the numbers that prove it", () => {
  const error = new NoOptimumError("cost-not-convex", "It falls without end.", { largestInterval: 10 });
  expect(error).toMatchObject({
    name: "NoOptimumError",
    message: "It falls without end.",
    reason: "cost-not-convex",
    evidence: { largestInterval: 10 },
  });
  expect(error).not.toBeInstanceOf(InputError);
});
