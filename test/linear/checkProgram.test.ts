import { describe, expect, test } from "vitest";
import { type LinearProgram, solveLinearProgram } from "../../src/linear/index";

const infinite = Number.POSITIVE_INFINITY;

describe("bad input is refused with a message that says what is allowed", () => {
  const row = { coefficients: [1, 1], lower: 0 };
  const cases: [string, unknown, string][] = [
    ["no program", undefined, "the linear program must be an object with named fields; got nothing."],
    [
      "an unknown field",
      { objective: [1], rows: [], bounds: [] },
      'the linear program field "bounds" must be left out: there is no such field. Known fields: sense, objective, ' +
        "constant, rows, lower, upper, variables; got an array of length 0.",
    ],
    [
      "another sense",
      { sense: "max", objective: [1], rows: [] },
      'sense must be "minimize" or "maximize"; got the text "max".',
    ],
    [
      "no variables",
      { objective: [], rows: [] },
      "objective must be a list of at least 1 number, one for each variable; got an array of length 0.",
    ],
    [
      "a cost that is not a number",
      { objective: [1, Number.NaN], rows: [] },
      "objective[1] must be a finite number; got NaN.",
    ],
    [
      "an infinite cost",
      { objective: [1, infinite], rows: [] },
      "objective[1] must be a finite number; got Infinity.",
    ],
    [
      "a constant that is text",
      { objective: [1], constant: "2", rows: [] },
      'constant must be a finite number; got the text "2". Write the number without quotation marks.',
    ],
    ["no rows", { objective: [1] }, "rows must be a list of rows; got nothing."],
    [
      "a row that is a list",
      { objective: [1], rows: [[1]] },
      "rows[0] must be an object with named fields; got an array of length 1.",
    ],
    [
      "too few coefficients",
      { objective: [1, 2, 3], rows: [row] },
      "rows[0].coefficients must be a list of 3 numbers, one for each variable; got an array of length 2.",
    ],
    [
      "a coefficient that is not a number",
      { objective: [1, 2], rows: [row, { coefficients: [1, null], equals: 1 }] },
      "rows[1].coefficients[1] must be a finite number; got null.",
    ],
    [
      "a column that does not exist",
      { objective: [1, 2], rows: [{ coefficients: { columns: [2], values: [1] }, equals: 1 }] },
      "rows[0].coefficients.columns[0] must be an integer from 0 to 1; got 2.",
    ],
    [
      "a column twice",
      { objective: [1, 2], rows: [{ coefficients: { columns: [1, 1], values: [1, 2] }, equals: 1 }] },
      "rows[0].coefficients.columns[1] must be a column not yet named in this row; got 1.",
    ],
    [
      "fewer values than columns",
      { objective: [1, 2], rows: [{ coefficients: { columns: [0, 1], values: [1] }, equals: 1 }] },
      "rows[0].coefficients.values must be a list of 2 numbers; got an array of length 1.",
    ],
    [
      "a row without a limit",
      { objective: [1, 2], rows: [{ coefficients: [1, 1] }] },
      "rows[0] must be a row with lower, upper or equals; got an object. A row without a limit says nothing.",
    ],
    [
      "two kinds of limit",
      { objective: [1, 2], rows: [{ ...row, equals: 1 }] },
      "rows[0].equals must be left out where lower or upper is given; got 1.",
    ],
    [
      "an infinite equality",
      { objective: [1], rows: [{ coefficients: [1], equals: infinite }] },
      "rows[0].equals must be a finite number; got Infinity.",
    ],
    [
      "a row whose limits exclude each other",
      { objective: [1, 2], rows: [{ ...row, upper: -1 }] },
      "rows[0].lower must be at most rows[0].upper, which is -1; got 0.",
    ],
    [
      "a lower limit that nothing reaches",
      { objective: [1], rows: [{ coefficients: [1], lower: infinite }] },
      "rows[0].lower must be a finite number, or -Infinity for no limit; got Infinity.",
    ],
    [
      "bounds that exclude each other",
      { objective: [1, 2], rows: [], lower: [0, 3], upper: 2 },
      "lower[1] must be at most upper[1], which is 2; got 3.",
    ],
    [
      "a bound that is not a number",
      { objective: [1, 2], rows: [], upper: [1, Number.NaN] },
      "upper[1] must be a finite number, or Infinity for no limit; got NaN.",
    ],
    [
      "too many bounds",
      { objective: [1, 2], rows: [], upper: [1, 2, 3] },
      "upper must be one number for all variables or a list of 2 numbers; got an array of length 3.",
    ],
    [
      "too few names",
      { objective: [1, 2], rows: [], variables: ["n"] },
      "variables must be a list of 2 names; got an array of length 1.",
    ],
    [
      "an empty name",
      { objective: [1], rows: [], variables: [""] },
      'variables[0] must be a text of 1 to 40 characters; got the text "".',
    ],
  ];
  for (const [what, program, message] of cases) {
    test(what, async () => {
      const refusal = solveLinearProgram(program as LinearProgram);
      await expect(refusal).rejects.toMatchObject({ name: "InputError", message });
    });
  }
});
