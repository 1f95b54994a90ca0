/**
 * Tables as plain data.
 *
 * @module
 */
import type { CostReport } from "../cost/report";
import { type Units, unitOf } from "../model/notation";
import { checkFields, checkObject, checkText } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import type { Table } from "./figure";

/**
 * A table of texts and numbers.
 *
 * @param caption - what the table says, above it
 * @param columns - the heads, at least one
 * @param rows - one array a row, each as long as `columns`; numbers are written with six significant digits
 * @returns a table for `show`
 * @throws InputError when a row has another number of cells, or an argument is not what it should be
 *
 * @example
 * ```ts
 * makeTable("Halves", ["N", "N/2"], [[1, 0.5], [3, 1.5]]).rows; // → [["1", "0.5"], ["3", "1.5"]]
 * ```
 */
export function makeTable(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Table {
  checkText("caption", caption);
  if (!Array.isArray(columns) || columns.length === 0) {
    throw new InputError("columns", columns, "an array of at least one text");
  }
  for (const [i, column] of columns.entries()) {
    if (typeof column !== "string") throw new InputError(`columns[${i}]`, column, "a text");
  }
  if (!Array.isArray(rows)) throw new InputError("rows", rows, "an array of rows, each an array of cells");
  // `Array.from` shows the holes that `map` would pass over.
  const texts = Array.from(rows, (row: unknown, i) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw new InputError(`rows[${i}]`, row, `an array of ${columns.length} cells, as there are columns`);
    }
    return Array.from(row, (cell: unknown, k) => cellText(`rows[${i}][${k}]`, cell));
  });
  return { kind: "table", caption, columns, rows: texts };
}

function cellText(parameter: string, cell: unknown): string {
  if (typeof cell === "number") return formatSignificant(cell, 6);
  if (typeof cell === "string") return cell;
  throw new InputError(parameter, cell, "a text or a number");
}

/**
 * Costs of several schedules side by side: E, √V, V and the objective.
 *
 * @param units - the problem, for its currency
 * @param reports - a report by the name of its schedule
 * @returns a table for `show`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1e-3 });
 * costTable(problem, { TWAP: costReport(problem, equalSchedule(problem)) }).rows[0];
 * // → ["TWAP", "1,000.00", "0.00", "0.00", "1,000.00"]
 * ```
 */
export function costTable(units: Units, reports: Readonly<Record<string, CostReport>>): Table {
  const names = ["expectedCost", "standardDeviation", "costVariance", "objective"] as const;
  const columns = names.map((name) => ({ name, unit: unitOf(name, units) }));
  checkReports("reports", reports, names);
  const heads = {
    expectedCost: "E[C]",
    standardDeviation: "√Var[C]",
    costVariance: "Var[C]",
    objective: "J = E + λ Var",
  };
  return {
    kind: "table",
    caption: "Costs: positive is money lost",
    columns: ["Schedule", ...columns.map(({ name, unit }) => `${heads[name]} (${unit})`)],
    rows: Object.entries(reports).map(([name, report]) => [
      name,
      ...columns.map((column) => formatNumber(report[column.name], 2)),
    ]),
  };
}

/** Refuses what are not cost reports by name, with the fields that a chart or a table shows. */
export function checkReports(
  parameter: string,
  reports: unknown,
  fields: readonly (keyof CostReport)[],
): void {
  const given = checkObject(parameter, reports, "an object of cost reports by name");
  for (const [name, report] of Object.entries(given)) {
    checkFields(`${parameter}["${name}"]`, report, fields, "a report of costReport");
  }
}
