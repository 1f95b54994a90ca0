/**
 * Whole lots under impact that fades, where every trade meets every other: lots move from one trade to another as long as that gains.
 * Where it ends need not be the best; the optimum without lots bounds what is left to save.
 *
 * @module
 */
import { Sum } from "../support/numbers";
import type { LotBounds } from "./lotDescent";
import type { FullForm } from "./transientFull";

/** ½nᵀHn + qᵀn + Σ ε_k|n_k|. */
export function transientValue(
  { matrix: H, linear: q, halfSpreads: ε }: FullForm,
  trades: ArrayLike<number>,
): number {
  const N = q.length;
  const sum = new Sum();
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    sum.add(q[k] * n + ε[k] * Math.abs(n) + 0.5 * H[k * N + k] * n * n);
    for (let j = 0; j < k; j++) sum.add(n * H[k * N + j] * trades[j]);
  }
  return sum.value;
}

/** Moves one lot at a time from the trade to the trade where it gains most; `x` holds x_0 … x_N in lots. */
export function improvePairs(
  { matrix: H, linear: q, halfSpreads: ε }: FullForm,
  lot: number,
  x: Float64Array,
  { lower, upper }: LotBounds,
): void {
  const N = q.length;
  const n = Float64Array.from(q, (_, k) => x[k] - x[k + 1]);
  const slopes = q.map((value, k) => {
    let sum = value;
    for (let j = 0; j < N; j++) sum += H[k * N + j] * lot * n[j];
    return sum;
  });
  const kink = (k: number, by: number): number => ε[k] * lot * (Math.abs(n[k] + by) - Math.abs(n[k]));
  for (let step = 0; step < 20 * N; step++) {
    let [best, from, to] = [-1e-12 * Math.abs(lot * slopes[0]), -1, -1];
    for (let i = 0; i < N; i++) {
      if (n[i] - 1 < lower[i]) continue;
      const less = -slopes[i] * lot + 0.5 * H[i * N + i] * lot * lot + kink(i, -1);
      for (let j = 0; j < N; j++) {
        if (j === i || n[j] + 1 > upper[j]) continue;
        const change = less + slopes[j] * lot + (0.5 * H[j * N + j] - H[i * N + j]) * lot * lot + kink(j, 1);
        if (change < best) [best, from, to] = [change, i, j];
      }
    }
    if (from === -1) break;
    n[from]--;
    n[to]++;
    for (let k = 0; k < N; k++) slopes[k] += lot * (H[k * N + to] - H[k * N + from]);
  }
  for (let k = 0; k < N; k++) x[k + 1] = x[k] - n[k];
}
