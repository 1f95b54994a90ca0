/**
 * Round trips that make money: the proof that an expected cost is not convex.
 *
 * @module
 */
import type { QuadraticObjective } from "../model/quadratic";
import { Sum } from "../support/numbers";

/** Steps towards the direction in which a matrix that is not positive definite falls most. */
const descents = 300;

/**
 * A round trip along which squares that are not positive definite fall. The failed pivot gives the first: one share more is
 * held after its interval, and sold as the elimination says. Where the pivot is 0 that one costs nothing; steps downhill,
 * x − Hx/c with c above the largest eigenvalue, then find one that makes money, where there is any.
 *
 * @param kept - what the elimination left, from the failed interval on
 * @param failed - the interval of the failed pivot, counted from 0
 */
export function roundTrip(
  form: QuadraticObjective,
  kept: Float64Array,
  failed: number,
): { readonly direction: readonly number[]; readonly change: number } {
  const N = kept.length;
  let held: Float64Array = new Float64Array(N + 1);
  held[failed + 1] = 1;
  for (let k = failed + 1; k < N; k++) held[k + 1] = held[k] * kept[k];
  held[N] = 0;
  const { tradeCurvatures: a, holdingCurvatures: b } = form;
  const c = a.reduce((most, _, k) => Math.max(most, 4 * (Math.abs(a[k]) + Math.abs(b[k] ?? 0))), 0);
  for (let i = 0; i < descents; i++) held = downhill(form, held, c);
  const trades = Array.from(kept, (_, k) => held[k] - held[k + 1]);
  const largest = trades.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const direction = trades.map((n) => n / largest + 0);
  return { direction, change: Math.min(0, squaresOf(form, held) / largest ** 2) };
}

/** One step down the squares over holdings that are free to differ, scaled back to its former size. */
function downhill(form: QuadraticObjective, held: Float64Array, c: number): Float64Array {
  const { tradeCurvatures: a, holdingCurvatures: b, open } = form;
  const N = a.length;
  const slope = new Float64Array(N + 1);
  for (let k = 0; k < N; k++) {
    const pull = open[k] === 1 ? a[k] * (held[k] - held[k + 1]) : 0;
    slope[k] += pull;
    slope[k + 1] -= pull;
    if (k < N - 1) slope[k + 1] += b[k] * held[k + 1];
  }
  const next = held.map((x, k) => x - slope[k] / c);
  mergeClosed(next, open);
  const size = next.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return next.map((x) => x / size);
}

/** Gives holdings that closed intervals keep equal their mean, and 0 to those at either end. */
function mergeClosed(held: Float64Array, open: Uint8Array): void {
  const N = open.length;
  let first = 0;
  for (let k = 1; k <= N; k++) {
    const isEnd = k === N || open[k] === 1;
    if (open[k - 1] === 1) first = k;
    if (!isEnd || k === first) continue;
    const mean = held.subarray(first, k + 1).reduce((sum, x) => sum + x, 0) / (k + 1 - first);
    held.fill(mean, first, k + 1);
  }
  held.fill(0, 0, open.indexOf(1) + 1);
  held.fill(0, open.lastIndexOf(1) + 1);
}

/** Σ a_k n_k² + Σ b_k x_k² of a round trip. */
function squaresOf(
  { tradeCurvatures: a, holdingCurvatures: b, open }: QuadraticObjective,
  held: Float64Array,
): number {
  const sum = new Sum();
  for (let k = 0; k < a.length; k++) {
    if (open[k] === 1) sum.add(a[k] * (held[k] - held[k + 1]) ** 2);
    if (k > 0) sum.add(b[k - 1] * held[k] ** 2);
  }
  return sum.value;
}
