/**
 * A bounded program as matrices for HiGHS, with trades and holdings in units of the order and costs in units of the first
 * trade's curvature.
 *
 * @module
 */
import type { HighsModel } from "../linear/highs";
import type { BoundArrays } from "../model/bounds";
import type { QuadraticObjective } from "../model/quadratic";
import { smallest } from "../support/numbers";

/** Rows of a matrix, entry by entry. */
interface Rows {
  readonly starts: number[];
  readonly indices: number[];
  readonly values: number[];
  readonly lower: number[];
  readonly upper: number[];
}

/**
 * Columns n_1 … n_N, x_1 … x_{N−1} and, where the spread has a kink within the bounds, u_k ≥ |n_k|; rows
 * x_{k−1} − n_k − x_k = 0.
 *
 * Where a coefficient of a square is negative, squares of trades and holdings are not convex one by one: they are then
 * written over the holdings alone, over which they are convex together.
 *
 * @param units - as how many units the order is stated
 */
export function highsModel(form: QuadraticObjective, bounds: BoundArrays, units: number): HighsModel {
  const { shares: X, tradePrices: p, halfSpreads: ε, holdingPrices: q } = form;
  const { lower, upper } = bounds;
  const N = p.length;
  // A single trade leaves nothing to choose, and its curvature does not matter.
  const a = N > 1 ? form.tradeCurvatures : Float64Array.of(1);
  const scale = a[0] > 0 ? a[0] : Math.max(...form.holdingCurvatures);
  const perTrade = units / (scale * X);
  const kinks = Array.from(lower.keys()).filter((k) => ε[k] > 0 && lower[k] < 0);
  const columns = 2 * N - 1 + kinks.length;
  const rows = balanceRows(N, units);
  kinks.forEach((k, i) => {
    for (const sign of [-1, 1])
      addRow(
        rows,
        [
          [2 * N - 1 + i, 1],
          [k, sign],
        ],
        0,
        Number.POSITIVE_INFINITY,
      );
  });
  const fill = (
    ofTrade: (k: number) => number,
    ofHolding: (k: number) => number,
    ofSize: (k: number) => number,
  ) =>
    Float64Array.from({ length: columns }, (_, j) =>
      j < N ? ofTrade(j) : j < 2 * N - 1 ? ofHolding(j - N) : ofSize(kinks[j - 2 * N + 1]),
    );
  const none = (): number => Number.POSITIVE_INFINITY;
  // Where no trade has a kink, a spread that all share costs the same whatever the schedule.
  const shared = kinks.length > 0 ? 0 : smallest(ε);
  const isKinked = new Set(kinks);
  const isConvexByTerms =
    a.every((value) => value >= 0) && form.holdingCurvatures.every((value) => value >= 0);
  // Written over holdings, a_1 (X − x_1)² has a linear part.
  const first = isConvexByTerms ? 0 : -2 * a[0] * X;
  return {
    numCols: columns,
    numRows: rows.lower.length,
    colCost: fill(
      (k) => perTrade * (p[k] + (isKinked.has(k) ? 0 : ε[k] - shared)),
      (k) => perTrade * (q[k] + (k === 0 ? first : 0)),
      (k) => perTrade * ε[k],
    ),
    colLower: fill(
      (k) => units * (lower[k] / X),
      () => Number.NEGATIVE_INFINITY,
      () => 0,
    ),
    colUpper: fill((k) => units * (upper[k] / X), none, none),
    rowLower: rows.lower,
    rowUpper: rows.upper,
    matrix: sparse(rows, columns),
    hessian: hessian(a, form.holdingCurvatures, { columns, scale, isConvexByTerms }),
  };
}

function sparse({ starts, indices, values, lower }: Rows, columns: number): HighsModel["matrix"] {
  return { format: "csr", numRows: lower.length, numCols: columns, starts, indices, values };
}

function addRow(
  rows: Rows,
  entries: readonly (readonly [number, number])[],
  low: number,
  high: number,
): void {
  for (const [column, value] of entries) {
    rows.indices.push(column);
    rows.values.push(value);
  }
  rows.starts.push(rows.indices.length);
  rows.lower.push(low);
  rows.upper.push(high);
}

function balanceRows(N: number, units: number): Rows {
  const rows: Rows = { starts: [0], indices: [], values: [], lower: [], upper: [] };
  const holding = (k: number): number => N + k - 1;
  for (let k = 1; k <= N; k++) {
    const before: [number, number][] = k > 1 ? [[holding(k - 1), -1]] : [];
    const after: [number, number][] = k < N ? [[holding(k), 1]] : [];
    const start = k === 1 ? units : 0;
    addRow(rows, [[k - 1, 1], ...before, ...after], start, start);
  }
  return rows;
}

/** The second derivatives, lower triangle by columns. */
function hessian(
  a: Float64Array,
  b: Float64Array,
  {
    columns,
    scale,
    isConvexByTerms,
  }: { readonly columns: number; readonly scale: number; readonly isConvexByTerms: boolean },
): NonNullable<HighsModel["hessian"]> {
  const N = a.length;
  const [starts, indices, values]: [number[], number[], number[]] = [[0], [], []];
  const put = (row: number, value: number): void => {
    if (value === 0) return;
    indices.push(row);
    values.push(value / scale);
  };
  for (let j = 0; j < columns; j++) {
    const k = j - N;
    if (isConvexByTerms && j < N) put(j, 2 * a[j]);
    if (isConvexByTerms && k >= 0 && k < N - 1) put(j, 2 * b[k]);
    if (!isConvexByTerms && k >= 0 && k < N - 1) {
      // Σ a_k (x_{k−1} − x_k)² over x_1 … x_{N−1}; its part with x_0 is linear, among the costs.
      put(j, 2 * (a[k] + a[k + 1] + b[k]));
      if (k < N - 2) put(j + 1, -2 * a[k + 1]);
    }
    starts.push(indices.length);
  }
  return {
    format: "triangular",
    dimension: columns,
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}
