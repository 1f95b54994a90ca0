/**
 * Programs that resemble one another, as the orders of a batch do, mostly bend at the same bounds: each can begin on the pieces
 * where the one before ended, and is often done in one step instead of four. The answer stays the same to the bit, because a
 * program's last step depends on its pieces alone: one that began from a guess counts only if no other pieces could have been
 * its answer.
 *
 * @module
 */
import type { QuadraticObjective } from "../model/quadratic";
import { against, along, atLeast, atMost, none } from "./boundedPieces";
import type { Iterate } from "./boundedSweeps";

/** Orders in a row that are planned without a guess after several that it did not help. */
const longestPause = 64;

/** Where the latest program ended, for the next one to begin. */
export class PieceGuess {
  private pieces: Uint8Array | undefined;
  /** Steps of the latest program that began without a guess. */
  private usual = 0;
  private pause = 0;
  private left = 0;

  /** Whether there is a guess for a program of N trades that is worth a try. */
  isPromising(N: number): boolean {
    if (this.pieces?.length !== N) return false;
    if (this.left === 0) return true;
    this.left--;
    return false;
  }

  /** Puts a program on the guessed pieces. */
  write({ pieces, lower, upper }: Iterate): void {
    const { pieces: guess } = this;
    if (guess === undefined) return;
    for (let k = 0; k < pieces.length; k++) pieces[k] = allowedPiece(guess[k], lower[k], upper[k]);
  }

  /** Keeps the pieces of an optimum that was found after so many steps without a guess. */
  keep({ pieces }: Iterate, iterations: number): void {
    this.copy(pieces);
    this.usual = iterations;
  }

  /** The same for one that began from the guess. */
  helped({ pieces }: Iterate, iterations: number): void {
    this.copy(pieces);
    if (iterations < this.usual) this.pause >>= 1;
    else this.missed();
  }

  /** Where guesses do not help, they are tried ever more rarely: one that fails costs twice what one that helps saves. */
  missed(): void {
    this.pause = Math.min(longestPause, Math.max(1, 4 * this.pause));
    this.left = this.pause;
  }

  private copy(pieces: Uint8Array): void {
    if (this.pieces?.length === pieces.length) this.pieces.set(pieces);
    else this.pieces = pieces.slice();
  }
}

/** A guessed piece, or one next to it where the trade's bounds do not have that piece. */
function allowedPiece(guess: number, lower: number, upper: number): number {
  if (lower === upper) return atMost;
  if (guess === atMost && upper < Number.POSITIVE_INFINITY) return atMost;
  if (guess === atLeast && lower > Number.NEGATIVE_INFINITY) return atLeast;
  if (guess === none && lower <= 0 && upper >= 0) return none;
  const isAlong = guess === along || guess === atMost;
  return (isAlong && upper > 0) || lower >= 0 ? along : against;
}

/** How far curvatures may lie apart: beyond, rounding blurs what a trade answers to, and differently on other pieces. */
const mildest = 100;

/** Whether trades and holdings cost about as much, so that prices tell trades well on whatever pieces. */
export function isMild({ tradeCurvatures: a, holdingCurvatures: b }: QuadraticObjective): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < a.length; k++) {
    if (a[k] < least) least = a[k];
    if (a[k] > most) most = a[k];
  }
  for (let k = 0; k < b.length; k++) if (b[k] > most) most = b[k];
  return most <= mildest * least;
}

/**
 * Whether a program's pieces are the only ones that its optimum can have: every trade and every price is far from the ends of
 * its piece, beside what rounding makes of them. A shift of all prices by δ, or of all bounds by what δ buys, moves no price by
 * more than Nδ: ten times that is asked for.
 *
 * @param blur - what rounding makes of the last price (currency/share)
 */
export function isClear(state: Iterate, blur: number): boolean {
  const { X, a, b, q, lower, upper, up, down, pieces, nextG, nextN, nextX } = state;
  const N = a.length;
  let tolerance = 0;
  for (let k = N - 1; k >= 0; k--) {
    const spread = Math.abs(up[k]) + Math.abs(down[k]);
    tolerance = Math.max(tolerance, 2 * blur, 4e-14 * a[k] * X, Number.EPSILON * spread);
    if (k > 0) {
      const rise = Math.abs(2 * b[k - 1] * nextX[k]) + Math.abs(q[k - 1]);
      blur += Number.EPSILON * (rise + Math.abs(nextG[k - 1]));
    }
  }
  const margin = 10 * N * tolerance;
  for (let k = 0; k < N; k++) {
    const [n, price, piece] = [nextN[k], nextG[k], pieces[k]];
    let room: number;
    if (lower[k] === upper[k]) {
      // A trade that is fixed lies on a rising piece as well where its price is the one at which it would be made.
      const smooth = price - 2 * a[k] * n;
      room = Math.min(Math.abs(smooth - up[k]), Math.abs(smooth - down[k]));
    } else if (piece === along || piece === against) {
      const low = piece === along && lower[k] < 0 ? 0 : lower[k];
      const high = piece === against && upper[k] > 0 ? 0 : upper[k];
      room = 2 * a[k] * Math.min(n - low, high - n);
    } else if (piece === atMost) {
      room = price - 2 * a[k] * n - (n <= 0 ? down[k] : up[k]);
    } else if (piece === atLeast) {
      room = (n < 0 ? down[k] : up[k]) + 2 * a[k] * n - price;
    } else {
      room = Math.min(price - down[k], up[k] - price);
    }
    if (!(room > margin)) return false;
  }
  return true;
}
