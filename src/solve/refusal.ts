/**
 * The refusal that all routes to the smooth optimum share.
 *
 * @module
 */
import { NoOptimumError } from "../errors";
import { formatSignificant } from "../format";
import { unitOf } from "../notation";
import type { ExecutionProblem } from "../problem";

/**
 * Refuses trades that cannot be an optimum: numbers beyond the range of doubles, and, where there is a half
 * spread, a change of direction. The spread has a kink where a trade changes sign: a smooth optimum that stays on
 * one side of every kink is the optimum; one that crosses it is not, and must not be returned as if it were.
 */
export function refuseImproper(problem: ExecutionProblem, trades: readonly number[]): void {
  if (!trades.every(Number.isFinite)) {
    throw new RangeError(
      `A drift of ${problem.drift} ${unitOf("drift", problem)} moves the optimum beyond the range of ` +
        "floating-point numbers. Use a smaller drift or a larger risk aversion.",
    );
  }
  if (problem.halfSpread === 0) return;
  // A trade of the size of rounding is no reversal.
  const tolerance = 1e-12 * problem.shares;
  const first = trades.findIndex((n) => n < -tolerance);
  if (first === -1) return;
  throw new NoOptimumError(
    "spread-and-reversal",
    `The optimum without a spread trades against the order in interval ${first + 1} ` +
      `(${formatSignificant(trades[first] as number, 6)} shares), and with a half spread of ` +
      `${problem.halfSpread} ${unitOf("halfSpread", problem)} it is then not the optimum. ` +
      "Use boundedSchedule, which knows the spread's kink; or set halfSpread to 0, or weaken the drift or the " +
      "negative risk aversion that causes the reversal.",
    { firstReversal: first + 1 },
  );
}
