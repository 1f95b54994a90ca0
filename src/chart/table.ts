/**
 * Tables as plain data.
 *
 * @module
 */
import type { CostReport } from "../cost";
import { InputError } from "../errors";
import { formatNumber, formatSignificant } from "../format";
import { type Units, unitOf } from "../notation";
import type { Table } from "./figure";

/**
 * A table of texts and numbers.
 *
 * @param caption - what the table says, above it
 * @param columns - the heads, at least one
 * @param rows - one array a row, each as long as `columns`; numbers are written with six significant digits
 * @returns a table for `show`
 * @throws InputError when a row has another number of cells
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
  rows.forEach((row, i) => {
    if (row.length !== columns.length) {
      throw new InputError(`rows[${i}]`, row, `an array of ${columns.length} cells, as there are columns`);
    }
  });
  const texts = rows.map((row) =>
    row.map((cell) => (typeof cell === "number" ? formatSignificant(cell, 6) : cell)),
  );
  return { kind: "table", caption, columns, rows: texts };
}

/**
 * Costs of several schedules side by side: E, √V, V and the objective.
 *
 * @param units - the problem, for its currency
 * @param reports - a report by the name of its schedule
 * @returns a table for `show`
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1000, horizon: 1, intervals: 4, volatility: 0, temporaryImpact: 1e-3 });
 * costTable(problem, { TWAP: costReport(problem, equalSchedule(problem)) }).rows[0];
 * // → ["TWAP", "1,000.00", "0.00", "0.00", "1,000.00"]
 * ```
 */
export function costTable(units: Units, reports: Readonly<Record<string, CostReport>>): Table {
  const columns = (["expectedCost", "standardDeviation", "costVariance", "objective"] as const).map(
    (name) => ({
      name,
      unit: unitOf(name, units),
    }),
  );
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
