/**
 * A quadratic program in which every trade meets every other, with one sum and bounds:
 *
 *     min  ½ nᵀHn + qᵀn + Σ ε_k|n_k|,      Σ n_k = X,   lower_k ≤ n_k ≤ upper_k
 *
 * On which piece each trade lies is guessed: at a bound, at the spread's kink, or free on either side of it. One price for all and the
 * free trades then follow from a linear system. Trades that contradict the guess move to the piece next to their own: all at
 * once as long as fewer and fewer do, then the first alone, which ends where the form is strictly convex.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import { Sum, total, zeros } from "../support/numbers";
import { against, along, atLeast, atMost, none } from "./boundedPieces";
import type { TransientForm } from "./transientForm";

/** The optimum of a program, with its price. */
export interface TransientOptimum {
  readonly trades: Float64Array;
  /** g: what one share more in any free trade adds (currency/share). */
  readonly price: number;
  /** (Hn + q)_k; price and marginals both less the form's level. */
  readonly marginals: Float64Array;
  readonly iterations: number;
}

/**
 * Minimizes a form that is strictly convex over schedules of the order, within bounds that are known to be feasible; undefined where
 * steps towards the solution of a linear system come to no end.
 */
export function minimizeTransient(form: TransientForm, bounds: BoundArrays): TransientOptimum | undefined {
  const { lower, upper } = bounds;
  const N = lower.length;
  const pieces = new Int8Array(N);
  for (let k = 0; k < N; k++) pieces[k] = lower[k] === upper[k] ? atLeast : freePiece(bounds, k);
  let fewest = Number.POSITIVE_INFINITY;
  let patience = 10;
  for (let iteration = 1; iteration <= 100 + 20 * N; iteration++) {
    const { isSettled, ...found } = solveGuess(form, bounds, pieces);
    if (!isSettled) return undefined;
    const wrong = contradictions(form, bounds, pieces, found);
    if (wrong.length === 0) return { ...found, iterations: iteration };
    if (wrong.length < fewest) [fewest, patience] = [wrong.length, 10];
    else patience--;
    const moving = patience > 0 ? wrong : wrong.slice(0, 1);
    for (const [k, piece] of moving) pieces[k] = piece;
    if (patience > 0 && N > mostByStep) for (const [k] of moving) spill(found.trades, bounds, pieces, k);
  }
  throw notSettled();
}

/** Beyond so many trades steps of one trade at each edge take too long. */
const mostByStep = 128;

/**
 * Where impact fades, shares that a bound keeps out of one trade pile up in the next free one, and would fill one bound after another.
 * So they are poured over its neighbors, as far as those take them, and what is filled is guessed to lie at its bound too.
 */
function spill(trades: Float64Array, { lower, upper }: BoundArrays, pieces: Int8Array, k: number): void {
  const isMost = pieces[k] === atMost;
  if (!isMost && pieces[k] !== atLeast) return;
  const room = isMost ? upper : lower;
  const excess = Math.abs(trades[k] - room[k]);
  for (const step of [-1, 1]) {
    let left = 0.5 * excess;
    for (let j = k + step; j >= 0 && j < trades.length && left > 0; j += step) {
      if (pieces[j] !== along && pieces[j] !== against) continue;
      left -= Math.abs(room[j] - trades[j]);
      if (left > 0) pieces[j] = pieces[k];
    }
  }
}

/** The refusal of a problem whose optimum rounding hides. */
export function notSettled(): RangeError {
  return new RangeError(
    "The optimum under impact that fades does not settle: costs of trades and of holdings lie too far apart. Weaken the drift or the " +
      "risk aversion.",
  );
}

/** Where a free trade lies: one that cannot be along the order pays the spread the other way. */
function freePiece({ upper }: BoundArrays, k: number): number {
  return upper[k] <= 0 ? against : along;
}

type Guess = Omit<TransientOptimum, "iterations"> & {
  /** Whether one price fits all free trades, but for rounding. */
  readonly isSettled: boolean;
};

/** The price and the free trades of a guess. */
function solveGuess(form: TransientForm, { lower, upper }: BoundArrays, pieces: Int8Array): Guess {
  const { halfSpreads: ε, shares: X } = form;
  const N = ε.length;
  const trades = zeros(N);
  const free: number[] = [];
  const rest = new Sum();
  rest.add(X);
  for (let k = 0; k < N; k++) {
    if (pieces[k] === along || pieces[k] === against) free.push(k);
    else trades[k] = pieces[k] === atMost ? upper[k] : pieces[k] === atLeast ? lower[k] : 0;
    rest.add(-trades[k]);
  }
  const slope = (k: number): number => (pieces[k] === against ? -ε[k] : ε[k]);
  if (free.length === 0) return heldGuess(form, { lower, upper }, pieces, trades);
  const system = form.system(free);
  const { least, most, enough, apart } = form.rounds;
  let price = 0;
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; ; round++) {
    const marginals = form.marginals(trades);
    const residual = zeros(free.length);
    for (let i = 0; i < free.length; i++) residual[i] = price - marginals[free[i]] - slope(free[i]);
    if (round >= least) {
      const left = spread(residual);
      // Where one more round has gained nothing, what is left is rounding.
      if (left <= enough || left > 0.5 * before || round === most) {
        return { trades, price, marginals, isSettled: left <= apart };
      }
      before = left;
    }
    const missing = new Sum();
    missing.add(X);
    for (const n of trades) missing.add(-n);
    const { step, change } = system(residual, missing.value);
    for (let i = 0; i < free.length; i++) trades[free[i]] += step[i];
    price += change;
  }
}

/** The largest less the smallest. */
function spread(values: Float64Array): number {
  let [least, most] = [values[0], values[0]];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

/** Where no trade is free: the price that fits the held ones best. */
function heldGuess(form: TransientForm, bounds: BoundArrays, pieces: Int8Array, trades: Float64Array): Guess {
  const marginals = form.marginals(trades);
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = 0; k < trades.length; k++) {
    const [down, up] = edges(form, bounds, pieces, k);
    least = Math.max(least, marginals[k] + down);
    most = Math.min(most, marginals[k] + up);
  }
  const missing = form.shares - total(trades);
  // Trades that do not add up must move: the price says which way.
  const isShort = Math.abs(missing) > 1e-9 * form.shares;
  const price = isShort
    ? missing > 0
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY
    : Number.isFinite(least) && Number.isFinite(most)
      ? 0.5 * (least + most)
      : Number.isFinite(least)
        ? least
        : most;
  return { trades, price, marginals, isSettled: true };
}

/** Between which slopes of price less marginal a held trade stays. */
function edges(
  { halfSpreads: ε }: TransientForm,
  { lower, upper }: BoundArrays,
  pieces: Int8Array,
  k: number,
): readonly [down: number, up: number] {
  if (lower[k] === upper[k]) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (pieces[k] === none) return [-ε[k], ε[k]];
  if (pieces[k] === atMost) return [upper[k] > 0 ? ε[k] : -ε[k], Number.POSITIVE_INFINITY];
  return [Number.NEGATIVE_INFINITY, lower[k] >= 0 ? ε[k] : -ε[k]];
}

/** Trades that do not lie on the piece that was guessed, with the piece next to it. */
function contradictions(
  form: TransientForm,
  bounds: BoundArrays,
  pieces: Int8Array,
  { trades, price, marginals }: Omit<Guess, "isSettled">,
): (readonly [k: number, piece: number])[] {
  const { lower, upper } = bounds;
  const { halfSpreads: ε, shares: X, curvatures } = form;
  const N = trades.length;
  const wrong: (readonly [number, number])[] = [];
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    // What a trade's rounding is worth, and the rounding of marginals.
    const near = 1e-13 * X;
    const slack = 1e-12 * (Math.abs(marginals[k]) + Math.abs(curvatures[k] * X));
    const hasKink = ε[k] > 0 && lower[k] < 0 && upper[k] > 0;
    if (pieces[k] === along) {
      const floor = hasKink ? 0 : lower[k];
      if (n > upper[k] + near) wrong.push([k, atMost]);
      else if (n < floor - near) wrong.push([k, hasKink ? none : atLeast]);
      continue;
    }
    if (pieces[k] === against) {
      if (n < lower[k] - near) wrong.push([k, atLeast]);
      else if (n > (hasKink ? 0 : upper[k]) + near) wrong.push([k, hasKink ? none : atMost]);
      continue;
    }
    const [down, up] = edges(form, bounds, pieces, k);
    const π = price - marginals[k];
    if (π > up + slack) wrong.push([k, hasKink && pieces[k] === atLeast ? against : freePiece(bounds, k)]);
    else if (π < down - slack) wrong.push([k, pieces[k] === none ? against : freePiece(bounds, k)]);
  }
  return wrong;
}
