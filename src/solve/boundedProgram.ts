/**
 * The quadratic program behind every schedule with bounds, in trades n_1 … n_N and holdings x_1 … x_{N−1}:
 *
 *     min  Σ a_k n_k² + p_k n_k + ε_k|n_k|  +  Σ b_k x_k² + q_k x_k
 *     x_0 = X,   x_k = x_{k−1} − n_k,   x_N = 0,   least_k ≤ n_k ≤ most_k
 *
 * With a price G_k for each x_k = x_{k−1} − n_k, the conditions of an optimum are that n_k is the cheapest answer to
 * its price, and that neighboring prices differ by what the holding between them costs:
 *
 *     n_k = answer_k(G_k),      G_k = G_{k+1} + 2b_k x_k + q_k
 *
 * The answer is a line with bends. On which piece each price lies is guessed; the conditions are then linear, and solved in
 * O(N). A trade that does not answer to its price moves to the piece next to its own, and so on. Where that does not
 * settle, prices choose the pieces: Newton's method on the dual, which is concave, so that a line search can make it
 * climb. All of this needs a_k > 0 and b_k ≥ 0; other convex programs go to `minimizeCoupled`.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { zeros } from "../support/numbers";
import { minimizeCoupled, walkDownhill } from "./activeSet";
import {
  against,
  along,
  answer,
  atLeast,
  atMost,
  linearize,
  neighbor,
  type ProgramOptimum,
  pieceOf,
  within,
} from "./boundedPieces";
import { beginIteration, type Iterate, sweepBack, sweepForward } from "./boundedSweeps";
import { isClear, isMild, type PieceGuess } from "./pieceGuess";

/** Steps from piece to piece, which nearly always settle, before the line search. */
const plainSteps = 20;

/** Steps that a guess is given: hardly any program takes more without one. */
const guessSteps = 5;

/**
 * Minimizes a convex program. Trusts its data, and that Σ lower ≤ X ≤ Σ upper up to rounding.
 *
 * @param guess - where the program before ended; the answer is the same to the bit, but for the number of iterations
 * @throws RangeError when the iteration does not settle: costs of trades and holdings then lie too far apart
 */
export function minimizeBounded(
  form: QuadraticObjective,
  bounds: BoundArrays,
  guess?: PieceGuess,
): ProgramOptimum {
  if (!isConvexByTerms(form)) return minimizeCoupled(form, bounds);
  const N = form.tradeCurvatures.length;
  const guessed = guess?.isPromising(N) && isMild(form) ? fromGuess(form, bounds, guess) : undefined;
  if (guessed !== undefined) return guessed;
  const state = beginIteration(form, bounds);
  const limit = 100 + 10 * N;
  for (let iteration = 1; iteration <= limit; iteration++) {
    linearize(state);
    const { ahead, offset, error } = sweepForward(state);
    if (ahead === 0) {
      // Every trade lies on a flat piece: the holdings are known, and the prices up to a common shift.
      if (shiftPrices(state, offset)) return optimum(state, iteration);
      continue;
    }
    if (sweepBack(state, offset / ahead, error / ahead)) {
      guess?.keep(state, iteration);
      return optimum(state, iteration);
    }
    if (iteration === 1) followWithinBounds(state);
    else advance(state, iteration);
  }
  return walkDownhill(form, bounds, limit);
}

/** The optimum from the pieces of the program before; undefined where they do not lead to one that is clear. */
function fromGuess(
  form: QuadraticObjective,
  bounds: BoundArrays,
  guess: PieceGuess,
): ProgramOptimum | undefined {
  const state = beginIteration(form, bounds);
  guess.write(state);
  for (let iteration = 1; iteration <= guessSteps; iteration++) {
    linearize(state);
    const { ahead, offset, error } = sweepForward(state);
    if (ahead === 0) break;
    if (sweepBack(state, offset / ahead, error / ahead)) {
      if (!isClear(state, error / ahead)) break;
      guess.helped(state, iteration);
      return optimum(state, iteration);
    }
    advance(state, iteration);
  }
  guess.missed();
  return undefined;
}

function isConvexByTerms({ tradeCurvatures: a, holdingCurvatures: b }: QuadraticObjective): boolean {
  for (let k = 0; k < a.length; k++) if (!(a[k] > 0)) return false;
  for (let k = 0; k < b.length; k++) if (!(b[k] >= 0)) return false;
  return true;
}

function optimum(state: Iterate, iterations: number): ProgramOptimum {
  const trades = zeros(state.nextN.length);
  for (let k = 0; k < trades.length; k++) trades[k] = within(state, k, state.nextN[k]);
  return { trades, remaining: state.nextX, prices: state.nextG, iterations, answers: state };
}

/** The second guess: the trades that follow the path without bounds as closely as the bounds allow. */
function followWithinBounds(state: Iterate): void {
  const { X, pieces, nextX } = state;
  const N = pieces.length;
  let left = X;
  for (let k = 0; k < N; k++) {
    const wanted = left - (k === N - 1 ? 0 : nextX[k + 1]);
    const n = within(state, k, wanted);
    pieces[k] = pieceOf(state, k, n);
    left -= n;
  }
}

/** Moves on to the next prices, or part of the way, and to the pieces that they choose. */
function advance(state: Iterate, iteration: number): void {
  const { G, x, nextG, nextX, nextN, pieces, isSettled } = state;
  const isNewton = iteration > plainSteps;
  const step = isNewton ? lineSearch(state) : 1;
  for (let k = 0; k < G.length; k++) {
    G[k] = step === 1 ? nextG[k] : G[k] + step * (nextG[k] - G[k]);
    x[k] = step === 1 ? nextX[k] : x[k] + step * (nextX[k] - x[k]);
    if (isNewton) pieces[k] = pieceOf(state, k, answer(state, k, G[k]));
    else if (!isSettled[k]) pieces[k] = neighbor(state, k, nextN[k], nextG[k]);
  }
}

/**
 * Where all trades lie on flat pieces: true when one common shift of the prices makes each the answer to its price;
 * else the trade that answers first to a rising price (a falling one, where too much is traded) is set free.
 */
function shiftPrices(state: Iterate, missing: number): boolean {
  const { X, a, b, q, s, up, down, pieces, intercepts, nextG, nextX, nextN } = state;
  const N = a.length;
  let price = 0;
  for (let k = N - 1; k >= 0; k--) {
    nextG[k] = price;
    nextN[k] = intercepts[k];
    nextX[k] = s[k];
    if (k > 0) price += 2 * b[k - 1] * s[k] + q[k - 1];
  }
  // The shifts at which the first trade begins to rise, and to fall.
  let [rising, falling] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [riser, faller] = [-1, -1];
  for (let k = 0; k < N; k++) {
    const n = intercepts[k];
    const smooth = 2 * a[k] * n - nextG[k];
    const toRise = smooth + (n < 0 ? down[k] : up[k]);
    const toFall = smooth + (n > 0 ? up[k] : down[k]);
    if (pieces[k] !== atMost && toRise < rising) [rising, riser] = [toRise, k];
    if (pieces[k] !== atLeast && toFall > falling) [falling, faller] = [toFall, k];
  }
  const isStuck = missing > 0 ? riser === -1 : faller === -1;
  if (Math.abs(missing) <= 1e-14 * X ? falling <= rising : isStuck) {
    const shift =
      falling === Number.NEGATIVE_INFINITY
        ? rising
        : rising === Number.POSITIVE_INFINITY
          ? falling
          : 0.5 * (falling + rising);
    if (Number.isFinite(shift)) for (let k = 0; k < N; k++) nextG[k] += shift;
    return true;
  }
  if (missing > 0 || (missing === 0 && riser !== -1)) pieces[riser] = intercepts[riser] < 0 ? against : along;
  else pieces[faller] = intercepts[faller] > 0 ? along : against;
  return false;
}

/** How fast the dual rises, t of the way to the next prices. */
function dualSlope(state: Iterate, t: number): number {
  const { X, b, G, x, nextG, nextX } = state;
  const N = G.length;
  let sum = (nextG[0] - G[0]) * X;
  for (let k = 0; k < N; k++) {
    const change = nextG[k] - G[k];
    sum -= answer(state, k, G[k] + t * change) * change;
    if (k === N - 1) break;
    const moved = nextX[k + 1] - x[k + 1];
    sum -= 2 * b[k] * (x[k + 1] + t * moved) * moved;
  }
  return sum;
}

/** How far to go towards the next prices: to the top of the dual along that line, or all the way. */
function lineSearch(state: Iterate): number {
  let [low, high] = [0, 1];
  let [riseLow, riseHigh] = [dualSlope(state, 0), dualSlope(state, 1)];
  if (!(riseLow > 0 && riseHigh < 0)) return 1;
  const enough = 0.1 * riseLow;
  for (let i = 0; i < 40 && riseLow > enough; i++) {
    // False position, kept away from both ends so that the bracket shrinks.
    const guess = (riseLow / (riseLow - riseHigh)) * (high - low);
    const middle = low + Math.max(0.1 * (high - low), Math.min(0.9 * (high - low), guess));
    const there = dualSlope(state, middle);
    if (there >= 0) [low, riseLow] = [middle, there];
    else [high, riseHigh] = [middle, there];
  }
  return low > 0 ? low : high;
}
