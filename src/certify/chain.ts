/**
 * A schedule as a chain of open trades: closed intervals are taken out, so that what is left has a choice everywhere.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import type { Schedule } from "../model/schedule";
import type { Squares } from "./marginals";

/** Arrays over the M open trades, those of holdings over the M − 1 between them. */
export interface Chain {
  /** n_k (shares). */
  readonly n: Float64Array;
  /** Marginal costs without the spread at this schedule (currency/share). */
  readonly M: Float64Array;
  /**
   * What a share more costs by the spread, for a trade with the order and for one against it: ±ε_k, less the smallest half
   * spread of all, which every trade of the order pays and which would cost the others digits (currency/share).
   */
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Second derivatives by trades and by holdings (currency/share²). */
  readonly A: Float64Array;
  readonly B: Float64Array;
}

/** The squares over open trades: holdings that closed intervals keep equal are one. */
export function openSquares(problem: ExecutionProblem, { trades, holdings }: Squares): Squares {
  const places = openPlaces(problem);
  if (places.length === trades.length) return { trades, holdings };
  const B = new Float64Array(places.length - 1);
  for (let i = 0; i < B.length; i++) {
    for (let k = places[i]; k < places[i + 1]; k++) B[i] += holdings[k];
  }
  return { trades: places.map((k) => trades[k]), holdings: B };
}

/** The chain of a schedule, with what is known of it. */
export function openChain(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays,
  smooth: Float64Array,
  squares: Squares,
): Chain {
  const places = openPlaces(problem);
  const { halfSpreads } = marketOf(problem);
  const shared = halfSpreads.reduce((smallest, ε) => Math.min(smallest, ε));
  const pick = (values: ArrayLike<number>): Float64Array => places.map((k) => values[k]);
  const { trades: A, holdings: B } = squares;
  return {
    n: pick(schedule.trades),
    M: pick(smooth),
    up: pick(halfSpreads.map((ε) => ε - shared)),
    down: pick(halfSpreads.map((ε) => -ε - shared)),
    least: pick(bounds.least),
    most: pick(bounds.most),
    A,
    B,
  };
}

/** What the spread costs a trade m, less the smallest half spread (currency). */
export function spreadCost({ up, down }: Chain, k: number, m: number): number {
  return (m < 0 ? down[k] : up[k]) * m;
}

/** Whether the spread has a kink at 0. */
export function isKinked({ up, down }: Chain, k: number): boolean {
  return up[k] !== down[k];
}

/** The indices of the intervals that are open. Doubles, so that maps of them give doubles. */
function openPlaces(problem: ExecutionProblem): Float64Array {
  const { open } = marketOf(problem);
  const places = Float64Array.from(open.keys());
  return open.includes(0) ? places.filter((k) => open[k] === 1) : places;
}
