/**
 * The charts and tables of a desk's report.
 *
 * @module
 */
import { efficientFrontier } from "../compare/frontier";
import { costDistribution, quantile } from "../cost/distribution";
import { type CostReport, costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import type { PlanOptimum } from "../plan/plan";
import type { TicketProblem } from "../plan/ticket";
import { formatNumber, formatSignificant } from "../support/format";
import { explanationChart } from "./explanation";
import type { Figure, Table } from "./figure";
import { frontierChart } from "./frontier";
import { participationChart } from "./participation";
import { remainingChart, tradesChart } from "./schedule";
import { makeTable } from "./table";
import { timeAxis } from "./timeAxis";

/** Mean, fifth and ninety-fifth percentile of a schedule's cost (bp). */
export function costInBasisPoints(
  problem: ExecutionProblem,
  schedule: Schedule,
): readonly [number, number, number] {
  const { inBasisPoints: bp } = costDistribution(problem, schedule);
  if (bp === undefined) throw new RangeError("Without an arrival price there are no basis points.");
  return [bp.mean, quantile(bp, 0.05), quantile(bp, 0.95)];
}

/** Costs side by side, in basis points and in currency, with the highest participation. */
export function costsTable(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  { upper }: PlanOptimum["bounds"],
): Table {
  const volumes = problem.profile?.volumes;
  const rows = schedules.map((schedule) => {
    const [mean, low, high] = costInBasisPoints(problem, schedule);
    const { expectedCost, standardDeviation } = costReport(problem, schedule);
    const parts = schedule.trades.map((n, k) => {
      const volume = volumes?.[k] ?? 0;
      return volume > 0 ? Math.abs(n) / volume : 0;
    });
    return [
      schedule.name,
      formatNumber(mean, 1),
      `${formatNumber(low, 1)} to ${formatNumber(high, 1)}`,
      formatNumber(expectedCost),
      formatNumber(standardDeviation),
      volumes === undefined ? "" : `${formatNumber(100 * Math.max(...parts), 1)}%`,
      schedule.trades.every((n, k) => n <= upper[k] + 1e-9 * problem.shares) ? "yes" : "no",
    ];
  });
  const { currency } = problem;
  return makeTable(
    "Cost of the plan and of the usual alternatives",
    [
      "Schedule",
      "Expected (bp)",
      "5–95% (bp)",
      `Expected (${currency})`,
      `Standard deviation (${currency})`,
      "Highest participation",
      "Within the limits",
    ],
    rows,
  );
}

/** The schedule over the day, its participation, the frontier within the limits, and why it is what it is. */
export function reportCharts(
  { problem, slices, constraints }: TicketProblem,
  plan: PlanOptimum,
  others: readonly Schedule[],
): Figure[] {
  const schedules = [plan.schedule, ...others];
  const clock = clockOf(problem, slices);
  const cap = constraints.participation?.of === "total" ? undefined : constraints.participation?.fraction;
  const figures = [remainingChart(problem, schedules, clock), tradesChart(problem, schedules, clock)];
  if (problem.profile?.volumes !== undefined) {
    figures.push(participationChart(problem, schedules, { ...clock, ...(cap === undefined ? {} : { cap }) }));
  }
  const frontier = frontierWithin(problem, plan, schedules);
  return [
    ...figures,
    ...(frontier === undefined ? [] : [frontier]),
    explanationChart(problem, plan.explanation, clock),
  ];
}

/** A clock for the axis, where slices follow one another without a break and a clock shows their unit. */
function clockOf(
  problem: ExecutionProblem,
  { starts, ends }: TicketProblem["slices"],
): { readonly start?: string } {
  const start = /\d\d:\d\d/.exec(starts[0] ?? "")?.[0];
  const isOnePiece = starts.every((time, k) => k === 0 || time === ends[k - 1]);
  if (start === undefined || !isOnePiece) return {};
  try {
    timeAxis(problem, start);
    return { start };
  } catch {
    // Longer than a day: the time since the start says more.
    return {};
  }
}

/** The frontier within the plan's bounds, around the order's λ. */
function frontierWithin(
  problem: ExecutionProblem,
  { bounds }: PlanOptimum,
  schedules: readonly Schedule[],
): Figure | undefined {
  const { riskAversion: λ } = problem;
  if (!(λ > 0 && problem.volatility > 0)) return undefined;
  const λs = [0, ...Array.from({ length: 25 }, (_, i) => λ * 10 ** (-2 + i / 6))];
  const points = efficientFrontier(problem, λs, bounds);
  if ("status" in points) return undefined;
  const marks: Record<string, CostReport> = {};
  for (const schedule of schedules) marks[schedule.name] = costReport(problem, schedule);
  return frontierChart(problem, points, { marks, subject: "Efficient frontier within the limits" });
}

/** What each slice trades, and what is left after it. */
export function slicesTable({ slices, unit }: TicketProblem, { trades, remaining }: Schedule): Table {
  const size = (value: number): string =>
    remaining[0] >= 1000 ? formatNumber(value) : formatSignificant(value, 6);
  const rows = trades.map((n, k) => [
    `${slices.starts[k]}–${slices.ends[k]}`,
    size(n),
    size(remaining[k + 1]),
    `${formatNumber(100 * (1 - remaining[k + 1] / remaining[0]), 1)}%`,
  ]);
  return makeTable(
    "The schedule, slice by slice",
    ["Slice", `Trade (${unit})`, `Left (${unit})`, "Done"],
    rows,
  );
}
