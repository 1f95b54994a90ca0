/**
 * Whether one price fits all marginal costs.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import type { Schedule } from "../model/schedule";
import { smallest } from "../support/numbers";
import type { Marginals } from "./marginals";

/**
 * How far the marginal costs of trades that could fall and of trades that could rise are apart, 0 where one price fits all;
 * and the largest spread between the two sides of a trade that went into them.
 */
export function priceSpread(
  problem: ExecutionProblem,
  { trades, remaining }: Schedule,
  { lower, upper }: BoundArrays,
  { smooth }: Marginals,
): { readonly apart: number; readonly spread: number } {
  const { halfSpreads: ε, open } = marketOf(problem);
  const rounding = 1e-12 * problem.shares;
  // Counted from the smallest half spread, so that a large one costs no digits where every trade pays it.
  const shared = smallest(ε);
  let [highestLeast, lowestMost] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [spread, choices] = [0, 0];
  for (let k = 0; k < trades.length; k++) {
    if (open[k] === 0) continue;
    choices++;
    const n = trades[k];
    const along = smooth[k] + (ε[k] - shared);
    const against = smooth[k] - (ε[k] + shared);
    const canFall = !(n <= lower[k] + rounding);
    const canRise = !(n >= upper[k] - rounding);
    if (canFall) highestLeast = Math.max(highestLeast, n > rounding ? along : against);
    if (canRise) lowestMost = Math.min(lowestMost, n < -rounding ? against : along);
    if ((canFall && n <= rounding) || (canRise && n < -rounding)) spread = Math.max(spread, ε[k] + shared);
  }
  const left = remaining[trades.length];
  const rest = trades.length;
  if (lower.length > rest) {
    // What is left pays no spread: beside trades, whose shared part is left out, it is cheaper by that.
    choices++;
    if (left > rounding) highestLeast = Math.max(highestLeast, smooth[rest] - shared);
    if (!(left >= upper[rest] - rounding)) lowestMost = Math.min(lowestMost, smooth[rest] - shared);
  }
  // A single trade leaves nothing to choose.
  if (choices === 1) return { apart: 0, spread: 0 };
  return { apart: Math.max(0, highestLeast - lowestMost), spread };
}
