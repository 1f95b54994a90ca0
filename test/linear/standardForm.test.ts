import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type LinearProgram,
  originalSolution,
  type StandardForm,
  solveLinearProgram,
  standardForm,
} from "../../src/linear/index";
import { dot, programs, worstViolation, writeOut } from "../helpers/linear";

const infinite = Number.POSITIVE_INFINITY;

/** A standard form is a program, too. */
const asProgram = ({ objective, constant, matrix, rightHandSide }: StandardForm): LinearProgram => ({
  objective,
  constant,
  rows: matrix.map((coefficients, i) => ({ coefficients, equals: rightHandSide[i] })),
});

describe("standardForm", () => {
  test("has the same answer as the program, and its solution maps back (250 random programs)", async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const form = standardForm(program);
        const original = await solveLinearProgram(program);
        // Where nothing is left to choose, a variable without a say stands in.
        const isEmpty = form.objective.length === 0;
        const standard = await solveLinearProgram(
          isEmpty ? { ...asProgram(form), objective: [0], rows: [] } : asProgram(form),
        );
        if (isEmpty) return;
        expect(standard.status).toBe(original.status);
        if (standard.status !== "optimal" || original.status !== "optimal") return;
        expect(form.sign * standard.value).toBeCloseTo(original.value, 8);
        const x = originalSolution(form, standard.solution);
        expect(worstViolation(writeOut(program), x)).toBeLessThan(1e-9);
        expect(dot(Array.from(program.objective), x) + (program.constant ?? 0)).toBeCloseTo(
          original.value,
          8,
        );
      }),
      { numRuns: 250, seed: 5 },
    );
  });

  test("writes out every kind of variable and row", () => {
    const form = standardForm({
      objective: [1, 2, 3, 4, 5],
      constant: 7,
      lower: [1, -infinite, -infinite, 0, 6],
      upper: [4, 8, infinite, infinite, 6],
      rows: [
        { name: "range", coefficients: [1, 1, 1, 1, 1], lower: 10, upper: 30 },
        { name: "cap", coefficients: [0, 2, 0, 0, 0], upper: 12 },
        { name: "sum", coefficients: [0, 0, 1, 1, 0], equals: 9 },
        { name: "free", coefficients: [1, 0, 0, 0, 0], upper: infinite },
      ],
    });
    expect(form.variables).toEqual([
      "x1 − l",
      "slack of x1",
      "u − x2",
      "x3⁺",
      "x3⁻",
      "x4",
      'surplus of "range"',
      'slack of "range"',
      'slack of "cap"',
    ]);
    expect(form.rows).toEqual(["range of x1", '"range"', 'range of "range"', '"cap"', '"sum"']);
    expect(form.matrix).toEqual([
      [1, 1, 0, 0, 0, 0, 0, 0, 0],
      [1, 0, -1, 1, -1, 1, -1, 0, 0],
      [0, 0, 0, 0, 0, 0, 1, 1, 0],
      [0, 0, -2, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 1, -1, 1, 0, 0, 0],
    ]);
    // 10 − 1 − 8 − 6 in the row with lower limit 10; 12 − 16 in the cap.
    expect(form.rightHandSide).toEqual([3, -5, 20, -4, 9]);
    expect(form.objective).toEqual([1, 0, -2, 3, -3, 4, 0, 0, 0]);
    expect(form.constant).toBe(7 + 1 + 16 + 30);
    expect(form.original).toEqual([
      { offset: 1, terms: [{ index: 0, factor: 1 }] },
      { offset: 8, terms: [{ index: 2, factor: -1 }] },
      {
        offset: 0,
        terms: [
          { index: 3, factor: 1 },
          { index: 4, factor: -1 },
        ],
      },
      { offset: 0, terms: [{ index: 5, factor: 1 }] },
      { offset: 6, terms: [] },
    ]);
    expect(form.sign).toBe(1);
  });

  test("is frozen, and refuses a solution of another length", () => {
    const form = standardForm({ objective: [1], rows: [{ coefficients: [1], lower: 2 }] });
    for (const part of [form, form.matrix, form.matrix[0], form.original, form.original[0]?.terms]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(() => originalSolution(form, [1])).toThrow(
      "z must be an array of 2 numbers (one for each variable of the form); got an array of length 1.",
    );
  });
});
