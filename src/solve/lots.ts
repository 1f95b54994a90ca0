/**
 * Schedules in whole lots.
 *
 * @module
 */

import { checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { choiceCount } from "../model/remainder";
import { makeSchedule, type Schedule } from "../model/schedule";
import { checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { type BoundedInfeasible, boundedSchedule, proveInfeasible } from "./bounded";
import { descend, type LotBounds } from "./lotDescent";
import { lotObjective } from "./lotObjective";
import { bestByTable, mostOperations } from "./lotTable";

/** The lot and the bounds for `lotSchedule`. */
export interface LotOptions extends TradeBounds {
  /** Size of a lot, above 0; the order is a whole number of them (shares). */
  readonly lot: number;
  /** The smallest trade that is worth sending: every trade is 0 or at least this (shares; default: one lot). */
  readonly minimumTrade?: number | undefined;
}

/** The best schedule in whole lots. */
export interface LotOptimum {
  /** It is the optimum over whole lots, or lies within `gap` of it where `isExact` is false. */
  readonly status: "optimal";
  /** The schedule, called `"Lots"`. */
  readonly schedule: Schedule;
  /** Whether it is proven to be the optimum over whole lots. */
  readonly isExact: boolean;
  /** An upper bound on what another schedule in whole lots could save; 0 where `isExact` (currency). */
  readonly gap: number;
  /**
   * What whole lots and the minimum trade cost: E + λV above the optimum within the same bounds without them, 0 or above
   * (currency).
   */
  readonly costOfLots: number;
  /** How it was proven: by steepest descent, by a table of all states, or by the optimum without lots as a lower bound. */
  readonly method: "descent" | "table" | "lower bound";
}

/** No schedule in whole lots satisfies the bounds. */
export interface LotInfeasible {
  /** No schedule in whole lots satisfies the bounds. */
  readonly status: "infeasible";
  /** The proof in words. */
  readonly message: string;
}

/** What `lotSchedule` finds. */
export type LotResult = LotOptimum | LotInfeasible;

/**
 * The schedule in whole lots that minimizes E + λV, within bounds, with a minimum trade where one is given.
 *
 * Where the objective is convex in every trade and every holding, as it is where a_k and b_k are 0 or above, a steepest descent ends at the global
 * optimum. Where it is not (permanent impact that falls during the day, or `"mid"` on a coarse grid), it may not:
 * a table of all states then finds the optimum of a small order, and for a large one the optimum without lots
 * bounds from below what is left to save. A minimum trade always takes the table.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param options - the lot, the minimum trade, and bounds on each trade, as for `boundedSchedule`
 * @returns the schedule, with what whole lots cost; or the proof that there is none
 * @throws InputError when an argument is not what it should be, or the order is not a whole number of lots
 * @throws InputError when a minimum trade would need a table of more than 1e9 operations (lots² × intervals)
 * @throws NoOptimumError when the expected cost is not convex, as `boundedSchedule` does
 *
 * Source: K. Murota, Discrete Convex Analysis (SIAM 2003), § 7.3 and 10.3.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1e-3, riskAversion: 1e-2,
 * });
 * const lots = lotSchedule(problem, { lot: 100 });
 * if (lots.status === "optimal") {
 *   lots.schedule.trades; // → [500, 300, 100, 100]
 *   lots.isExact; // → true
 * }
 * const blocks = lotSchedule(problem, { lot: 100, minimumTrade: 500, upper: 600 });
 * if (blocks.status === "optimal") blocks.schedule.trades; // → [500, 500, 0, 0]
 * ```
 */
export function lotSchedule(problem: ExecutionProblem, options: LotOptions): LotResult {
  problem = checkProblem(problem);
  const { lot, least, bounds } = checkLots(problem, options);
  const { shares: X, intervals: N } = problem;
  const lots = Math.round(X / lot);
  const leastOf = Float64Array.from({ length: choiceCount(problem) }, (_, k) => (k < N ? least : 1));
  const arrays = checkBounds(problem, bounds);
  const whole: LotBounds = {
    // A bound that is a whole number of lots but for rounding is one.
    lower: arrays.lower.map((bound) => Math.ceil(bound / lot - 1e-9) + 0),
    upper: arrays.upper.map((bound) => Math.floor(bound / lot + 1e-9) + 0),
  };
  const impossible = infeasibleInLots(lots, lot, whole);
  if (impossible !== undefined) return impossible;

  const relaxed = boundedSchedule(problem, bounds);
  if (relaxed.status === "infeasible") return infeasible(relaxed.message);
  const { inLots, improve, isConvex, objectiveOf } = lotObjective(problem, lot, arrays);
  const isSmall = lots * lots * N <= mostOperations && whole.lower.every((bound) => bound >= 0);
  if (inLots === undefined && least > 1) {
    throw new InputError(
      "options.minimumTrade",
      least * lot,
      "left out under impact that fades, where every trade meets every other (shares)",
      "Plan in larger lots, or with fewer intervals.",
    );
  }
  const takesTable = inLots !== undefined && (least > 1 || (!isConvex && isSmall));

  let x: Float64Array | undefined;
  if (takesTable) {
    x = bestByTable(inLots, whole, { lots, least: leastOf });
    if (x === undefined) {
      const words = `${formatSignificant(least * lot)} shares or nothing in each interval`;
      return infeasible(
        `No schedule satisfies the bounds with ${words}. Lower minimumTrade, or widen the bounds.`,
      );
    }
  } else {
    x = rounded(relaxed.schedule.remaining, lot, whole);
    if (inLots === undefined) improve?.(x, whole);
    else descend(inLots, whole, x);
  }
  const remaining = Array.from(x.subarray(0, N + 1), (held) => held * lot);
  // Products of lots may be rounded; the order itself is not.
  remaining[0] = X;
  const trades = Array.from({ length: N }, (_, k) => (x[k] - x[k + 1]) * lot);
  const schedule = makeSchedule(problem, "Lots", remaining, trades);
  const costOfLots = Math.max(0, objectiveOf(schedule) - objectiveOf(relaxed.schedule));
  const isExact = takesTable || isConvex;
  return Object.freeze({
    status: "optimal",
    schedule,
    isExact,
    gap: isExact ? 0 : costOfLots + Math.max(0, relaxed.certificate.gapBound),
    costOfLots,
    method: takesTable ? "table" : isConvex ? "descent" : "lower bound",
  });
}

/** Whether an order is a whole number of lots, but for rounding. */
export function isWholeLots(shares: number, lot: number): boolean {
  const lots = shares / lot;
  return Math.round(lots) >= 1 && Math.abs(lots - Math.round(lots)) <= 1e-9 * lots;
}

function checkLots(
  problem: ExecutionProblem,
  options: LotOptions,
): { readonly lot: number; readonly least: number; readonly bounds: TradeBounds } {
  const given = checkKeys("options", options, ["lot", "minimumTrade", "lower", "upper", "mostLeft"]);
  const lot = checkNumber("options.lot", given.lot, positive, "shares");
  const { shares: X, intervals: N } = problem;
  const lots = Math.round(X / lot);
  if (lots > 2 ** 40 || !isWholeLots(X, lot)) {
    const [below, above] = [Math.floor(X / lot) * lot, Math.ceil(X / lot) * lot];
    const nearest = [below, above].filter((size) => size > 0).map((size) => formatNumber(size));
    throw new InputError(
      "options.lot",
      lot,
      `a divisor of the order's ${formatNumber(X)} shares`,
      `Trade an order of ${nearest.join(" or ")} shares, and the odd lot separately.`,
    );
  }
  const minimum = given.minimumTrade === undefined ? 0 : given.minimumTrade;
  const least = Math.ceil(checkNumber("options.minimumTrade", minimum, notNegative, "shares") / lot - 1e-9);
  const bounds = { lower: given.lower, upper: given.upper, mostLeft: given.mostLeft } as TradeBounds;
  if (least > 1) {
    if (lots * lots * N > mostOperations) {
      throw new InputError(
        "options.lot",
        lot,
        // Rounded up, so that what it says will do.
        `at least ${formatSignificant((1.01 * X) / Math.sqrt(mostOperations / N))} with a minimumTrade (shares)`,
        "Raise the lot: a table of all states would take too long.",
      );
    }
    if (checkBounds(problem, bounds).lower.some((bound) => bound < 0)) {
      throw new InputError("options.lower", given.lower, "0 or above with a minimumTrade (shares)");
    }
  }
  return { lot, least, bounds };
}

const infeasible = (message: string): LotInfeasible => Object.freeze({ status: "infeasible", message });

/** The proof that bounds, rounded inwards to whole lots, miss the order. */
function infeasibleInLots(lots: number, lot: number, { lower, upper }: LotBounds): LotInfeasible | undefined {
  for (let k = 0; k < lower.length; k++) {
    if (lower[k] <= upper[k]) continue;
    return infeasible(`No whole number of lots lies within the bounds of interval ${k + 1}.`);
  }
  const miss: BoundedInfeasible | undefined = proveInfeasible(lots, { lower, upper });
  if (miss === undefined) return undefined;
  const { bound, total, missing } = miss.proof;
  const [which, beyond] = bound === "upper" ? ["upper", "short of"] : ["lower", "more than"];
  return infeasible(
    `No schedule in lots of ${formatSignificant(lot)} shares satisfies the bounds: in whole lots, the ${which} bounds add up to ` +
      `${formatNumber(total * lot)} shares, ${formatNumber(missing * lot)} ${beyond} the order's ${formatNumber(lots * lot)}.`,
  );
}

/** Holdings in whole lots near those of a schedule, within the bounds, which are known to be feasible. */
function rounded(remaining: readonly number[], lot: number, { lower, upper }: LotBounds): Float64Array {
  const N = lower.length;
  // What the intervals after k can and must trade.
  const [can, must] = [new Float64Array(N + 1), new Float64Array(N + 1)];
  for (let k = N - 1; k >= 0; k--) {
    can[k] = can[k + 1] + upper[k];
    must[k] = must[k + 1] + lower[k];
  }
  const x = new Float64Array(N + 1);
  x[0] = Math.round(remaining[0] / lot);
  for (let k = 1; k < N; k++) {
    const most = Math.min(x[k - 1] - lower[k - 1], can[k]);
    const fewest = Math.max(x[k - 1] - upper[k - 1], must[k]);
    x[k] = Math.min(most, Math.max(fewest, Math.round(remaining[k] / lot)));
  }
  return x;
}
