/**
 * Whether a schedule trades its order within its bounds.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { holdsNumbers, type Schedule } from "../model/schedule";
import { Sum } from "../support/numbers";

/**
 * The largest violation of the identities that make a schedule one of this order, NaN where a number is missing, and the
 * largest of |x_k| (both in shares).
 */
export function infeasibility(
  problem: ExecutionProblem,
  { remaining, trades }: Schedule,
): { readonly worst: number; readonly largest: number } {
  const { shares: X, intervals: N, remainderPrice } = problem;
  const none = { worst: Number.NaN, largest: 0 };
  if (remaining.length !== N + 1 || trades.length !== N) return none;
  // A text or a BigInt is no number, though some operators take them for one. By index, so that a hole is seen.
  const [first, last] = [remaining[0], remaining[N]];
  if (!Number.isFinite(first) || !Number.isFinite(last)) return none;
  const traded = new Sum();
  // Where shares may be left, what is left counts as traded.
  const left = remainderPrice === undefined ? 0 : last;
  let worst = Math.max(Math.abs(first - X), Math.abs(last - left));
  let largest = 0;
  let before = first;
  for (let k = 1; k <= N; k++) {
    const x = remaining[k];
    const n = trades[k - 1];
    if (!Number.isFinite(x) || !Number.isFinite(n)) return none;
    traded.add(n);
    worst = Math.max(worst, Math.abs(before - x - n));
    largest = Math.max(largest, Math.abs(x));
    before = x;
  }
  return { worst: Math.max(worst, Math.abs(traded.value + left - X)), largest };
}

/** How far a trade lies beyond its bound, the farthest (shares). */
export function outside({ trades, remaining }: Schedule, { lower, upper }: BoundArrays): number {
  let worst = 0;
  for (let k = 0; k < lower.length; k++) {
    const n = k < trades.length ? trades[k] : remaining[k];
    worst = Math.max(worst, lower[k] - n, n - upper[k]);
  }
  return worst;
}

/** Whether a schedule holds nothing but numbers, so that it may be reckoned with as it is. */
export function isNumeric(schedule: Schedule): boolean {
  if (holdsNumbers(schedule)) return true;
  for (const values of [schedule.trades, schedule.remaining]) {
    for (let k = 0; k < values.length; k++) if (typeof values[k] !== "number") return false;
  }
  return true;
}
