/**
 * Bounded programs that are convex as a whole but not term by term: permanent impact that falls over the day makes some
 * b_k negative, timing `"mid"` with long intervals some a_k. Prices can then not be answered one by one. Instead, some
 * trades are held where they are (at a bound, or at 0 by the spread), the rest is eliminated, and the set of held trades
 * changes until one price fits all marginal costs.
 *
 * First many trades change at once, which nearly always settles within some ten systems. Where it does not, a feasible
 * schedule walks downhill, one trade at a time: each step lowers the objective, so no set comes back.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { smallest } from "../support/numbers";
import { against, along, atLeast, atMost, none, type ProgramOptimum, pieceOf, within } from "./boundedPieces";
import { type HeldSolution, solveHeld } from "./heldSystem";

/** Systems solved with many changes at once, before the walk. */
const manyAtOnce = 40;

/** Minimizes a program whose matrix over x_1 … x_{N−1} is positive definite. */
export function minimizeCoupled(form: QuadraticObjective, bounds: BoundArrays): ProgramOptimum {
  const N = form.tradeCurvatures.length;
  const pieces = Int8Array.from(bounds.upper, (bound, k) =>
    bound === bounds.lower[k] ? atMost : bound > 0 ? along : against,
  );
  for (let iteration = 1; iteration <= manyAtOnce; iteration++) {
    const solution = solveHeld(form, bounds, pieces);
    if (solution === undefined) break;
    if (!changePieces(form, bounds, pieces, solution)) return optimum(form, bounds, solution, iteration);
  }
  return walkDownhill(form, bounds, manyAtOnce + 100 + 20 * N);
}

function optimum(
  { halfSpreads: ε }: QuadraticObjective,
  bounds: BoundArrays,
  { trades, remaining, price, carried }: HeldSolution,
  iterations: number,
): ProgramOptimum {
  const shared = smallest(ε);
  return {
    trades: trades.map((n, k) => within(bounds, k, n)),
    remaining,
    prices: carried.map((cost) => price + cost - shared),
    iterations,
  };
}

/** How far a trade's marginal cost may miss the common price, or a trade its bound, by rounding alone. */
function tolerances(
  { shares }: QuadraticObjective,
  { size }: HeldSolution,
): { price: number; trade: number } {
  return { price: 1e-13 * size, trade: 1e-14 * shares };
}

/** Moves every trade that is not on the right piece to the one that its number or the price asks for; false where none is. */
function changePieces(
  form: QuadraticObjective,
  bounds: BoundArrays,
  pieces: Int8Array,
  solution: HeldSolution,
): boolean {
  const { price: loose, trade: near } = tolerances(form, solution);
  let hasChanged = false;
  for (let k = 0; k < pieces.length; k++) {
    const next = rightPiece(form, bounds, pieces[k], k, solution, loose, near);
    if (next === pieces[k]) continue;
    pieces[k] = next;
    hasChanged = true;
  }
  return hasChanged;
}

function rightPiece(
  { halfSpreads: ε }: QuadraticObjective,
  bounds: BoundArrays,
  piece: number,
  k: number,
  { trades, smooth, price }: HeldSolution,
  loose: number,
  near: number,
): number {
  const { lower, upper } = bounds;
  const n = trades[k];
  if (piece === along || piece === against) {
    const [low, high] = segment(bounds, ε, piece, k);
    if (n > high + near) return high === 0 && upper[k] > 0 ? none : atMost;
    if (n < low - near) return low === 0 && lower[k] < 0 ? none : atLeast;
    return piece;
  }
  if (lower[k] === upper[k]) return piece;
  // Held: which way would it go, were it free? Cheaper than the price: more of it.
  const rises = piece !== atMost && smooth[k] + (n < 0 ? -ε[k] : ε[k]) < price - loose;
  const falls = piece !== atLeast && smooth[k] + (n > 0 ? ε[k] : -ε[k]) > price + loose;
  if (rises) return n < 0 ? against : along;
  if (falls) return n > 0 ? along : against;
  return piece;
}

/** Between which numbers a free trade may move: the spread keeps it on its side of 0. */
function segment(
  { lower, upper }: BoundArrays,
  ε: Float64Array,
  piece: number,
  k: number,
): readonly [low: number, high: number] {
  if (ε[k] === 0) return [lower[k], upper[k]];
  return piece === along ? [Math.max(0, lower[k]), upper[k]] : [lower[k], Math.min(0, upper[k])];
}

/** A feasible schedule, as close to equal trades as the bounds allow. */
function feasibleTrades({ shares: X }: QuadraticObjective, bounds: BoundArrays): Float64Array {
  const N = bounds.lower.length;
  const n = new Float64Array(N);
  let left = X;
  for (let k = 0; k < N; k++) {
    n[k] = within(bounds, k, X / N);
    left -= n[k];
  }
  for (let k = 0; k < N && left !== 0; k++) {
    const moved = within(bounds, k, n[k] + left);
    left -= moved - n[k];
    n[k] = moved;
  }
  return n;
}

/** Walks from a feasible schedule to the optimum, one change of the held trades at a time. */
export function walkDownhill(form: QuadraticObjective, bounds: BoundArrays, limit: number): ProgramOptimum {
  const { halfSpreads: ε } = form;
  const n = feasibleTrades(form, bounds);
  const pieces = n.map((trade, k) => {
    const piece = pieceOf(bounds, k, trade);
    return piece === none && ε[k] === 0 ? along : piece;
  });
  const held = Int8Array.from(pieces);
  for (let iteration = 1; iteration <= limit; iteration++) {
    const solution = solveHeld(form, bounds, held);
    if (solution === undefined) break;
    const blocked = step(form, bounds, held, n, solution);
    if (blocked) continue;
    const worst = worstHeld(form, bounds, held, solution);
    if (worst === undefined) return optimum(form, bounds, solution, iteration);
    held[worst.k] = worst.piece;
  }
  throw new RangeError(
    `A bounded program of ${n.length} trades has not settled after ${limit} iterations: its numbers lie too far apart ` +
      "for floating-point arithmetic. State it in other units, or weaken what is out of proportion.",
  );
}

/** Moves the free trades towards their solution until the first of them is held; false where all arrive. */
function step(
  form: QuadraticObjective,
  bounds: BoundArrays,
  held: Int8Array,
  n: Float64Array,
  solution: HeldSolution,
): boolean {
  const { halfSpreads: ε } = form;
  const { trades } = solution;
  const { trade: near } = tolerances(form, solution);
  let [share, blocking] = [1, -1];
  for (let k = 0; k < n.length; k++) {
    if (held[k] !== along && held[k] !== against) continue;
    const [low, high] = segment(bounds, ε, held[k], k);
    const end = Math.min(Math.max(trades[k], low), high);
    // A trade that rounding puts beyond its end is there: held again at once, it would be set free again, and so on.
    if (Math.abs(end - trades[k]) <= near) continue;
    const part = Math.max(0, (end - n[k]) / (trades[k] - n[k]));
    if (part < share) [share, blocking] = [part, k];
  }
  for (let k = 0; k < n.length; k++) n[k] += share * (trades[k] - n[k]);
  if (blocking === -1) return false;
  const [low, high] = segment(bounds, ε, held[blocking], blocking);
  const isHigh = trades[blocking] > high;
  n[blocking] = isHigh ? high : low;
  held[blocking] = pieceOf(bounds, blocking, n[blocking]);
  return true;
}

/** The held trade whose marginal cost misses the common price most, and the piece on which it is set free. */
function worstHeld(
  form: QuadraticObjective,
  bounds: BoundArrays,
  held: Int8Array,
  solution: HeldSolution,
): { readonly k: number; readonly piece: number } | undefined {
  const { price: loose, trade: near } = tolerances(form, solution);
  let worst: { readonly k: number; readonly piece: number } | undefined;
  let most = 0;
  for (let k = 0; k < held.length; k++) {
    if (held[k] === along || held[k] === against) continue;
    const piece = rightPiece(form, bounds, held[k], k, solution, loose, near);
    const miss = Math.abs(solution.smooth[k] - solution.price);
    if (piece === held[k] || miss <= most) continue;
    [worst, most] = [{ k, piece }, miss];
  }
  return worst;
}
