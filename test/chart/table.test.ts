import { describe } from "vitest";
import { costReport, costTable, equalSchedule, makeTable } from "../../src/index";
import { testRefusals, unitsMissing } from "../helpers/refusals";
import { problem } from "./examples";

const report = costReport(problem, equalSchedule(problem));
const none = undefined as never;

describe("a table", () => {
  testRefusals([
    [
      "no reports",
      () => costTable(problem, none),
      "reports must be an object of cost reports by name; got nothing.",
    ],
    [
      "a number for reports",
      () => costTable(problem, 5 as never),
      "reports must be an object of cost reports by name; got 5.",
    ],
    [
      "a report that lacks a number",
      () => costTable(problem, { a: { ...report, objective: undefined } } as never),
      'reports["a"].objective must be a finite number; got nothing.',
    ],
    ["a table without units", () => costTable(none, { a: report }), unitsMissing],
    ["a caption that is no text", () => makeTable(none, ["a"], []), "caption must be a text; got nothing."],
    [
      "no columns",
      () => makeTable("c", [], []),
      "columns must be an array of at least one text; got an array of length 0.",
    ],
    [
      "a column that is no text",
      () => makeTable("c", ["a", 5] as never, []),
      "columns[1] must be a text; got 5.",
    ],
    [
      "no rows",
      () => makeTable("c", ["a"], none),
      "rows must be an array of rows, each an array of cells; got nothing.",
    ],
    [
      "a row that is a text",
      () => makeTable("c", ["a", "b"], ["12"] as never),
      'rows[0] must be an array of 2 cells, as there are columns; got the text "12".',
    ],
    [
      "a cell that is missing",
      () => makeTable("c", ["a"], [[none]]),
      "rows[0][0] must be a text or a number; got nothing.",
    ],
    [
      "a cell that is a symbol",
      () => makeTable("c", ["a"], [[Symbol("z") as never]]),
      "rows[0][0] must be a text or a number; got Symbol(z).",
    ],
  ]);
});
