/**
 * Tables as plain data.
 *
 * @module
 */
import type { CostReport } from "../cost";
import { formatNumber } from "../format";
import { type Units, unitOf } from "../notation";
import type { Table } from "./figure";

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
