/**
 * E + λV as a linear program, where it is a sum of convex functions of single trades and single holdings: each function is replaced by
 * straight pieces, its chords, which lie above it, or its tangents, which lie below it. Pieces of a convex function fill up in their
 * order, so that nothing but columns with bounds is needed; the least of chords and the least of tangents have the optimum between
 * them. Of the law of impact nothing is asked but values and marginal costs.
 *
 * @module
 */
import type { LinearProgram, LinearRow } from "../linear/program";
import type { LinearOptimum } from "../linear/result";
import { solveLinearProgram } from "../linear/solve";
import type { Schedule } from "../model/schedule";
import { type Series, Sum } from "../support/numbers";

/** The optimum of the linear program, what it says about the true one, and the program itself. */
export interface PiecewiseLinearOptimum {
  /** The schedule, called `"Linear program"`. */
  readonly schedule: Schedule;
  /** The minimum of E + λV with chords in place of the squares (currency). */
  readonly value: number;
  /** E + λV of the schedule itself, never above `value` but for rounding, and equal to it where all trades lie on the grid (currency). */
  readonly objective: number;
  /**
   * `value` exceeds the least E + λV of schedules with n ≥ 0 by at most this: (Σ a_k + Σ b_k)(X/M)²/4 for linear impact, what the
   * program of tangents proves for other laws (currency).
   */
  readonly gapBound: number;
  /** `value` less `gapBound`: no schedule with n ≥ 0 has a lower E + λV (currency). */
  readonly lowerBound: number;
  /** What one more share to trade would add to the optimal value, all terms of E + λV counted (currency/share). */
  readonly marginalCost: number;
  /**
   * Shadow prices π_1 … π_N of the rows: what one more share to trade from interval k on would add, without the terms that
   * do not depend on the schedule (currency/share). Where trades lie on the grid several prices fit; these are one choice.
   */
  readonly shadowPrices: readonly number[];
  /** The program that was solved; `matrixForm` shows it as matrices. Its constant holds the terms left out above. */
  readonly program: LinearProgram;
  /** Its solution with certificate. */
  readonly solution: LinearOptimum;
}

/** A convex function of one number: smooth, beside a kink of ±ε at 0. */
export interface ConvexTerm {
  /** Without the kink (currency). */
  readonly value: (n: number) => number;
  /** Its derivative (currency/share). */
  readonly slope: (n: number) => number;
  /** ε (currency/share). */
  readonly kink: number;
  /** Where it is asked for (shares). */
  readonly from: number;
  readonly to: number;
}

/** A function as straight pieces: its value where they begin, and how long and how steep each is. */
export interface LinearPieces {
  readonly from: number;
  readonly value: number;
  readonly lengths: readonly number[];
  readonly slopes: readonly number[];
}

/** The terms of a program: N of trades, N − 1 of holdings. */
export interface ConvexTerms {
  readonly trades: readonly ConvexTerm[];
  readonly holdings: readonly ConvexTerm[];
}

/** So many equal steps between the ends of a term, and 0 where it has a kink between them. */
export function evenPoints({ from, to, kink }: ConvexTerm, pieces: number): number[] {
  const points = Array.from({ length: pieces + 1 }, (_, m) => from + (to - from) * (m / pieces));
  points[pieces] = to;
  return kink > 0 && from < 0 && to > 0 && !points.includes(0) ? [...points, 0].sort(ascending) : points;
}

export function ascending(a: number, b: number): number {
  return a - b;
}

/** The pieces between neighboring points: nowhere below the term. */
export function chordPieces(term: ConvexTerm, points: readonly number[]): LinearPieces {
  return pieces(term, points, (a, b) => (term.value(b) - term.value(a)) / (b - a));
}

/** The pieces of the tangents at the points, the highest everywhere: nowhere above the term. */
export function tangentPieces(term: ConvexTerm, points: readonly number[]): LinearPieces {
  const breaks = [points[0]];
  const slopes: number[] = [term.slope(points[0])];
  for (let m = 1; m < points.length; m++) {
    const [a, b] = [points[m - 1], points[m]];
    const [before, after] = [slopes[slopes.length - 1], term.slope(b)];
    // Tangents to a convex function meet between the points that they touch at.
    const meet = b - (term.value(b) - term.value(a) - before * (b - a)) / (after - before);
    breaks.push(meet >= a && meet <= b ? meet : 0.5 * (a + b));
    slopes.push(after);
  }
  breaks.push(points[points.length - 1]);
  const isInside = (m: number): boolean => breaks[m] < 0 && breaks[m + 1] > 0;
  const kinked = term.kink > 0 ? slopes.findIndex((_, m) => isInside(m)) : -1;
  if (kinked !== -1) {
    breaks.splice(kinked + 1, 0, 0);
    slopes.splice(kinked, 0, slopes[kinked]);
  }
  let m = 0;
  return pieces(term, breaks, () => slopes[m++]);
}

/** Pieces between points, the kink added to the slopes. */
function pieces(
  { value, kink }: ConvexTerm,
  points: readonly number[],
  slopeOf: (a: number, b: number) => number,
): LinearPieces {
  const from = points[0];
  const lengths: number[] = [];
  const slopes: number[] = [];
  for (let m = 1; m < points.length; m++) {
    const [a, b] = [points[m - 1], points[m]];
    const slope = slopeOf(a, b);
    if (!(b > a)) continue;
    lengths.push(b - a);
    slopes.push(slope + (b <= 0 ? -kink : kink));
  }
  // What cannot move keeps a column of no length.
  if (lengths.length === 0) {
    lengths.push(0);
    slopes.push(0);
  }
  return { from, value: value(from) + kink * Math.abs(from), lengths, slopes };
}

/** The columns are the pieces of n_1 … n_N, then those of x_1 … x_{N−1}. */
export function piecesProgram(
  shares: number,
  constant: number,
  {
    trades,
    holdings,
  }: { readonly trades: readonly LinearPieces[]; readonly holdings: readonly LinearPieces[] },
): LinearProgram {
  const objective: number[] = [];
  const upper: number[] = [];
  const variables: string[] = [];
  const fixed = new Sum();
  fixed.add(constant);
  const add = (name: string, { value, lengths, slopes }: LinearPieces): number => {
    const first = objective.length;
    fixed.add(value);
    slopes.forEach((slope, m) => {
      objective.push(slope);
      upper.push(lengths[m]);
      variables.push(`${name}.${m + 1}`);
    });
    return first;
  };
  const ofTrade = trades.map((one, k) => add(`n${k + 1}`, one));
  const ofHolding = holdings.map((one, k) => add(`x${k + 1}`, one));
  const rows = trades.map((trade, k): LinearRow => {
    const columns: number[] = [];
    const values: number[] = [];
    const put = (first: number, count: number, value: 1 | -1): void => {
      for (let m = 0; m < count; m++) {
        columns.push(first + m);
        values.push(value);
      }
    };
    put(ofTrade[k], trade.slopes.length, 1);
    const [before, after] = [holdings[k - 1], holdings[k]];
    if (after !== undefined) put(ofHolding[k], after.slopes.length, 1);
    if (before !== undefined) put(ofHolding[k - 1], before.slopes.length, -1);
    const equals = (before?.from ?? shares) - trade.from - (after?.from ?? 0);
    const coefficients = Object.freeze({ columns: Object.freeze(columns), values: Object.freeze(values) });
    return Object.freeze({ name: `interval ${k + 1}`, coefficients, equals });
  });
  return Object.freeze({
    objective: Object.freeze(objective),
    constant: fixed.value,
    rows: Object.freeze(rows),
    upper: Object.freeze(upper),
    variables: Object.freeze(variables),
  });
}

/** n_1 … n_N as the sums of their pieces. */
export function tradesOf(solution: Series, trades: readonly LinearPieces[]): number[] {
  let column = 0;
  return trades.map(({ from, lengths }) => {
    const sum = new Sum();
    sum.add(from);
    for (let m = 0; m < lengths.length; m++) sum.add(solution[column++]);
    return sum.value;
  });
}

/** The trades without the rounding of the solver, where all of them lie on the grid, as those of a basic solution do. */
export function onGrid(X: number, M: number, trades: number[]): number[] {
  const counts = trades.map((n) => Math.round((n / X) * M));
  const isNear = trades.every((n, k) => Math.abs((n / X) * M - counts[k]) < 1e-6);
  const isWhole = counts.reduce((sum, count) => sum + count, 0) === M;
  return isNear && isWhole ? counts.map((count) => (X * count) / M) : trades;
}

/** The optimum of a program that is known to have one. */
export async function optimumOf(program: LinearProgram): Promise<LinearOptimum> {
  const solution = await solveLinearProgram(program);
  if (solution.status !== "optimal") throw new RangeError(solution.message);
  return solution;
}

/** What the prices of a linear program prove, a little less than which rounding may hide (currency). */
export function provenBound({ certificate: { bound, value } }: LinearOptimum): number {
  return Math.min(bound, value) - 1e-12 * Math.abs(value);
}
