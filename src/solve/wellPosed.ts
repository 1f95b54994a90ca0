/**
 * The refusal that all routes to the smooth optimum share.
 *
 * @module
 */

import { unitOf } from "../model/notation";
import type { ExecutionProblem } from "../model/problem";
import { NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";

/**
 * Holdings this many times the order are rounded to 1e-8 of it, and the operations behind them add up to some 2e-7: at
 * ten times as much, trades and holdings of one optimum were seen to disagree by a millionth of the order.
 */
const mostLeverage = 1e8;

/**
 * Refuses holdings and trades beyond the range of doubles, and holdings so large beside the order that their rounding
 * swallows it: nobody could say whether such a schedule still trades the order.
 */
export function refuseUnreadable(
  problem: ExecutionProblem,
  remaining: ArrayLike<number>,
  trades: ArrayLike<number>,
): void {
  let largest = 0;
  for (let k = 0; k < remaining.length; k++) largest = Math.max(largest, Math.abs(remaining[k]));
  for (let k = 0; k < trades.length; k++) largest = Math.max(largest, Math.abs(trades[k]));
  if (Number.isFinite(largest) && largest <= mostLeverage * problem.shares) return;
  const { drift, riskAversion, shares } = problem;
  const why = Number.isFinite(largest)
    ? `holdings of ${formatSignificant(largest, 3)} shares, whose rounding swallows the order of ` +
      `${formatSignificant(shares, 6)} shares`
    : "holdings beyond the range of floating-point numbers";
  throw new RangeError(
    drift !== 0
      ? `With a drift of ${drift} ${unitOf("drift", problem)} the optimum has ${why}. ` +
          "Use a smaller drift or a larger risk aversion."
      : riskAversion < 0
        ? `With a risk aversion of ${riskAversion} ${unitOf("riskAversion", problem)}, next to its limit, the optimum ` +
          `has ${why}. Use a larger risk aversion.`
        : `The optimum has ${why}: state the problem in other units of shares, time or currency.`,
  );
}

/**
 * Refuses what cannot be an optimum: numbers that `refuseUnreadable` refuses, and, where there is a half spread, a change of direction. The spread has a kink where a trade changes sign: a smooth optimum that stays on
 * one side of every kink is the optimum; one that crosses it is not, and must not be returned as if it were.
 */
export function refuseImproper(
  problem: ExecutionProblem,
  remaining: readonly number[],
  trades: readonly number[],
): void {
  refuseUnreadable(problem, remaining, trades);
  if (problem.halfSpread === 0) return;
  // A trade of the size of rounding is no reversal.
  const tolerance = 1e-12 * problem.shares;
  const first = trades.findIndex((n) => n < -tolerance);
  if (first === -1) return;
  throw new NoOptimumError(
    "spread-and-reversal",
    `The optimum without a spread trades against the order in interval ${first + 1} ` +
      `(${formatSignificant(trades[first], 6)} shares), and with a half spread of ` +
      `${problem.halfSpread} ${unitOf("halfSpread", problem)} it is then not the optimum. ` +
      "Use boundedSchedule, which knows the spread's kink; or set halfSpread to 0, or weaken the drift or the " +
      "negative risk aversion that causes the reversal.",
    { firstReversal: first + 1 },
  );
}
