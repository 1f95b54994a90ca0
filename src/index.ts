/**
 * Optimal execution of large orders: schedules you can trust.
 *
 * The verbs of a notebook: *describe* a problem, *solve* it, *check* the answer, *compare* it, *show* it.
 *
 * @module
 */

// Describe: the problem, its letters and units
export {
  defineProblem,
  type ExecutionProblem,
  intervalLength,
  type ProblemInput,
  type Side,
  type Timing,
} from "./problem";
export { axisTitle, notation, type Quantity, type QuantityName, type Units, unitOf } from "./notation";

// Solve: the optimum, and what a desk does without one
export type { Schedule } from "./schedule";
export { optimalSchedule } from "./solve/closedForm";
export { equalSchedule } from "./baseline";

// Check and compare: what a schedule costs, and whether two numbers agree
export { type CostReport, costReport } from "./cost";
export { confirm } from "./confirm";

// Show: charts and tables as plain data, and the way into the notebook
export type { Figure, Table } from "./chart/figure";
export { remainingChart, tradesChart } from "./chart/schedule";
export { costTable } from "./chart/table";
export { show } from "./chart/show";
export { formatNumber, formatSignificant } from "./format";

// How the library says no
export { InputError, NoOptimumError, type NoOptimumEvidence, type NoOptimumReason } from "./errors";
