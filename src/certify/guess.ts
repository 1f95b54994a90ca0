/**
 * Prices for `gap.ts`: which trades of the optimum lie at a bound, or at 0 by the spread, is guessed; the others follow from
 * a factorization, and where they or the prices contradict the guess, it is changed.
 *
 * In displacements t_k from the schedule's trades and y_k from its holdings (y_{k−1} − y_k = t_k), the cheapest way to y_k
 * through the trades up to k is a parabola ½P_k y² + Q_k y, and
 *
 *     y_{k−1} = (A_k y_k − Q_{k−1} − L_k)/(P_{k−1} + A_k),   L_k = M_k + c_k
 *     P_k = A_k P_{k−1}/(P_{k−1} + A_k) + B_k,   Q_k = (A_k Q_{k−1} − L_k P_{k−1})/(P_{k−1} + A_k)
 *
 * @module
 */
import { type Series, smallZeros, zeros } from "../support/numbers";
import { type Chain, isKinked } from "./chain";

/** For each open trade whether it is held and where, or free on which side of 0. */
export interface Guess {
  /** 1 where the trade is held at `place`. */
  readonly held: Uint8Array;
  /** Where a held trade is held (shares). */
  readonly place: Float64Array;
  /** The side on which a free trade pays its spread: 1 with the order, −1 against it. */
  readonly side: Int8Array;
}

/** The optimum under a guess. */
export interface GuessSolution {
  /** Trades (shares). */
  readonly trades: Float64Array;
  /** c_k, the prices of spread and bounds (currency/share). */
  readonly prices: Float64Array;
  /** How far prices may be off by rounding (currency/share). */
  readonly blur: number;
  /** How far trades may be (shares). */
  readonly near: number;
}

/** The guess that the optimum's trades lie where the schedule's do. */
export function guessFrom(chain: Chain): Guess {
  const { n, lower, upper } = chain;
  const N = n.length;
  const guess = { held: smallZeros(N), place: zeros(N), side: new Int8Array(N).fill(1) };
  for (let k = 0; k < N; k++) {
    if (n[k] < 0) guess.side[k] = -1;
    const isAtBound = n[k] <= lower[k] || n[k] >= upper[k];
    if (!isAtBound && !(n[k] === 0 && isKinked(chain, k))) continue;
    guess.held[k] = 1;
    guess.place[k] = n[k] <= lower[k] ? lower[k] : n[k] >= upper[k] ? upper[k] : 0;
  }
  return guess;
}

/** The guess that every trade is free that can be. */
export function freeGuess({ n, lower, upper }: Chain): Guess {
  const held = new Uint8Array(n.length);
  const side = new Int8Array(n.length);
  for (let k = 0; k < n.length; k++) {
    held[k] = lower[k] === upper[k] ? 1 : 0;
    side[k] = upper[k] > 0 ? 1 : -1;
  }
  return { held, place: lower.slice(), side };
}

/** Solves under a guess; undefined where every trade is held and they do not add up, or a pivot is lost. */
export function solveGuess(chain: Chain, guess: Guess): GuessSolution | undefined {
  const { n, M, A, B } = chain;
  const N = n.length;
  const y = displacements(chain, guess);
  if (y === undefined) return undefined;
  const trades = new Float64Array(N);
  const marginals = new Float64Array(N);
  let carried = 0;
  let size = 0;
  let common = Number.NaN;
  for (let k = N - 1; k >= 0; k--) {
    const t = y[k] - y[k + 1];
    trades[k] = guess.held[k] === 1 ? guess.place[k] : n[k] + t;
    if (k < N - 1) carried += B[k] * y[k + 1];
    marginals[k] = M[k] + A[k] * t - carried;
    size = Math.max(size, Math.abs(M[k]), Math.abs(A[k] * t), Math.abs(carried), Math.abs(chain.down[k]));
    if (guess.held[k] === 0 && Number.isNaN(common)) common = marginals[k] + sidePrice(chain, guess, k);
  }
  if (Number.isNaN(common)) common = middlePrice(chain, guess, marginals);
  const prices = marginals.map((marginal, k) =>
    guess.held[k] === 1 ? common - marginal : sidePrice(chain, guess, k),
  );
  return { trades, prices, blur: 1e-13 * size, near: 1e-13 * sizeOf(n) };
}

/** What the spread asks of a free trade. */
function sidePrice({ up, down }: Chain, { side }: Guess, k: number): number {
  return side[k] < 0 ? down[k] : up[k];
}

/** y_0 … y_N, both ends 0. */
function displacements(chain: Chain, guess: Guess): Float64Array | undefined {
  const { n, M, A, B } = chain;
  const { held, place } = guess;
  const N = n.length;
  const P = new Float64Array(N);
  const Q = new Float64Array(N);
  // Until the first free trade the displacement is known.
  let first = 0;
  let anchor = 0;
  const y = new Float64Array(N + 1);
  for (; first < N && held[first] === 1; first++) {
    anchor -= place[first] - n[first];
    y[first + 1] = anchor;
  }
  const L = (k: number): number => M[k] + sidePrice(chain, guess, k);
  if (first === N) return Math.abs(anchor) <= 1e-9 * sizeOf(n) ? y.fill(0, N) : undefined;
  for (let k = first; k < N - 1; k++) {
    const [before, slope] = k === first ? [Number.NaN, Number.NaN] : [P[k - 1], Q[k - 1]];
    if (k === first) [P[k], Q[k]] = [A[k], -A[k] * anchor - L(k)];
    else if (held[k] === 1) [P[k], Q[k]] = [before, slope + before * (place[k] - n[k])];
    else [P[k], Q[k]] = [A[k] * (before / (before + A[k])), (A[k] * slope - L(k) * before) / (before + A[k])];
    P[k] += B[k];
    if (!(Number.isFinite(P[k]) && Number.isFinite(Q[k]))) return undefined;
  }
  y[N] = 0;
  for (let k = N - 1; k > first; k--) {
    if (held[k] === 1) y[k] = y[k + 1] + (place[k] - n[k]);
    else y[k] = (A[k] * y[k + 1] - Q[k - 1] - L(k)) / (P[k - 1] + A[k]);
  }
  return y;
}

/** Σ|n_k| (shares). */
function sizeOf(n: Series): number {
  let sum = 0;
  for (let k = 0; k < n.length; k++) sum += Math.abs(n[k]);
  return sum;
}

/** Where every trade is held: a price between those that would let one go. */
function middlePrice({ up, down, lower, upper }: Chain, { place }: Guess, marginals: Float64Array): number {
  let [floor, ceiling] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = 0; k < place.length; k++) {
    if (place[k] > lower[k]) floor = Math.max(floor, marginals[k] + (place[k] > 0 ? up[k] : down[k]));
    if (place[k] < upper[k]) ceiling = Math.min(ceiling, marginals[k] + (place[k] < 0 ? down[k] : up[k]));
  }
  if (Number.isFinite(floor) && Number.isFinite(ceiling)) return 0.5 * (floor + ceiling);
  return Number.isFinite(floor) ? floor : Number.isFinite(ceiling) ? ceiling : 0;
}

/** A trade that contradicts its guess: how much, as a price, and what to guess instead. */
interface Contradiction {
  readonly k: number;
  readonly size: number;
  readonly held: 0 | 1;
  readonly place: number;
  readonly side: number;
}

/**
 * The guess without what its own solution contradicts; undefined where nothing does.
 *
 * @param isCareful - changes the gravest contradictions alone: slower, and seldom runs in circles
 */
export function improve(
  chain: Chain,
  guess: Guess,
  solution: GuessSolution,
  isCareful: boolean,
): Guess | undefined {
  const found: Contradiction[] = [];
  for (let k = 0; k < chain.n.length; k++) {
    const one =
      guess.held[k] === 1 ? heldWrongly(chain, guess, solution, k) : freeWrongly(chain, guess, solution, k);
    if (one !== undefined) found.push(one);
  }
  if (found.length === 0) return undefined;
  const next = { held: guess.held.slice(), place: guess.place.slice(), side: guess.side.slice() };
  const gravest = found.reduce((most, { size }) => Math.max(most, size), 0);
  for (const { k, size, held, place, side } of found) {
    if (isCareful && size < 0.5 * gravest) continue;
    next.held[k] = held;
    next.place[k] = place;
    next.side[k] = side;
  }
  return next;
}

/** A free trade that its solution puts beyond a bound, or on the other side of 0. */
function freeWrongly(
  chain: Chain,
  { side }: Guess,
  { trades, near }: GuessSolution,
  k: number,
): Contradiction | undefined {
  const { A, lower, upper } = chain;
  const hasKink = isKinked(chain, k);
  const low = hasKink && side[k] > 0 ? Math.max(0, lower[k]) : lower[k];
  const high = hasKink && side[k] < 0 ? Math.min(0, upper[k]) : upper[k];
  if (trades[k] >= low - near && trades[k] <= high + near) return undefined;
  const place = trades[k] > high ? high : low;
  return { k, size: Math.abs(A[k] * (trades[k] - place)), held: 1, place, side: side[k] };
}

/** A held trade that would rather go. */
function heldWrongly(
  { up, down, lower, upper }: Chain,
  guess: Guess,
  { prices, blur }: GuessSolution,
  k: number,
): Contradiction | undefined {
  const place = guess.place[k];
  const rise = place < upper[k] ? prices[k] - (place < 0 ? down[k] : up[k]) : 0;
  const fall = place > lower[k] ? (place > 0 ? up[k] : down[k]) - prices[k] : 0;
  if (rise > blur) return { k, size: rise, held: 0, place, side: place < 0 ? -1 : 1 };
  if (fall > blur) return { k, size: fall, held: 0, place, side: place > 0 ? 1 : -1 };
  return undefined;
}
