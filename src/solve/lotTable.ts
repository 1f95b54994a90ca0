/**
 * The optimum over whole lots with a least trade, "nothing or at least m": by dynamic program, from the last interval to
 * the first. It needs no convexity.
 *
 * @module
 */
import type { LotBounds, LotObjective } from "./lotDescent";

/** Operations of a table: lots × lots × intervals. Above it, it would take more than seconds. */
export const mostOperations = 1e9;

/**
 * x_0 … x_N in lots with the least objective, where trade k is 0 or at least `least[k]` lots and never below 0.
 *
 * @returns undefined where no schedule satisfies the bounds
 */
export function bestByTable(
  form: LotObjective,
  { lower, upper }: LotBounds,
  { lots, least }: { readonly lots: number; readonly least: Float64Array },
): Float64Array | undefined {
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε, holdingCurvatures: b, holdingPrices: q } = form;
  const N = a.length;
  // What the intervals from k on cost at least with x lots left, and how many of them interval k should trade.
  let later = new Float64Array(lots + 1).fill(Number.POSITIVE_INFINITY);
  later[0] = 0;
  const choices = Array.from({ length: N }, () => new Int32Array(lots + 1).fill(-1));
  for (let k = N - 1; k >= 0; k--) {
    const now = new Float64Array(lots + 1).fill(Number.POSITIVE_INFINITY);
    const choice = choices[k];
    const fewest = Math.max(0, lower[k]);
    const cost = new Float64Array(lots + 1);
    for (let n = 0; n <= lots; n++) {
      cost[n] = (a[k] * n + p[k] + ε[k]) * n + (form.temporary?.(k, n) ?? 0);
    }
    for (let x = 0; x <= lots; x++) {
      const most = Math.min(x, upper[k]);
      let [cheapest, trade] = fewest === 0 ? [later[x], 0] : [Number.POSITIVE_INFINITY, -1];
      for (let n = Math.max(fewest, least[k], 1); n <= most; n++) {
        const total = cost[n] + later[x - n];
        if (total < cheapest) [cheapest, trade] = [total, n];
      }
      if (cheapest === Number.POSITIVE_INFINITY) continue;
      choice[x] = trade;
      now[x] = cheapest + (k > 0 ? (b[k - 1] * x + q[k - 1]) * x : 0);
    }
    later = now;
  }
  if (later[lots] === Number.POSITIVE_INFINITY) return undefined;
  const remaining = new Float64Array(N + 1);
  remaining[0] = lots;
  for (let k = 0; k < N; k++) remaining[k + 1] = remaining[k] - choices[k][remaining[k]];
  return remaining;
}
