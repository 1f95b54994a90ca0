/**
 * A schedule as a chain of open trades: closed intervals are taken out, so that what is left has a choice everywhere.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { choiceCount, withRest, withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { type Series, smallest, zeros } from "../support/numbers";
import type { Squares } from "./marginals";

/** Arrays over the M open trades, those of holdings over the M − 1 between them. */
export interface Chain {
  /** n_k (shares). */
  readonly n: Series;
  /** Marginal costs without the spread at this schedule (currency/share). */
  readonly M: Float64Array;
  /**
   * What a share more costs by the spread, for a trade with the order and for one against it: ±ε_k, less the smallest half
   * spread of all, which every trade of the order pays and which would cost the others digits (currency/share).
   */
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Second derivatives by trades and by holdings (currency/share²). */
  readonly A: Float64Array;
  readonly B: Float64Array;
}

/** The squares over open trades: holdings that closed intervals keep equal are one. */
export function openSquares(problem: ExecutionProblem, squares: Squares): Squares {
  const places = openPlaces(problem);
  if (places === undefined) return squares;
  const { trades, holdings } = squares;
  const B = zeros(places.length - 1);
  for (let i = 0; i < B.length; i++) {
    for (let k = places[i]; k < places[i + 1]; k++) B[i] += holdings[k];
  }
  return { trades: pick(trades, places), holdings: B };
}

/** The chain of a schedule, with what is known of it. */
export function openChain(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays,
  smooth: Float64Array,
  squares: Squares,
): Chain {
  // The rest is one more trade, without a spread.
  const ε = withRestEntry(problem, marketOf(problem).halfSpreads, 0);
  const n = withRest(problem, schedule).trades;
  const { up, down } = kinks(ε);
  const { lower, upper } = bounds;
  const { trades: A, holdings: B } = squares;
  const places = openPlaces(problem);
  if (places === undefined) return { n, M: smooth, up, down, lower, upper, A, B };
  return {
    n: pick(n, places),
    M: pick(smooth, places),
    up: pick(up, places),
    down: pick(down, places),
    lower: pick(lower, places),
    upper: pick(upper, places),
    A,
    B,
  };
}

function pick(values: Series, places: Uint32Array): Float64Array {
  const picked = zeros(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = values[places[i]];
  return picked;
}

/** What a share more costs by the spread on either side of 0, less the smallest half spread. */
export function kinks(ε: Float64Array): Pick<Chain, "up" | "down"> {
  const N = ε.length;
  const shared = smallest(ε);
  const up = zeros(N);
  const down = zeros(N);
  for (let k = 0; k < N; k++) {
    up[k] = ε[k] - shared;
    down[k] = -ε[k] - shared;
  }
  return { up, down };
}

/** What the spread costs a trade m, less the smallest half spread (currency). */
export function spreadCost({ up, down }: Chain, k: number, m: number): number {
  return (m < 0 ? down[k] : up[k]) * m;
}

/** Whether the spread has a kink at 0. */
export function isKinked({ up, down }: Chain, k: number): boolean {
  return up[k] !== down[k];
}

/** The indices of the intervals that are open, and of the rest; undefined where the problem closes none. */
function openPlaces(problem: ExecutionProblem): Uint32Array | undefined {
  if (problem.profile?.open === undefined) return undefined;
  const { open } = marketOf(problem);
  const places = new Uint32Array(choiceCount(problem));
  let count = 0;
  for (let k = 0; k < places.length; k++) if (k === open.length || open[k] === 1) places[count++] = k;
  return places.subarray(0, count);
}
