/**
 * The optimum of a quadratic objective with some trades held where they are, by elimination from the far end; see
 * `elimination.ts` for the recursion, in which a held trade moves the parabola aside: V_k(x) = W_k(x − n_k).
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { Sum, smallest } from "../support/numbers";
import { against, along, atLeast, atMost } from "./boundedPieces";

/** The optimum with held trades, and what it says of their prices. */
export interface HeldSolution {
  readonly trades: Float64Array;
  readonly remaining: Float64Array;
  /** Marginal cost of each trade without its spread (currency/share). */
  readonly smooth: Float64Array;
  /** Σ_{j≥k} (2b_j x_j + q_j): what the holdings after trade k make of the price (currency/share). */
  readonly carried: Float64Array;
  /** The price that fits the marginal costs of all free trades (currency/share). */
  readonly price: number;
  /** The largest term of any marginal cost: its rounding is some 1e-16 of it for each operation (currency/share). */
  readonly size: number;
}

/** Solves for the free trades; undefined where a pivot is lost to rounding, or all trades are held and miss the order. */
export function solveHeld(
  form: QuadraticObjective,
  bounds: BoundArrays,
  pieces: Int8Array,
): HeldSolution | undefined {
  const trades = heldTrades(bounds, pieces);
  const remaining = eliminateFree(form, pieces, trades);
  return remaining === undefined ? undefined : priced(form, pieces, trades, remaining);
}

/** The trades that are held, and 0 for those that are free. */
function heldTrades({ lower, upper }: BoundArrays, pieces: Int8Array): Float64Array {
  const trades = new Float64Array(pieces.length);
  for (let k = 0; k < pieces.length; k++) {
    if (pieces[k] === atMost) trades[k] = upper[k];
    if (pieces[k] === atLeast) trades[k] = lower[k];
  }
  return trades;
}

const isFree = (piece: number): boolean => piece === along || piece === against;

/** Fills in the free trades and gives the holdings. */
function eliminateFree(
  form: QuadraticObjective,
  pieces: Int8Array,
  trades: Float64Array,
): Float64Array | undefined {
  const { shares: X, tradeCurvatures: a, tradePrices: p, halfSpreads: ε } = form;
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const N = a.length;
  const kept = new Float64Array(N).fill(1);
  const shift = trades.map((n) => -n);
  const shared = smallest(ε);
  const price = (k: number): number => p[k] + (pieces[k] === against ? -ε[k] - shared : ε[k] - shared);
  // What the held trades at the end of the day leave for the last free one.
  let rest = 0;
  let k = N - 1;
  for (; k >= 0 && !isFree(pieces[k]); k--) rest += trades[k];
  const lastFree = k;
  if (k >= 0) {
    kept[k] = 0;
    shift[k] = rest;
    let A = a[k];
    let B = price(k) - 2 * a[k] * rest;
    for (k--; k >= 0; k--) {
      const ahead = b[k] + A;
      const slope = q[k] + B;
      if (!isFree(pieces[k])) {
        [A, B] = [ahead, slope - 2 * ahead * trades[k]];
        continue;
      }
      const pivot = a[k] + ahead;
      if (!(pivot > 4 * Number.EPSILON * (Math.abs(a[k]) + Math.abs(b[k]) + Math.abs(A)))) return undefined;
      kept[k] = a[k] / pivot;
      shift[k] = -(slope - price(k)) / (2 * pivot);
      A = kept[k] * ahead;
      B = kept[k] * slope + (ahead / pivot) * price(k);
    }
  }
  const remaining = new Float64Array(N + 1);
  remaining[0] = X;
  for (let j = 0; j < N; j++) {
    remaining[j + 1] = kept[j] * remaining[j] + shift[j];
    if (isFree(pieces[j])) trades[j] = remaining[j] - remaining[j + 1];
  }
  // What is left after a free trade is rounding; where all are held they may miss the order.
  if (lastFree === -1 && Math.abs(remaining[N]) > 1e-12 * X) return undefined;
  remaining[N] = 0;
  return remaining;
}

/** Marginal costs, and the price that fits those of the free trades; where none is free, one that fits most of them. */
function priced(
  { tradeCurvatures: a, tradePrices: p, halfSpreads: ε, ...form }: QuadraticObjective,
  pieces: Int8Array,
  trades: Float64Array,
  remaining: Float64Array,
): HeldSolution {
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const N = a.length;
  const smooth = new Float64Array(N);
  const carried = new Float64Array(N);
  const sum = new Sum();
  let size = 0;
  let price = Number.NaN;
  let [floor, ceiling] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = N - 1; k >= 0; k--) {
    if (k < N - 1) {
      sum.add(2 * b[k] * remaining[k + 1]);
      sum.add(q[k]);
      size = Math.max(size, Math.abs(2 * b[k] * remaining[k + 1]), Math.abs(sum.value));
    }
    const n = trades[k];
    carried[k] = sum.value;
    smooth[k] = 2 * a[k] * n + p[k] - carried[k];
    size = Math.max(size, Math.abs(2 * a[k] * n), ε[k]);
    const [fallen, risen] = [smooth[k] + (n > 0 ? ε[k] : -ε[k]), smooth[k] + (n < 0 ? -ε[k] : ε[k])];
    if (isFree(pieces[k]) && Number.isNaN(price)) price = smooth[k] + (pieces[k] === against ? -ε[k] : ε[k]);
    if (pieces[k] !== atMost) ceiling = Math.min(ceiling, risen);
    if (pieces[k] !== atLeast) floor = Math.max(floor, fallen);
  }
  if (Number.isNaN(price)) price = betweenOf(floor, ceiling);
  return { trades, remaining, smooth, carried, price, size };
}

/** A number between two ends, of which either may be infinite. */
function betweenOf(floor: number, ceiling: number): number {
  if (Number.isFinite(floor) && Number.isFinite(ceiling)) return 0.5 * (floor + ceiling);
  return Number.isFinite(floor) ? floor : Number.isFinite(ceiling) ? ceiling : 0;
}
