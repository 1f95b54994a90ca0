/**
 * The best schedule under a desk's constraints, or the proof that there is none and what would have to give way.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import { type CostReport, costReport } from "../cost/report";
import { checkBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { makeSchedule, type Schedule } from "../model/schedule";
import { boundedSchedule } from "../solve/bounded";
import { lotSchedule } from "../solve/lots";
import { formatNumber, formatSignificant } from "../support/format";
import { explanationOf } from "./explain";
import type { ScheduleExplanation } from "./explanation";
import { boundsOf, capsOf, checkLimits, type Limits, type PlanConstraints } from "./limits";
import { type Miss, missOf, type Relaxation, relaxationsOf } from "./relaxations";

/** The best schedule under constraints. */
export interface PlanOptimum {
  /** There is one, and this is it. */
  readonly status: "optimal";
  /** The schedule, called `"Plan"`. */
  readonly schedule: Schedule;
  /** What it costs. */
  readonly cost: CostReport;
  /** The bounds on each trade that the constraints imply, and on what may be left where something may (shares). */
  readonly bounds: {
    /** The least of each trade (N numbers, shares). */
    readonly lower: readonly number[];
    /** The most of each trade (N numbers, shares). */
    readonly upper: readonly number[];
    /** The most that may be left at the end, where something may (shares). */
    readonly mostLeft?: number | undefined;
  };
  /**
   * The certificate of the optimum within these bounds. With lots, it is that of the optimum without them, and `lotCost` says what they
   * add.
   */
  readonly certificate: Certificate;
  /** Why each slice is what it is, and what binds; with lots, of the optimum without them. */
  readonly explanation: ScheduleExplanation;
  /** What one more percentage point of participation would save, at the margin (currency); undefined without a cap. */
  readonly participationPrice: number | undefined;
  /** What whole lots and a minimum trade add to E + λV (currency); undefined without lots. */
  readonly lotCost: number | undefined;
  /** Whether whole lots are proven optimal; undefined without lots. */
  readonly areLotsExact: boolean | undefined;
  /** The plan in words. */
  readonly sentences: readonly string[];
}

/** Constraints that no schedule keeps. */
export interface PlanInfeasible {
  /** There is none. */
  readonly status: "infeasible";
  /** The proof: what the limits allow in total, or the interval in which two of them exclude each other. */
  readonly proof: {
    /** Σ of the lower bounds (shares). */
    readonly least: number;
    /** Σ of the upper bounds (shares). */
    readonly most: number;
    /** The order (shares). */
    readonly shares: number;
    /** The interval in which the lower bound lies above the upper one, counted from 1; undefined where there is none. */
    readonly crossedInterval: number | undefined;
  };
  /** The smallest relaxation of each soft limit that is enough on its own; empty where none is. */
  readonly relaxations: readonly Relaxation[];
  /** Proof and relaxations in words. */
  readonly message: string;
}

/** What `planSchedule` finds. */
export type PlanResult = PlanOptimum | PlanInfeasible;

/**
 * The schedule that minimizes E + λV under a desk's constraints: a cap on participation, least and most per slice, pauses, trades
 * that are fixed already, lots, a minimum trade. By default it never trades against the order (`lower` of 0), and
 * always finishes, unless the problem has a `remainderPrice`.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param constraints - the constraints; all are optional
 * @returns the optimum with its certificate, its explanation and the price of the cap; or the proof that there is none, with the smallest
 *   relaxation of each soft limit on its own
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `boundedSchedule` does
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 400_000, horizon: 240, intervals: 4, volatility: 0.02, temporaryImpact: 1e-4, riskAversion: 1e-5,
 *   timeUnit: "minute", currency: "USD", profile: { volumes: [1e6, 8e5, 7e5, 1.5e6] },
 * });
 * const plan = planSchedule(problem, { participation: { fraction: 0.13 }, pauses: [{ from: 60, to: 120 }] });
 * if (plan.status === "optimal") plan.schedule.trades.map(Math.round); // → [130000, 0, 91000, 179000]
 * const tight = planSchedule(problem, { participation: { fraction: 0.08 } });
 * tight.status === "infeasible" && tight.message;
 * // → "No schedule keeps the limits: they allow 320,000 shares in total, 80,000 short of the order's 400,000. Enough on its own: 10% instead of 8% of the others' volume; or 40 minutes more at the last interval's pace, if the market is open that long; or leave 80,000 shares untraded."
 * ```
 */
export function planSchedule(problem: ExecutionProblem, constraints: PlanConstraints = {}): PlanResult {
  problem = checkProblem(problem);
  const limits = checkLimits(problem, constraints);
  const miss = missOf(limits);
  if (!miss.isFeasible) return infeasible(limits, miss);
  const bounds = boundsOf(limits);
  const optimum = boundedSchedule(problem, bounds);
  if (optimum.status === "infeasible") return infeasible(limits, miss, optimum.message);
  const arrays = checkBounds(problem, bounds);
  const explanation = explanationOf(problem, optimum.schedule, arrays, optimum.certificate.verdict);
  const lots = limits.lots === undefined ? undefined : lotSchedule(problem, { ...bounds, ...limits.lots });
  if (lots?.status === "infeasible") return infeasible(limits, miss, lots.message);
  const { remaining, trades } = (lots ?? optimum).schedule;
  const schedule = makeSchedule(problem, "Plan", remaining, trades);
  const participationPrice = priceOfCap(limits, bounds.upper, optimum.upperPrices);
  const lotCost = lots?.costOfLots;
  return Object.freeze({
    status: "optimal",
    schedule,
    cost: costReport(problem, schedule),
    bounds: Object.freeze(bounds),
    certificate: optimum.certificate,
    explanation,
    participationPrice,
    lotCost,
    areLotsExact: lots?.isExact,
    sentences: Object.freeze(planned(limits, explanation, participationPrice, lotCost)),
  });
}

/** Σ of the shadow prices of caps that bind, times what a percentage point more lets each trade. */
function priceOfCap(
  { problem, participation }: Limits,
  upper: readonly number[],
  upperPrices: readonly number[],
): number | undefined {
  if (participation === undefined) return undefined;
  const caps = capsOf(problem, participation);
  const { fraction, of } = participation;
  const perCap = 1 / (of === "total" ? fraction * (1 - fraction) : fraction);
  return upperPrices.reduce(
    (sum, price, k) => sum + (upper[k] === caps[k] ? 0.01 * price * caps[k] * perCap : 0),
    0,
  );
}

function infeasible(limits: Limits, miss: Miss, reason?: string): PlanInfeasible {
  const { shares } = limits.problem;
  const { least, most, crossed } = miss;
  const relaxations = Object.freeze(
    miss.isFeasible ? [] : relaxationsOf(limits).map((one) => Object.freeze(one)),
  );
  return Object.freeze({
    status: "infeasible",
    proof: Object.freeze({ least, most, shares, crossedInterval: crossed < 0 ? undefined : crossed + 1 }),
    relaxations,
    message: reason ?? infeasibleWords(limits, miss, relaxations),
  });
}

function infeasibleWords(
  limits: Limits,
  { least, most, crossed }: Miss,
  relaxations: readonly Relaxation[],
): string {
  const { shares } = limits.problem;
  const { lower, upper } = boundsOf(limits);
  const order = `the order's ${formatNumber(shares)}`;
  const proof =
    crossed >= 0
      ? `in interval ${crossed + 1} at least ${formatNumber(lower[crossed])} shares must trade and at most ${formatNumber(upper[crossed])} may`
      : most < shares
        ? `they allow ${formatNumber(most)} shares in total, ${formatNumber(shares - most)} short of ${order}`
        : `they demand ${formatNumber(least)} shares in total, ${formatNumber(least - shares)} more than ${order}`;
  const ways = relaxations.map(({ words }) => words).join("; or ");
  const enough =
    ways === "" ? "Relaxing one limit is not enough: relax several." : `Enough on its own: ${ways}.`;
  return `No schedule keeps the limits: ${proof}. ${enough}`;
}

function planned(
  { problem, participation }: Limits,
  { sentences }: ScheduleExplanation,
  participationPrice: number | undefined,
  lotCost: number | undefined,
): string[] {
  const { currency } = problem;
  const cap =
    participation === undefined || participationPrice === undefined
      ? []
      : participationPrice === 0
        ? [`The cap of ${formatSignificant(100 * participation.fraction)}% does not bind.`]
        : [
            `At the margin, raising the cap of ${formatSignificant(100 * participation.fraction)}% would save ` +
              `${formatNumber(participationPrice)} ${currency} per percentage point.`,
          ];
  const lots = lotCost === undefined ? [] : [`Whole lots cost ${formatNumber(lotCost, 2)} ${currency}.`];
  return [...sentences, ...cap, ...lots];
}
