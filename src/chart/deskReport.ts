/**
 * The page that a desk reads before an order goes out: as plain data, which `npm run report` writes as HTML.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { Schedule } from "../model/schedule";
import { type PlanOptimum, type PlanResult, planSchedule } from "../plan/plan";
import { problemFromTicket } from "../plan/problemFromTicket";
import type { Ticket, TicketProblem } from "../plan/ticket";
import { equalSchedule, volumeSchedule } from "../solve/baseline";
import { formatAmount, formatNumber, formatSignificant } from "../support/format";
import { basisPoints } from "../support/numbers";
import { fixedCost } from "./decidedCost";
import { costInBasisPoints, costsTable, reportCharts, slicesTable } from "./deskReportParts";
import type { Figure, Table } from "./figure";
import { ticketTable } from "./ticketTable";

/** A part of a report: a heading with sentences, or what `show` would show. */
export type ReportPart = ReportProse | Figure | Table;

/** Sentences of a report. */
export interface ReportProse {
  /** Tells it from a figure and a table. */
  readonly kind: "prose";
  /** What stands above them. */
  readonly heading: string;
  /** The sentences, each a paragraph of its own. */
  readonly sentences: readonly string[];
}

/** A report on one order. */
export interface DeskReport {
  /** The order in a line. */
  readonly title: string;
  /** Whether there is a schedule. */
  readonly status: PlanResult["status"];
  /** The answer in a few sentences. */
  readonly summary: readonly string[];
  /** Everything below it, in order. */
  readonly parts: readonly ReportPart[];
}

/**
 * The report on an order: cost in basis points with its 5–95% range beside equal slices and a volume schedule, the schedule, its
 * participation, the frontier within the same limits, what binds, and the ticket as it was read. Where no schedule keeps
 * the limits, it gives the proof and the smallest relaxations.
 *
 * @param ticket - the order, as `problemFromTicket` takes it
 * @returns the report as plain data
 * @throws InputError when a field is not what it should be, as `problemFromTicket` does
 * @throws NoOptimumError when the expected cost is not convex
 *
 * @example
 * ```ts
 * const report = deskReport({
 *   symbol: "ACME", side: "sell", shares: 200_000, price: 50, averageDailyVolume: 3_900_000, dailyVolatility: 0.02,
 *   start: "10:00", end: "12:00", sliceLength: "10 min", spread: 0.01, riskAversion: 1e-6, participationCap: 0.2,
 *   impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15 },
 * });
 * report.title; // → Sell 200,000 shares of ACME, 10:00 to 12:00
 * report.summary[0]; // → The plan costs 26.1 bp of the order's value on average, and -75.9 to 128.1 bp in 90 of 100 cases.
 * ```
 */
export function deskReport(ticket: Ticket): DeskReport {
  const order = problemFromTicket(ticket);
  const { problem, constraints } = order;
  const plan = planSchedule(problem, constraints);
  const title = titleOf(order);
  const passport = ticketTable(order);
  if (plan.status === "infeasible") {
    return Object.freeze({
      title,
      status: plan.status,
      summary: Object.freeze([plan.message]),
      parts: Object.freeze([passport]),
    });
  }
  const others = rivals(problem);
  const parts = [
    costsTable(problem, [plan.schedule, ...others], plan.bounds),
    ...reportCharts(order, plan, others),
    { kind: "prose", heading: "What binds", sentences: plan.sentences } as const,
    slicesTable(order, plan.schedule),
    passport,
  ];
  return Object.freeze({
    title,
    status: plan.status,
    summary: Object.freeze(summaryOf(problem, plan)),
    parts: Object.freeze(parts),
  });
}

function titleOf({ problem, symbol, unit, slices }: TicketProblem): string {
  const { side, shares } = problem;
  // A title needs neither seconds nor the offset from UTC.
  const short = (time: string | undefined): string => (time ?? "").replace(/^(.*?\d\d:\d\d).*$/, "$1");
  const [from, to] = [short(slices.starts[0]), short(slices.ends[slices.ends.length - 1])];
  return `${side === "sell" ? "Sell" : "Buy"} ${formatAmount(shares)} ${unit}${symbol === undefined ? "" : ` of ${symbol}`}, ${from} to ${to}`;
}

/** What a desk would do without a plan; a volume schedule only where there is a volume. */
function rivals(problem: ExecutionProblem): readonly Schedule[] {
  const volumes = problem.profile?.volumes ?? [];
  const open = problem.profile?.open;
  const usable = volumes.map((volume, k) => (open?.[k] === false ? 0 : volume));
  const hasVolume = usable.some((volume) => volume > 0);
  return [equalSchedule(problem), ...(hasVolume ? [volumeSchedule(problem, usable)] : [])];
}

function summaryOf(
  problem: ExecutionProblem,
  { schedule, cost, certificate, lotCost, areLotsExact }: PlanOptimum,
): string[] {
  const { currency, arrivalPrice = Number.NaN, shares } = problem;
  const [mean, low, high] = costInBasisPoints(problem, schedule);
  const bp = (value: number): string => formatNumber(value, 1);
  const fixed = fixedCost(problem);
  const sunk =
    fixed === undefined
      ? []
      : [
          `Every schedule pays ${bp(basisPoints(fixed / shares, arrivalPrice))} bp of it: half the spread, fees, and half of the order's lasting impact.`,
        ];
  // Less than a billionth of the cost is rounding, and its digits say nothing.
  const gap = Math.max(certificate.gapBound, 1e-9 * Math.abs(cost.objective));
  const proof =
    lotCost === undefined
      ? `No other schedule within the limits is better by more than ${formatSignificant(gap, 1)} ${currency}: certified.`
      : areLotsExact === true
        ? `No other schedule in whole lots is better; whole lots cost ${formatNumber(lotCost, 2)} ${currency}.`
        : `Whole lots cost ${formatNumber(lotCost, 2)} ${currency}; another schedule in whole lots may cost less.`;
  return [
    `The plan costs ${bp(mean)} bp of the order's value on average, and ${bp(low)} to ${bp(high)} bp in 90 of 100 cases.`,
    ...sunk,
    proof,
  ];
}
