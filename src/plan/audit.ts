/**
 * The audit of any schedule: does it trade the order, does it keep its limits, and how much more than the optimum does it cost.
 *
 * @module
 */
import { type CostReport, costReport } from "../cost/report";
import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { scheduleFromTrades } from "../model/scheduleGate";
import { type BoundedInfeasible, boundedSchedule } from "../solve/bounded";
import {
  anyFinite,
  checkKeys,
  checkNumber,
  checkNumbers,
  isList,
  notNegative,
  positive,
} from "../support/checks";
import { formatAmount, formatNumber } from "../support/format";
import { basisPoints, type Series, total } from "../support/numbers";
import { type ImpliedRiskAversion, impliedRiskAversion } from "./impliedRiskAversion";

/** The limits that a schedule is audited against, and the tolerance. */
export interface AuditOptions extends TradeBounds {
  /** Size of a lot, above 0 (shares; default: any trade will do). */
  readonly lot?: number | undefined;
  /** How far E + λV may lie above the optimum's and still pass, 0 or above (currency; default 0). */
  readonly tolerance?: number | undefined;
}

/** A limit that a schedule breaks. */
export interface LimitBreach {
  /** Interval, counted from 1; the last one for what is left at the end. */
  readonly interval: number;
  /** Which limit. */
  readonly limit: "upper bound" | "lower bound" | "closed" | "lot" | "most left";
  /** What was traded, or left (shares). */
  readonly trade: number;
  /** What was allowed: the bound, 0 where closed, the nearest whole number of lots (shares). */
  readonly allowed: number;
}

/** An audited schedule. */
export interface ScheduleAudit {
  /**
   * - `"optimal"`: E + λV is the optimum's within the limits, to a billionth of what a schedule decides;
   * - `"within tolerance"`: it lies above it by no more than the tolerance;
   * - `"improvable"`: it keeps its limits, and a better schedule exists;
   * - `"breaks limits"`: it does not keep them;
   * - `"not the order"`: its trades do not add up to the order, or to more than it where shares may be left; then it has no cost.
   */
  readonly verdict: "optimal" | "within tolerance" | "improvable" | "breaks limits" | "not the order";
  /** Sum of the trades (shares). */
  readonly total: number;
  /** The order less that sum, below 0 where they exceed it (shares). */
  readonly missing: number;
  /** The limits that it breaks. */
  readonly breaches: readonly LimitBreach[];
  /** Its cost, where it trades the order. */
  readonly cost: CostReport | undefined;
  /** E + λV above the optimum's within the same limits, lots aside; below 0 where breaking them pays (currency). */
  readonly excess: number | undefined;
  /** The same in 1/10,000 of the order's absolute value on arrival. */
  readonly excessBasisPoints: number | undefined;
  /** The optimum within the same limits, or the proof that there is none; undefined where the schedule is not the order's. */
  readonly optimum: Schedule | BoundedInfeasible | undefined;
  /** The risk aversion that it implies. */
  readonly implied: ImpliedRiskAversion | undefined;
  /** The audit in words. */
  readonly sentences: readonly string[];
}

/**
 * Audits a schedule from any source.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param schedule - a schedule, or the trades n_1 … n_N as numbers (shares), whatever they add up to
 * @param options - bounds, lot and tolerance; without bounds, trades must be 0 or above
 * @returns what is wrong with it, what it costs, and what the optimum within the same limits would save
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `boundedSchedule` does
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6, arrivalPrice: 50, currency: "USD",
 * });
 * const { verdict, excess = 0, sentences } = auditSchedule(problem, [2e5, 2e5, 2e5, 2e5, 2e5], { upper: 250_000 });
 * verdict; // → improvable
 * Math.round(excess); // → 237053
 * sentences[0]; // → "It costs 237,053 USD (47.4 bp) more than the optimum within the same limits, in E + λV."
 * ```
 */
export function auditSchedule(
  problem: ExecutionProblem,
  schedule: Schedule | Series,
  options: AuditOptions = {},
): ScheduleAudit {
  problem = checkProblem(problem);
  const given = checkKeys("options", options, ["lower", "upper", "mostLeft", "lot", "tolerance"]);
  const tolerance = checkNumber("options.tolerance", given.tolerance ?? 0, notNegative, problem.currency);
  const lot = given.lot === undefined ? undefined : checkNumber("options.lot", given.lot, positive, "shares");
  const bounds = { lower: given.lower, upper: given.upper, mostLeft: given.mostLeft } as TradeBounds;
  const arrays = checkBounds(problem, bounds);
  const trades = tradesOf(problem, schedule);
  const sum = total(trades);
  const missing = problem.shares - sum;
  const breaches = breachesOf(problem, trades, { ...arrays, lot });
  const trading = trades.every((n, k) => n === 0 || marketOf(problem).open[k] === 1);
  const near = 1e-9 * problem.shares;
  const isOrder = Math.abs(missing) <= near || (mayLeave(problem) && missing > 0 && sum >= 0);
  if (!isOrder || !trading) {
    return audit({ verdict: "not the order", total: sum, missing, breaches }, problem);
  }
  const whole = scheduleFromTrades(problem, trades, "Audited");
  const cost = costReport(problem, whole);
  const implied = impliedRiskAversion(problem, whole, bounds);
  const found = boundedSchedule(problem, bounds);
  if (found.status === "infeasible") {
    return audit(
      { verdict: "breaks limits", total: sum, missing, breaches, cost, optimum: found, implied },
      problem,
    );
  }
  const least = costReport(problem, found.schedule);
  const excess = cost.objective - least.objective;
  // What the order costs under any schedule would hide a difference.
  const decided = Math.abs(least.objective - least.permanent - least.spread) + Math.abs(excess);
  const verdict =
    breaches.length > 0
      ? "breaks limits"
      : excess <= 1e-9 * decided
        ? "optimal"
        : excess <= tolerance
          ? "within tolerance"
          : "improvable";
  const optimum = found.schedule;
  return audit({ verdict, total: sum, missing, breaches, cost, excess, optimum, implied }, problem);
}

function tradesOf(problem: ExecutionProblem, schedule: unknown): readonly number[] {
  const trades = isList(schedule) ? schedule : (schedule as Partial<Schedule> | undefined)?.trades;
  const name = isList(schedule) ? "schedule" : "schedule.trades";
  return Array.from(checkNumbers(name, trades, problem.intervals, anyFinite, "shares"));
}

interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly lot: number | undefined;
}

function breachesOf(
  problem: ExecutionProblem,
  trades: readonly number[],
  { lower, upper, lot }: Limits,
): readonly LimitBreach[] {
  const near = 1e-9 * problem.shares;
  const { open } = marketOf(problem);
  const left = problem.shares - total(trades);
  const [N, mostLeft] = [problem.intervals, upper[problem.intervals] ?? Number.POSITIVE_INFINITY];
  const ofRest: readonly LimitBreach[] =
    left > mostLeft + near
      ? [Object.freeze({ interval: N, limit: "most left", trade: left, allowed: mostLeft })]
      : [];
  const ofTrades = trades.flatMap((trade, k): LimitBreach[] => {
    const breach = (limit: LimitBreach["limit"], allowed: number): LimitBreach =>
      Object.freeze({ interval: k + 1, limit, trade, allowed });
    const found: LimitBreach[] = [];
    if (open[k] === 0) return Math.abs(trade) > 0 ? [breach("closed", 0)] : [];
    if (trade > upper[k] + near) found.push(breach("upper bound", upper[k]));
    if (trade < lower[k] - near) found.push(breach("lower bound", lower[k]));
    const nearest = lot === undefined ? trade : Math.round(trade / lot) * lot;
    if (Math.abs(trade - nearest) > near) found.push(breach("lot", nearest));
    return found;
  });
  return [...ofTrades, ...ofRest];
}

type Findings = Pick<ScheduleAudit, "verdict" | "total" | "missing" | "breaches"> &
  Partial<Pick<ScheduleAudit, "cost" | "excess" | "optimum" | "implied">>;

function audit(findings: Findings, problem: ExecutionProblem): ScheduleAudit {
  const { cost, excess, optimum, implied, ...rest } = findings;
  const { arrivalPrice, shares } = problem;
  const excessBasisPoints =
    excess === undefined || arrivalPrice === undefined
      ? undefined
      : basisPoints(excess / shares, arrivalPrice);
  const sentences = Object.freeze(words(findings, excessBasisPoints, problem));
  return Object.freeze({ ...rest, cost, excess, excessBasisPoints, optimum, implied, sentences });
}

function words(
  { verdict, total: sum, missing, breaches, excess = 0, optimum, implied }: Findings,
  bp: number | undefined,
  problem: ExecutionProblem,
): string[] {
  const { shares, currency } = problem;
  const broken = breaches.map(({ interval, limit, trade, allowed }) =>
    limit === "closed"
      ? `Interval ${interval} is closed, but the schedule trades ${formatAmount(trade)} shares there.`
      : limit === "most left"
        ? `It leaves ${formatAmount(trade)} shares, more than the ${formatAmount(allowed)} that may be left.`
        : limit === "lot"
          ? `Interval ${interval} trades ${formatAmount(trade)} shares, not a whole number of lots: the nearest is ${formatAmount(allowed)}.`
          : `Interval ${interval} trades ${formatAmount(trade)} shares, ${limit === "upper bound" ? "above the upper" : "below the lower"} bound of ${formatAmount(allowed)}.`,
  );
  // A long list hides what matters.
  const listed =
    broken.length > 3 ? [...broken.slice(0, 3), `Further breaches: ${broken.length - 3}.`] : broken;
  if (verdict === "not the order") {
    const off = missing > 0 ? `${formatAmount(missing)} short of` : `${formatAmount(-missing)} more than`;
    const sumWords =
      Math.abs(missing) > 1e-9 * shares
        ? [`Its trades add up to ${formatAmount(sum)} shares, ${off} the order's ${formatAmount(shares)}.`]
        : [];
    return [...sumWords, ...listed];
  }
  if (optimum !== undefined && "status" in optimum) return [...listed, optimum.message];
  const money = `${formatNumber(Math.abs(excess))} ${currency}${bp === undefined ? "" : ` (${formatNumber(Math.abs(bp), 1)} bp)`}`;
  const said =
    verdict === "optimal"
      ? "It is the optimum within its limits."
      : excess < 0
        ? `It costs ${money} less than the optimum that keeps the limits, in E + λV.`
        : `It costs ${money} more than the optimum within the same limits, in E + λV.`;
  const allowed = verdict === "within tolerance" ? ["That is within the tolerance."] : [];
  return [...listed, said, ...allowed, ...impliedWords(verdict, implied)];
}

/** What the schedule implies; one that breaks its limits is no optimum, whatever its other intervals say. */
function impliedWords(
  verdict: ScheduleAudit["verdict"],
  implied: ImpliedRiskAversion | undefined,
): readonly string[] {
  if (implied === undefined) return [];
  const isHalf = verdict === "breaks limits" && implied.isExplained;
  return [
    isHalf ? implied.message.replace("The schedule is", "Its other intervals look like") : implied.message,
  ];
}
