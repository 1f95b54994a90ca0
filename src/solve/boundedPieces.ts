/**
 * How the trades of a bounded program answer to their prices: lines with bends, flat at the bounds, flat at 0 as wide as
 * the spread, and rising with slope 1/2a_k in between. A guess says for each trade on which piece it lies.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { zeros } from "../support/numbers";

/** The optimum of a bounded program, with its prices. */
export interface ProgramOptimum {
  /** n_1 … n_N (shares). */
  readonly trades: Float64Array;
  /** x_0 … x_N (shares). */
  readonly remaining: Float64Array;
  /**
   * G_1 … G_N less the smallest half spread, which a trade along the order pays anyway: a large one would cost them digits
   * (currency/share). G_1 is what one share more to trade would add to the minimum.
   */
  readonly prices: Float64Array;
  /** How many linear systems were solved. */
  readonly iterations: number;
  /** What `answerPrices` says of the program, where it was asked on the way; to be read before the next program. */
  readonly answers?: Pick<Pieces, "up" | "down" | "shared"> | undefined;
}

/** Pieces of an answer, in rising order of the price. */
export const atLeast = 0;
export const against = 1;
export const none = 2;
export const along = 3;
export const atMost = 4;

/** The answers of a program, and the pieces that are guessed at the moment. */
export interface Pieces {
  /** a_k, above 0 (currency/share²). */
  readonly a: Float64Array;
  /** least_k and most_k (shares). */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Prices above which a trade with the order answers, and below which one against it does (currency/share). */
  readonly up: Float64Array;
  readonly down: Float64Array;
  /** The smallest half spread: prices are counted from it, because a large one would cost them digits. */
  readonly shared: number;
  readonly pieces: Uint8Array;
  /** The piece as a line: the trade at a price G is `slopes[k]` G + `intercepts[k]`. */
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

/** From which prices on trades answer, counted from the smallest half spread. */
export function answerPrices(form: QuadraticObjective): Pick<Pieces, "up" | "down" | "shared"> {
  const N = form.tradePrices.length;
  const up = zeros(N);
  const down = zeros(N);
  return { up, down, shared: writeAnswerPrices(form, up, down) };
}

/** Writes them, and returns the smallest half spread. */
export function writeAnswerPrices(
  { tradePrices: p, halfSpreads: ε }: QuadraticObjective,
  up: Float64Array,
  down: Float64Array,
): number {
  const N = p.length;
  let shared = ε[0];
  for (let k = 1; k < N; k++) shared = Math.min(shared, ε[k]);
  for (let k = 0; k < N; k++) {
    up[k] = p[k] + (ε[k] - shared);
    down[k] = p[k] - (ε[k] + shared);
  }
  return shared;
}

/** A trade, moved into its bounds. */
export function within({ lower, upper }: BoundArrays, k: number, n: number): number {
  return n >= upper[k] ? upper[k] : n <= lower[k] ? lower[k] : n;
}

/** The price from which on a trade rises from 0 on its piece. */
export function firstPrice({ pieces, up, down }: Pieces, k: number): number {
  return pieces[k] === against ? down[k] : up[k];
}

/** The cheapest trade at a price: the minimum of a n² + p n + ε|n| − price n between the bounds. */
export function answer(state: Pieces, k: number, price: number): number {
  const { a, up, down } = state;
  const pull = price > up[k] ? price - up[k] : price < down[k] ? price - down[k] : 0;
  return within(state, k, pull / (2 * a[k]));
}

/** The piece on which a trade lies. */
export function pieceOf({ lower, upper }: BoundArrays, k: number, n: number): number {
  return n >= upper[k] ? atMost : n <= lower[k] ? atLeast : n > 0 ? along : n < 0 ? against : none;
}

/** Writes every piece as a line. */
export function linearize(state: Pieces): void {
  const { a, lower, upper, pieces, slopes, intercepts } = state;
  for (let k = 0; k < a.length; k++) {
    const piece = pieces[k];
    if (piece === along || piece === against) {
      const slope = 0.5 / a[k];
      slopes[k] = slope;
      intercepts[k] = -firstPrice(state, k) * slope;
    } else {
      slopes[k] = 0;
      intercepts[k] = piece === atMost ? upper[k] : piece === atLeast ? lower[k] : 0;
    }
  }
}

/** How far a price lies outside of those to which a trade n on its piece is the answer (currency/share). */
export function violation(state: Pieces, k: number, n: number, price: number): number {
  const { a, lower, upper, up, down, pieces } = state;
  const piece = pieces[k];
  if (piece === along || piece === against) {
    const low = piece === along && lower[k] < 0 ? 0 : lower[k];
    const high = piece === against && upper[k] > 0 ? 0 : upper[k];
    return n < low ? 2 * a[k] * (low - n) : n > high ? 2 * a[k] * (n - high) : 0;
  }
  const smooth = 2 * a[k] * n;
  if (piece === atMost) return (n <= 0 ? down[k] : up[k]) + smooth - price;
  if (piece === atLeast) return price - (n < 0 ? down[k] : up[k]) - smooth;
  return Math.max(0, down[k] + smooth - price, price - up[k] - smooth);
}

/** The piece next to that of a trade n which does not answer to its price. */
export function neighbor(state: Pieces, k: number, n: number, price: number): number {
  const piece = state.pieces[k];
  if (piece === along || piece === against) return pieceOf(state, k, n > 0 === (piece === along) ? n : 0);
  if (piece === none) return price > state.up[k] ? along : against;
  return n > 0 || (n === 0 && piece === atLeast) ? along : against;
}
