/**
 * The linear system of a guess: with every trade on a piece, holdings and prices follow in two sweeps.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { smallZeros, zeros } from "../support/numbers";
import { against, along, type Pieces, violation, writeAnswerPrices } from "./boundedPieces";

/** Where an iteration stands, and where its linear system would put it. */
export interface Iterate extends Pieces {
  readonly X: number;
  readonly b: Float64Array;
  readonly q: Float64Array;
  /** x_{k−1} = s_{k−1} − Q_{k−1} G_k: what the trades before k make of their price. */
  readonly Q: Float64Array;
  readonly s: Float64Array;
  readonly G: Float64Array;
  readonly x: Float64Array;
  readonly nextG: Float64Array;
  readonly nextX: Float64Array;
  readonly nextN: Float64Array;
  /** Which trades answer to their prices, up to rounding. */
  readonly isSettled: Uint8Array;
}

/** What an iteration works with and nobody needs after it. */
type Workspace = Pick<
  Iterate,
  "pieces" | "slopes" | "intercepts" | "up" | "down" | "Q" | "s" | "G" | "x" | "nextN" | "isSettled"
>;

/** The latest one, for the next program of as many trades: to make one anew takes longer than a sweep. */
let latest: Workspace | undefined;

/** A workspace for more trades is not kept. */
const mostKept = 2_000;

function workspace(N: number): Workspace {
  if (latest?.G.length === N) {
    latest.G.fill(0);
    latest.x.fill(0);
    return latest;
  }
  const made = {
    pieces: smallZeros(N),
    slopes: zeros(N),
    intercepts: zeros(N),
    up: zeros(N),
    down: zeros(N),
    Q: zeros(N),
    s: zeros(N),
    G: zeros(N),
    x: zeros(N + 1),
    nextN: zeros(N),
    isSettled: smallZeros(N),
  };
  if (N <= mostKept) latest = made;
  return made;
}

/** Begins with every trade along the order, or against it where its bounds say so. */
export function beginIteration(form: QuadraticObjective, { lower, upper }: BoundArrays): Iterate {
  const N = form.tradeCurvatures.length;
  const { pieces, slopes, intercepts, up, down, Q, s, G, x, nextN, isSettled } = workspace(N);
  const shared = writeAnswerPrices(form, up, down);
  for (let k = 0; k < N; k++) pieces[k] = upper[k] > 0 ? along : against;
  return {
    a: form.tradeCurvatures,
    lower,
    upper,
    up,
    down,
    shared,
    pieces,
    slopes,
    intercepts,
    X: form.shares,
    b: form.holdingCurvatures,
    q: form.holdingPrices,
    Q,
    s,
    G,
    x,
    nextG: zeros(N),
    nextX: zeros(N + 1),
    nextN,
    isSettled,
  };
}

/** Eliminates holdings from the first to the last: what is left is one equation for the last price. */
export function sweepForward({ X, b, q, Q, s, slopes, intercepts }: Iterate): {
  readonly ahead: number;
  readonly offset: number;
  readonly error: number;
} {
  const N = slopes.length;
  // All terms are positive: Q loses no digit to cancellation, however urgent the order.
  let ahead = 0;
  let offset = X;
  let error = Number.EPSILON * X;
  for (let k = 0; k < N; k++) {
    Q[k] = ahead;
    s[k] = offset;
    ahead += slopes[k];
    offset -= intercepts[k];
    error += Number.EPSILON * (Math.abs(intercepts[k]) + Math.abs(offset));
    if (k < N - 1) {
      const share = 1 / (1 + 2 * ahead * b[k]);
      offset = (offset - ahead * q[k]) * share;
      error = (error + Number.EPSILON * ahead * Math.abs(q[k])) * share;
      ahead *= share;
    }
  }
  return { ahead, offset, error };
}

/**
 * Writes holdings, trades and prices from the last price to the first, and tells whether every trade answers to its price.
 *
 * @param price - the last price
 * @param blur - what rounding has made of it
 */
export function sweepBack(state: Iterate, price: number, blur: number): boolean {
  const { X, a, b, q, Q, s, up, down, pieces, slopes, intercepts, nextG, nextX, nextN, isSettled } = state;
  const N = a.length;
  let isOptimal = true;
  nextX[0] = X;
  nextX[N] = 0;
  for (let k = N - 1; k >= 0; k--) {
    const slope = slopes[k];
    const after = nextX[k + 1];
    // Between what the trades before bring and what the trades after leave, weighted: no digit is lost.
    if (k > 0) {
      const weight = Q[k] + slope;
      nextX[k] = weight === 0 ? s[k] : (s[k] * slope + Q[k] * (after + intercepts[k])) / weight;
    }
    const holding = nextX[k];
    nextN[k] = intercepts[k];
    if (slope > 0) {
      const first = pieces[k] === against ? down[k] : up[k];
      nextN[k] = slope * (price - first);
      // Where holdings cost much more than trades, they tell a trade, and so its price, better than a sum of costs.
      const curvature = 2 * a[k];
      const roughness = 4 * Number.EPSILON * curvature * Math.max(Math.abs(holding), Math.abs(after));
      if (roughness < blur) {
        blur = roughness;
        nextN[k] = holding - after;
        price = first + curvature * nextN[k];
      }
    }
    nextG[k] = price;
    const tolerance = Math.max(2 * blur, 4e-14 * a[k] * X);
    const settled = violation(state, k, nextN[k], price) <= tolerance;
    isSettled[k] = settled ? 1 : 0;
    isOptimal &&= settled;
    if (k === 0) break;
    const rise = 2 * b[k - 1] * holding;
    price += rise + q[k - 1];
    blur += Number.EPSILON * (Math.abs(rise) + Math.abs(q[k - 1]) + Math.abs(price));
  }
  return isOptimal;
}
