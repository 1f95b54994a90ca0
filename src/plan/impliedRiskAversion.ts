/**
 * The risk aversion that a schedule implies.
 *
 * @module
 */
import { checkBounds, freeBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem } from "../model/problem";
import { withRest, withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { formatSignificant } from "../support/format";
import { marginalParts } from "./marginals";

/** What a schedule says about the risk aversion behind it. */
export interface ImpliedRiskAversion {
  /** λ that comes nearest to making the schedule the optimum (1/currency); undefined where the schedule says nothing about it. */
  readonly riskAversion: number | undefined;
  /**
   * What λ leaves unexplained: the root mean square of what marginal costs still differ by, over that of the marginal impact
   * and spread. 0 where the schedule is the optimum for that λ; NaN where there is none.
   */
  readonly residual: number;
  /** Whether the schedule is the optimum for that λ: λ is 0 or above, and the residual at most 1e-6. */
  readonly isExplained: boolean;
  /** The answer in words. */
  readonly message: string;
}

/** The largest residual that rounding alone can leave, with room. */
const mostResidual = 1e-6;

/**
 * The risk aversion for which a schedule would be the optimum, as near as one comes to it: marginal costs are linear in λ, so it
 * is the least-squares fit that levels them over the slices that neither a bound nor the spread holds.
 *
 * @param problem - a problem from `defineProblem`; its own `riskAversion` does not matter
 * @param schedule - a schedule of the problem, from any source
 * @param bounds - the bounds that it had to keep, as for `boundedSchedule`; without them, trades may be any number
 * @returns λ with what it leaves unexplained
 * @throws InputError when an argument is not what it should be
 *
 * Source: the Karush–Kuhn–Tucker conditions of AC eq. 15, read for λ.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const { riskAversion = 0, isExplained } = impliedRiskAversion(problem, optimalSchedule(problem));
 * Math.abs(riskAversion / 1e-6 - 1) < 1e-9; // → true
 * isExplained; // → true
 * impliedRiskAversion(problem, equalSchedule(problem)).riskAversion; // → 0
 * ```
 */
export function impliedRiskAversion(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds?: TradeBounds,
): ImpliedRiskAversion {
  problem = checkProblem(problem);
  checkSchedule(problem, schedule);
  const { lower, upper } = bounds === undefined ? freeBounds(problem) : checkBounds(problem, bounds);
  const ε = withRestEntry(problem, marketOf(problem).halfSpreads, 0);
  const { trades } = withRest(problem, schedule);
  const { cost, variance } = marginalParts(problem, schedule);
  const near = 1e-9 * problem.shares;
  const free = trades.flatMap((n, k) => {
    const isHeld = n <= lower[k] + near || n >= upper[k] - near || (ε[k] > 0 && Math.abs(n) <= near);
    return isHeld ? [] : [k];
  });
  const costs = centered(free.map((k) => cost[k] + ε[k] * Math.sign(trades[k])));
  const variances = centered(free.map((k) => variance[k]));
  const spread = dot(variances, variances);
  if (free.length < 2 || spread === 0) {
    const why =
      free.length < 2
        ? "fewer than two of its slices are free of bounds"
        : "the risk of delay is the same in every slice";
    return Object.freeze({
      riskAversion: undefined,
      residual: Number.NaN,
      isExplained: false,
      message: `The schedule implies no risk aversion: ${why}.`,
    });
  }
  const riskAversion = -dot(costs, variances) / spread + 0;
  const left = costs.map((value, i) => value + riskAversion * variances[i]);
  const whole = free.map((k) => Math.abs(cost[k]) + ε[k]);
  const residual = Math.sqrt(dot(left, left) / dot(whole, whole));
  // Below rounding a λ is 0, of either sign.
  const isZero = Math.sqrt(dot(costs, costs) / dot(whole, whole)) < 1e-13;
  const λ = isZero ? 0 : riskAversion;
  const isExplained = λ >= 0 && residual <= mostResidual;
  return Object.freeze({
    riskAversion: λ,
    residual,
    isExplained,
    message: words(problem, λ, { residual, isExplained }),
  });
}

function words(
  { currency }: ExecutionProblem,
  λ: number,
  { residual, isExplained }: { readonly residual: number; readonly isExplained: boolean },
): string {
  const value = λ === 0 ? "0" : `${formatSignificant(λ)}/${currency}`;
  if (isExplained) return `The schedule is the optimum for a risk aversion of ${value}.`;
  if (λ < 0) {
    return `No risk aversion explains the schedule: the nearest one, ${value}, would seek risk.`;
  }
  return (
    `No risk aversion explains the schedule: the nearest one, ${value}, leaves ` +
    `${formatSignificant(100 * residual)}% of its marginal costs unexplained.`
  );
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, i) => sum + value * other[i], 0);

function centered(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}
