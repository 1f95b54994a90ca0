/**
 * One look at the numbers of a schedule in a market that does not vary: what `uniform.ts` decides by.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { Schedule } from "../model/schedule";
import { Sum } from "../support/numbers";

/** The coefficients of the marginal costs. */
export interface Coefficients {
  /** Second derivative of E by a trade, and of E + λV. */
  readonly A: number;
  readonly ownA: number;
  readonly R: number;
  readonly q: number;
  readonly u: number;
  readonly ε: number;
}

/** What a look finds, by its place in an array of doubles: fields of an object would be boxed one by one. */
export enum Found {
  /** The largest (x_{k−1} − x_k − n_k)², and the sum of the plain differences, which is NaN if any of them is. */
  square,
  drifted,
  /** How far a trade lies beyond its bound. */
  outside,
  smallest,
  /** The highest marginal cost of trades that could fall, the lowest of those that could rise, both less one constant. */
  high,
  low,
  /** Σ r_j over the block that was looked at last. */
  part,
}

/** Plain sums within so many intervals, compensated between them. */
const blockLength = 256;

/** From the end, since a marginal cost holds what comes later. */
export function look(schedule: Schedule, terms: Coefficients, bounds: BoundArrays | undefined): Float64Array {
  const { length: N } = schedule.trades;
  const found = new Float64Array(Found.part + 1);
  found[Found.smallest] = found[Found.low] = Number.POSITIVE_INFINITY;
  found[Found.high] = Number.NEGATIVE_INFINITY;
  const later = new Sum();
  for (let end = N; end > 0; end -= blockLength) {
    const first = Math.max(0, end - blockLength);
    if (bounds === undefined)
      (terms.u === 0.5 ? lookInMiddle : lookAtEnds)(schedule, first, end, later.value, terms, found);
    else lookBounded(schedule, first, end, later.value, terms, bounds, found);
    later.add(found[Found.part]);
  }
  return found;
}

/** Where trades get the mean of both prices of their interval. */
function lookInMiddle(
  { trades, remaining: x }: Schedule,
  first: number,
  end: number,
  later: number,
  { A, R, q, u }: Coefficients,
  found: Float64Array,
): void {
  const own = 1 - u;
  let part = 0;
  let drifted = 0;
  let square = found[Found.square];
  let smallest = found[Found.smallest];
  let high = found[Found.high];
  let low = found[Found.low];
  let after = x[end];
  for (let k = end - 1; k >= first; k--) {
    const n = trades[k];
    const before = x[k];
    const d = before - after - n;
    const r = R * (u * before + own * after) - q;
    const G = A * n - (later + (part + own * r));
    drifted += d;
    part += r;
    if (d * d > square) square = d * d;
    if (n < smallest) smallest = n;
    if (G > high) high = G;
    if (G < low) low = G;
    after = before;
  }
  found[Found.square] = square;
  found[Found.drifted] += drifted;
  found[Found.smallest] = smallest;
  found[Found.high] = high;
  found[Found.low] = low;
  found[Found.part] = part;
}

/**
 * The same where trades get the first or the last price of their interval: a third of the time is spared. What is held over an
 * interval is what the trade leaves, or what the next one finds: the sums differ by one q in all marginal costs, and only
 * differences of these count.
 */
function lookAtEnds(
  { trades, remaining: x }: Schedule,
  first: number,
  end: number,
  later: number,
  { A, R, q }: Coefficients,
  found: Float64Array,
): void {
  let part = 0;
  let drifted = 0;
  let square = found[Found.square];
  let smallest = found[Found.smallest];
  let high = found[Found.high];
  let low = found[Found.low];
  let after = x[end];
  for (let k = end - 1; k >= first; k--) {
    const n = trades[k];
    const before = x[k];
    const d = before - after - n;
    part += R * after - q;
    const G = A * n - (later + part);
    drifted += d;
    if (d * d > square) square = d * d;
    if (n < smallest) smallest = n;
    if (G > high) high = G;
    if (G < low) low = G;
    after = before;
  }
  found[Found.square] = square;
  found[Found.drifted] += drifted;
  found[Found.smallest] = smallest;
  found[Found.high] = high;
  found[Found.low] = low;
  found[Found.part] = part;
}

/** The same with bounds, at which a trade can move one way only. */
function lookBounded(
  { trades, remaining: x }: Schedule,
  first: number,
  end: number,
  later: number,
  { A, R, q, u, ε }: Coefficients,
  { lower, upper }: BoundArrays,
  found: Float64Array,
): void {
  const own = 1 - u;
  let part = 0;
  for (let k = end - 1; k >= first; k--) {
    const n = trades[k];
    const d = x[k] - x[k + 1] - n;
    const r = R * (u * x[k] + own * x[k + 1]) - q;
    const along = A * n - (later + (part + own * r));
    found[Found.drifted] += d;
    part += r;
    if (d * d > found[Found.square]) found[Found.square] = d * d;
    if (n < found[Found.smallest]) found[Found.smallest] = n;
    const beyond = Math.max(lower[k] - n, n - upper[k]);
    if (beyond > found[Found.outside]) found[Found.outside] = beyond;
    // A hair off its bound or off 0, a trade could still move: whether that matters is for the general route.
    const falling = n > 0 ? along : along - 2 * ε;
    if (falling > found[Found.high] && !(n <= lower[k])) found[Found.high] = falling;
    const rising = n < 0 ? along - 2 * ε : along;
    if (rising < found[Found.low] && !(n >= upper[k])) found[Found.low] = rising;
  }
  found[Found.part] = part;
}
