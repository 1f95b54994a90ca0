/**
 * How far the trades of a schedule are from having one marginal cost.
 *
 * @module
 */
import type { Series } from "../support/numbers";
import { slopeAt, type TradeCosts } from "./answers";

/** Trades, with what follows from them. */
export interface Point {
  /** n_k (shares). */
  readonly trades: Series;
  /** ∂(E + λV)/∂n_k without the spread, up to a number that all intervals share (currency/share). */
  readonly smooth: Float64Array;
  /** Rounding of these is some 1e-16 of it (currency/share). */
  readonly largestTerm: number;
}

/** Marginal costs between which one price would fit all (currency/share). */
export interface Edges {
  /** The highest of trades that could fall. */
  readonly high: number;
  /** The lowest of trades that could rise. */
  readonly low: number;
}

/** The edges of a point: one price fits all where `high` is not above `low`. Each trade may first move by some shares. */
export function priceEdges(costs: TradeCosts, { trades, smooth }: Point, by = 0): Edges {
  const { ε, lower, upper } = costs;
  let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let size = 0;
  for (let k = 0; k < trades.length; k++) size += Math.abs(trades[k]);
  const rounding = 1e-12 * size;
  for (let k = 0; k < trades.length; k++) {
    if (lower[k] === upper[k]) continue;
    const n = trades[k];
    const slope = by === 0 ? 0 : slopeAt(costs, k, n);
    const at = (m: number): number => (by === 0 ? smooth[k] : smooth[k] + (slopeAt(costs, k, m) - slope));
    if (!(n <= lower[k] + rounding)) {
      high = Math.max(high, at(n - by) + (n - by > rounding ? ε[k] : -ε[k]));
    }
    if (!(n >= upper[k] - rounding)) {
      low = Math.min(low, at(n + by) + (n + by < -rounding ? -ε[k] : ε[k]));
    }
  }
  return { high, low };
}

/**
 * The shares that each trade would have to move by, at most, for one price to fit all: 0 at an optimum, and never more than the
 * order. Where that is within the
 * tolerance it is told by a line between nothing and the tolerance, else by halving.
 *
 * @param rounding - what marginal costs may be apart by rounding alone (currency/share)
 */
export function levelingTrade(
  costs: TradeCosts,
  point: Point,
  { tolerance, rounding }: { readonly tolerance: number; readonly rounding: number },
): number {
  const apart = (by: number): number => {
    const { high, low } = priceEdges(costs, point, by);
    // Where nothing can fall, or nothing can rise, there is nothing to choose.
    return high === Number.NEGATIVE_INFINITY || low === Number.POSITIVE_INFINITY ? 0 : high - low;
  };
  const now = apart(0);
  if (now <= 0) return 0;
  const then = apart(tolerance);
  if (then <= rounding) return tolerance * Math.min(1, now / Math.max(now - then, now));
  let size = 0;
  for (let k = 0; k < point.trades.length; k++) size += Math.abs(point.trades[k]);
  let [few, many] = [tolerance, Math.min(2 * tolerance, size)];
  while (many < size && apart(many) > rounding) [few, many] = [many, Math.min(2 * many, size)];
  while (many - few > 1e-3 * many) {
    const middle = 0.5 * (few + many);
    if (apart(middle) > rounding) few = middle;
    else many = middle;
  }
  return many;
}
