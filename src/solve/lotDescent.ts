/**
 * The optimum over whole lots, by steepest descent.
 *
 * In lots, the objective Σ f_k(x_{k−1} − x_k) + Σ g_k(x_k) is L♮-convex where every f_k and g_k is convex: a point that
 * no x + χ_S and no x − χ_S improves, with χ_S the indicator of a set of holdings, is the global optimum (Murota 2003,
 * theorem 7.14). The best S is the shortest way through a chain of two states, moved or not.
 *
 * @module
 */

/** f_k(n) = a_k n² + p_k n + ε_k|n|, with what else a law costs, and g_k(x) = b_k x² + q_k x, with n and x in lots (currency). */
export interface LotObjective {
  readonly tradeCurvatures: Float64Array;
  readonly tradePrices: Float64Array;
  readonly halfSpreads: Float64Array;
  readonly holdingCurvatures: Float64Array;
  readonly holdingPrices: Float64Array;
  /** What f_k holds besides, where the temporary impact of the law is not quadratic (currency). */
  readonly temporary?: ((k: number, n: number) => number) | undefined;
}

/** Least and most lots of each trade. */
export interface LotBounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** f_k(n + 1) − f_k(n) for `by` = 1, f_k(n − 1) − f_k(n) for −1, infinite beyond the bounds; without the cancellation of squares. */
function tradeChange(
  form: LotObjective,
  { lower, upper }: LotBounds,
  k: number,
  n: number,
  by: number,
): number {
  const moved = n + by;
  if (moved < lower[k] || moved > upper[k]) return Number.POSITIVE_INFINITY;
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε } = form;
  const quadratic = a[k] * by * (n + moved) + p[k] * by + ε[k] * (Math.abs(moved) - Math.abs(n));
  const { temporary } = form;
  return temporary === undefined ? quadratic : quadratic + (temporary(k, moved) - temporary(k, n));
}

function holdingChange(form: LotObjective, k: number, x: number, by: number): number {
  return form.holdingCurvatures[k] * by * (2 * x + by) + form.holdingPrices[k] * by;
}

/** The set whose holdings, all raised by `by`, lower the objective the most, with what that changes. */
function bestSet(
  form: LotObjective,
  bounds: LotBounds,
  x: Float64Array,
  by: 1 | -1,
): { readonly change: number; readonly moved: Uint8Array } {
  const N = x.length - 1;
  // Least change up to x_k, with x_k left alone or moved; from which state of x_{k−1} each comes.
  let [still, raised] = [0, Number.POSITIVE_INFINITY];
  const stillFrom = new Uint8Array(N + 1);
  const raisedFrom = new Uint8Array(N + 1);
  for (let k = 1; k <= N; k++) {
    const n = x[k - 1] - x[k];
    const fewer = tradeChange(form, bounds, k - 1, n, -by);
    const more = tradeChange(form, bounds, k - 1, n, by);
    const [toStill, toRaised] = [raised + more, still + fewer];
    // x_N is 0 and cannot move.
    const holding = k < N ? holdingChange(form, k - 1, x[k], by) : Number.POSITIVE_INFINITY;
    stillFrom[k] = toStill < still ? 1 : 0;
    raisedFrom[k] = raised <= toRaised ? 1 : 0;
    const nextRaised = Math.min(raised, toRaised) + holding;
    still = Math.min(still, toStill);
    raised = nextRaised;
  }
  const moved = new Uint8Array(N + 1);
  for (let k = N, isMoved = 0; k > 0; k--) {
    isMoved = (isMoved === 1 ? raisedFrom : stillFrom)[k];
    moved[k - 1] = isMoved;
  }
  return { change: still, moved };
}

/** Σ of the absolute values of what an objective adds up: what its rounding is measured by. */
function sizeOf(form: LotObjective, x: Float64Array): number {
  let size = 0;
  for (let k = 1; k < x.length; k++) {
    const n = Math.abs(x[k - 1] - x[k]);
    const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε } = form;
    size += Math.abs(a[k - 1]) * n * n + (Math.abs(p[k - 1]) + ε[k - 1]) * n;
    size += form.temporary?.(k - 1, n) ?? 0;
    if (k === x.length - 1) break;
    const [b, q] = [form.holdingCurvatures[k - 1], form.holdingPrices[k - 1]];
    size += Math.abs(b) * x[k] * x[k] + Math.abs(q * x[k]);
  }
  return size;
}

/**
 * Walks down from a feasible start until no set of holdings, moved by a lot, lowers the objective.
 *
 * @param x - x_0 … x_N in lots, whole numbers within the bounds; is changed to the optimum
 * @returns how many steps it took
 */
export function descend(form: LotObjective, bounds: LotBounds, x: Float64Array): number {
  // Less than rounding is no way down, and could lead in a circle.
  const least = 1e-15 * sizeOf(form, x);
  for (let steps = 0; ; steps++) {
    const up = bestSet(form, bounds, x, 1);
    const down = bestSet(form, bounds, x, -1);
    const [best, by] = up.change <= down.change ? [up, 1] : [down, -1];
    if (!(best.change < -least)) return steps;
    for (let k = 1; k < x.length; k++) if (best.moved[k] === 1) x[k] += by;
  }
}
