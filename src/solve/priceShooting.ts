/**
 * The optimum of a convex separable program by shooting on one price.
 *
 * A price for the last trade says the trade, and so the holding before it, and so the price of the trade before it, and so on:
 *
 *     n_k = answer_k(G_k),    x_{k−1} = x_k + n_k,    G_{k−1} = G_k + 2b_{k−1} x_{k−1} + q_{k−1}
 *
 * x_0 never falls as the last price rises, and the one price that makes it the order is found by false position on logarithms.
 * Prices are counted from the smallest half spread: where nothing pulls the other way they are sums of positive numbers, so that
 * even trades of 1e-200 of the order keep all their digits.
 *
 * Where shares may be left, they come after the last trade: with p what each costs, none is left as long as the price is below p,
 * the price is p + 2cR with R shares left, and above it where all are left that may be.
 *
 * @module
 */
import type { ProgramOptimum } from "./boundedPieces";
import { type Chords, chordAnswer } from "./chords";
import type { SeparableProgram } from "./separableProgram";

/** Beyond this many times the order a sweep has missed it. */
const missed = 1e6;
/** Smallest price of a last trade that is told from none. */
const leastPrice = 1e-300;
const mostPrice = 1e300;

/**
 * The optimum; with chords in place of what is not convex, that of the convex envelope, where no trade lies on a chord. Undefined
 * where prices of both signs cancel, or lower bounds must be paid for, and another way is needed. */
export function shoot(program: SeparableProgram, chords?: Chords): ProgramOptimum | undefined {
  if (!isOneSided(program, chords !== undefined)) return undefined;
  const { form, lower } = program;
  const X = form.shares;
  const N = lower.length;
  const state: Sweeps = {
    n: new Float64Array(N),
    x: new Float64Array(N + 1),
    G: new Float64Array(N),
    sweeps: 0,
    chords,
  };
  const last = lastTrade(program, state);
  // A trade that must be made is made at a price below 0, and where a drift takes prices there, trades may turn.
  for (let k = last + 1; k < N; k++) {
    if (lower[k] > 0 || (lower[k] < 0 && form.holdingPrices[k - 1] > 0)) return undefined;
  }
  const { at, guess } = pathOf(program, state, last);
  if (!aim(at, X, guess)) return undefined;
  for (let k = last + 1; k < N; k++) state.G[k] = state.G[k - 1] - form.holdingPrices[k - 1];
  settle(program, state, X);
  return { trades: state.n, remaining: state.x, prices: state.G, iterations: state.sweeps };
}

interface Sweeps {
  readonly n: Float64Array;
  readonly x: Float64Array;
  readonly G: Float64Array;
  sweeps: number;
  readonly chords: Chords | undefined;
}

/** Whether all prices are positive: no drift against the order, no trade that must be made, all costs convex at 0. */
function isOneSided({ law, beside, form, lower, upper }: SeparableProgram, hasChords: boolean): boolean {
  const { tradePrices: p, holdingCurvatures: b, holdingPrices: q } = form;
  for (let k = 0; k < lower.length; k++) {
    if (p[k] < 0) return false;
    if (upper[k] < 0) return false;
    if (!hasChords && beside[k] < 0 && upper[k] > 0 && law.convexTrades(k, beside[k])[0] > 0) return false;
  }
  for (let k = 0; k < b.length; k++) if (b[k] < 0 || q[k] < 0) return false;
  return true;
}

/**
 * One sweep from the last trade to the first, at its price and with what is left after it: x_0, or Infinity where it is far beyond the
 * order.
 */
function sweep(
  program: SeparableProgram,
  state: Sweeps,
  last: number,
  { price, rest }: { readonly price: number; readonly rest: number },
): number {
  const { law, form, beside, shared, lower, upper } = program;
  const { chords } = state;
  const { shares: X, halfSpreads: ε, holdingCurvatures: b, holdingPrices: q } = form;
  const { n, x, G } = state;
  state.sweeps++;
  let [held, G_k] = [rest, price];
  const { intervals: N } = program.problem;
  if (lower.length > N) [n[N], x[N], G[N]] = [rest, rest, price];
  for (let k = last; k >= 0; k--) {
    if (k < last) G_k += 2 * b[k] * held + q[k];
    const beyond = G_k - (ε[k] - shared);
    const smooth =
      beyond <= 0
        ? 0
        : chords === undefined
          ? law.tradeAt(k, beyond, beside[k])
          : chordAnswer(program, chords, k, beyond);
    const trade = Math.max(Math.min(smooth, upper[k]), Math.max(lower[k], 0));
    G[k] = G_k;
    n[k] = trade;
    held += trade;
    x[k] = held;
    if (!(held < missed * X)) return Number.POSITIVE_INFINITY;
  }
  return held;
}

/** x_0 as a function that never falls, of a number above 0, with a first guess of it. */
interface Path {
  readonly at: (parameter: number) => number;
  readonly guess: number;
}

/**
 * The path on which x_0 rises to the order: of the last price, with nothing left, or as much as may be; or of what is left, between
 * the two.
 */
function pathOf(program: SeparableProgram, state: Sweeps, last: number): Path {
  const { beside, form, upper } = program;
  const { intervals: N, shares: X } = program.problem;
  const guess = guessPrice(program, last);
  const by =
    (rest: number): Path["at"] =>
    (price) =>
      sweep(program, state, last, { price, rest });
  if (upper.length === N || last < N - 1) return { at: by(0), guess };
  const most = upper[N];
  const priceOf = (rest: number): number => form.tradePrices[N] + beside[N] * rest;
  const along = (rest: number): number => by(rest)(priceOf(rest));
  if (most === 0 || !(along(0) < X)) return { at: by(0), guess };
  if (!(along(most) > X)) return { at: by(most), guess: priceOf(most) > 0 ? priceOf(most) : guess };
  return { at: (rest) => along(Math.min(rest, most)), guess: 0.5 * most };
}

/**
 * The last interval that trades: where a price too small for doubles already trades more than the order, the tail is beyond
 * them, and trades nothing.
 */
function lastTrade(program: SeparableProgram, state: Sweeps): number {
  const X = program.form.shares;
  let high = program.problem.intervals - 1;
  const isTooLate = (last: number): boolean =>
    sweep(program, state, last, { price: leastPrice, rest: 0 }) > X;
  if (!isTooLate(high)) return high;
  let low = 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isTooLate(middle)) high = middle;
    else low = middle;
  }
  state.n.fill(0);
  state.x.fill(0);
  state.G.fill(0);
  return low;
}

/** The marginal cost of equal slices: a first price. */
function guessPrice({ law, form, beside }: SeparableProgram, last: number): number {
  const n = form.shares / (last + 1);
  const price = law.temporaryMarginal(last, n) + beside[last] * n;
  return Number.isFinite(price) && price > leastPrice ? price : 1;
}

/** Finds the price that trades X, as near as doubles tell; whether there is one. The last sweep is at that price. */
function aim(at: (price: number) => number, X: number, guess: number): boolean {
  // Bracket: powers of a hundred, then of ten thousand, and so on.
  let [low, high] = [guess, guess];
  let [below, above] = [at(guess), Number.NaN];
  const rises = below < X;
  for (let factor = 100; below < X === rises; factor *= factor) {
    if (below === X) return true;
    const next = rises ? Math.min(high * factor, mostPrice) : Math.max(low / factor, leastPrice);
    const there = at(next);
    if (rises) [low, high] = [high, next];
    else [low, high] = [next, low];
    above = below;
    below = there;
    if ((next === mostPrice || next === leastPrice) && there < X === rises)
      return Math.abs(there / X - 1) < 1e-12;
  }
  const [atLow, atHigh] = rises ? [above, below] : [below, above];
  return narrow(at, X, [low, high], [Math.log(atLow / X), Math.log(atHigh / X)]);
}

/** False position on ln price against ln x_0, with Illinois' halving, until x_0 is the order or prices are neighbors. */
function narrow(
  at: (price: number) => number,
  X: number,
  [low, high]: readonly [number, number],
  [atLow, atHigh]: readonly [number, number],
): boolean {
  let [a, b, fa, fb] = [Math.log(low), Math.log(high), atLow, atHigh];
  let side = 0;
  let best = [Number.POSITIVE_INFINITY, a];
  for (let i = 0; i < 200; i++) {
    const isOpen = !Number.isFinite(fa) || !Number.isFinite(fb);
    let middle = isOpen ? 0.5 * (a + b) : b - (fb * (b - a)) / (fb - fa);
    if (!(middle > a && middle < b)) middle = 0.5 * (a + b);
    if (middle === a || middle === b) break;
    const x0 = at(Math.exp(middle));
    const f = Math.log(x0 / X);
    if (Math.abs(f) < best[0]) best = [Math.abs(f), middle];
    if (Math.abs(f) <= 4e-16) return true;
    if (f < 0) {
      [a, fa] = [middle, f];
      if (side === -1) fb *= 0.5;
      side = -1;
    } else {
      [b, fb] = [middle, f];
      if (side === 1) fa *= 0.5;
      side = 1;
    }
    if (b - a < 2e-16 * Math.abs(a)) break;
  }
  at(Math.exp(best[1]));
  return best[0] < 1e-9;
}

/** Gives the rounding that is left to the largest trade that its bound leaves free. */
function settle({ upper }: SeparableProgram, { n, x }: Sweeps, X: number): void {
  let largest = -1;
  for (let k = 0; k < n.length; k++) {
    if (n[k] < upper[k] && (largest === -1 || n[k] > n[largest])) largest = k;
  }
  const missing = X - x[0];
  if (largest !== -1) {
    n[largest] += missing;
    // Where all trades rest at their bounds, the last of them does too.
    if (Math.abs(upper[largest] - n[largest]) <= 1e-14 * X) n[largest] = upper[largest];
  }
  for (let k = 0; k <= Math.max(largest, 0); k++) x[k] += missing;
  x[0] = X;
}
