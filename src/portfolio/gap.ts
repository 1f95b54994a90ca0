/**
 * The bound of a certificate: prices fitted to marginal costs, and what they leave.
 *
 * @module
 */
import { type Cells, fitPrices } from "./prices";

/** What a bound is for. */
export interface GapTask {
  /** What each name's trades sum to. */
  readonly positions: Float64Array;
  /** Weights of the combinations, held at 0 after the first open interval. */
  readonly neutral: readonly Float64Array[];
  /** That interval, counted from 0. */
  readonly first: number;
  /** A bound that is small enough (currency). */
  readonly enough: number;
  /** Prices of what each interval may change of each combination, to begin with: N rows. */
  readonly guess: Float64Array | undefined;
}

/** An upper bound on what another schedule of the same totals, bounds and neutral combinations can save (currency). */
export function boundGap(cells: Cells, task: GapTask): number {
  const { neutral, guess, enough } = task;
  if (neutral.length === 0) return boundWith(cells, task, new Float64Array(0));
  const given = guess === undefined ? Number.POSITIVE_INFINITY : boundWith(cells, task, guess);
  return given <= enough ? given : Math.min(given, boundWith(cells, task, fitPrices(cells, neutral)));
}

/** The bound with prices θ. */
function boundWith(cells: Cells, { positions, neutral, first }: GapTask, θ: Float64Array): number {
  const { m, n } = cells;
  const N = n.length / m;
  const slopes = cells.slopes.slice();
  // What the schedule's own rounding leaves of totals and neutrality, at the prices.
  let bound = 0;
  for (let k = 0; k < N; k++) {
    for (let g = 0; g < neutral.length; g++) {
      const price = θ[k * neutral.length + g];
      const weights = neutral[g] as Float64Array;
      let change = 0;
      for (let i = 0; i < m; i++) {
        slopes[k * m + i] += price * weights[i];
        change += weights[i] * (n[k * m + i] - (k === first ? positions[i] : 0));
      }
      bound += Math.abs(price * change);
    }
  }
  const priced: Cells = { ...cells, slopes };
  for (let i = 0; i < m; i++) {
    let sum = -positions[i];
    for (let k = 0; k < N; k++) sum += n[k * m + i];
    const ν = priceOfTotal(priced, i, positions[i]);
    bound += Math.abs(ν * sum);
    for (let k = 0; k < N; k++) bound += saving(priced, k * m + i, ν);
  }
  return bound;
}

/** The best trade m of a cell against the price ν of the name's total: where R(n − m) + ε|n| − ε|m| − μD(n − m)² is largest. */
function bestTrade({ n, slopes, spreads, squares, lower, upper }: Cells, at: number, ν: number): number {
  const R = slopes[at] - ν;
  const s = 2 * squares[at];
  const up = s > 0 ? n[at] - (R + spreads[at]) / s : R + spreads[at] < 0 ? Number.POSITIVE_INFINITY : 0;
  const down = s > 0 ? n[at] - (R - spreads[at]) / s : R - spreads[at] > 0 ? Number.NEGATIVE_INFINITY : 0;
  const free = up > 0 ? up : down < 0 ? down : 0;
  return Math.min(Math.max(free, lower[at]), upper[at]);
}

/** What that trade saves, 0 or above (currency). */
function saving(cells: Cells, at: number, ν: number): number {
  const { n, slopes, spreads, squares } = cells;
  const m = bestTrade(cells, at, ν);
  const d = n[at] - m;
  if (d === 0) return 0;
  return Math.max(
    0,
    (slopes[at] - ν) * d + spreads[at] * (Math.abs(n[at]) - Math.abs(m)) - squares[at] * d * d,
  );
}

const halvings = 200;

/** The price with which the best trades of a name sum to its position: the one whose bound is smallest. */
function priceOfTotal(cells: Cells, i: number, position: number): number {
  const { m, n, slopes, spreads, lower, upper } = cells;
  const N = n.length / m;
  const excess = (ν: number): number => {
    let sum = -position;
    for (let k = 0; k < N; k++) sum += bestTrade(cells, k * m + i, ν);
    return sum;
  };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isFixed = true;
  // Caps that leave one schedule only may miss the position by the rounding of their sum, whatever the price.
  let doubt = 1e-12 * Math.abs(position);
  for (let at = i; at < n.length; at += m) {
    if (lower[at] === upper[at]) continue;
    isFixed = false;
    doubt += 1e-12 * Math.abs(n[at]);
    low = Math.min(low, slopes[at] - spreads[at]);
    high = Math.max(high, slopes[at] + spreads[at]);
  }
  if (isFixed) return 0;
  // All best trades are what they are, or more, at the upper end; and less at the lower one.
  for (let i = 0, width = high - low; i < 60 && excess(low) > doubt; i++, width *= 2) low -= width;
  for (let i = 0, width = high - low; i < 60 && excess(high) < -doubt; i++, width *= 2) high += width;
  for (let i = 0; i < halvings; i++) {
    const middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    if (excess(middle) > 0) high = middle;
    else low = middle;
  }
  return 0.5 * (low + high);
}
