/**
 * Schedules of a portfolio: how many shares of each name remain after each interval.
 *
 * @module
 */
import { anyFinite, checkName, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { requireFinite, type Series, Sum } from "../support/numbers";
import { checkPortfolio } from "./define";
import { portfolioMarket } from "./market";
import { type Matrix, rowsOf } from "./matrices";
import type { Portfolio } from "./portfolio";

/** A schedule over N intervals and m names. Plain rows of numbers, checked again by every call that takes them. */
export interface PortfolioSchedule {
  /** What to call it in charts and tables, for example `"Optimal"`. */
  readonly name: string;
  /** x_0 … x_N, signed shares still to trade: N + 1 rows of m numbers, the first the positions, the last 0. */
  readonly remaining: Matrix;
  /** n_1 … n_N, shares traded, above 0 where sold: N rows of m numbers, n_k = x_{k−1} − x_k. */
  readonly trades: Matrix;
  /** t_0 … t_N (N + 1 numbers, unit of time). */
  readonly times: readonly number[];
}

/** A schedule in two buffers, row by row. */
export interface Path {
  /** x_0 … x_N. */
  readonly x: Float64Array;
  /** n_1 … n_N. */
  readonly n: Float64Array;
}

/** Builds a schedule from buffers that a solver has filled. Throws RangeError where a number is infinite or none. */
export function makePortfolioSchedule(portfolio: Portfolio, name: string, { x, n }: Path): PortfolioSchedule {
  const { intervals: N, positions } = portfolio;
  const m = positions.length;
  requireFinite(`A holding of the schedule "${name}"`, x);
  requireFinite(`A trade of the schedule "${name}"`, n);
  return Object.freeze({
    name,
    remaining: rowsOf(x, N + 1, m),
    trades: rowsOf(n, N, m),
    times: timesOf(portfolio),
  });
}

/** t_0 … t_N. */
export function timesOf(portfolio: Portfolio): number[] {
  const { horizon: T, intervals: N, profile } = portfolio;
  if (profile?.lengths === undefined) return Array.from({ length: N + 1 }, (_, k) => (T * k) / N);
  const elapsed = new Sum();
  const times = [0];
  for (const length of profile.lengths) {
    elapsed.add(length);
    times.push(elapsed.value);
  }
  times[N] = T;
  return times;
}

/**
 * A portfolio's schedule by its trades, from any source, checked.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param trades - N rows of m numbers, above 0 where sold; each name's must sum to its position (shares)
 * @param name - what to call it (default `"Given"`)
 * @returns the schedule
 * @throws InputError when there are not N rows of m finite numbers, a name's sum is off its position by more than 1e-9 of the
 *   largest one, or something is traded in an interval that is closed
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [100, -60], horizon: 1, intervals: 2, covariance: [[1, 0], [0, 1]], temporaryImpact: [1, 1],
 * });
 * portfolioFromTrades(portfolio, [[70, -30], [30, -30]]).remaining; // → [[100, -60], [30, -30], [0, 0]]
 * ```
 */
export function portfolioFromTrades(
  portfolio: Portfolio,
  trades: readonly Series[],
  name = "Given",
): PortfolioSchedule {
  portfolio = checkPortfolio(portfolio);
  const { intervals: N, positions } = portfolio;
  const m = positions.length;
  const { open } = portfolioMarket(portfolio);
  if (!isList(trades) || trades.length !== N) {
    throw new InputError("trades", trades, `an array of ${N} rows of ${m} numbers (shares)`);
  }
  const rows = trades.map((row, k) => checkNumbers(`trades[${k}]`, row, m, anyFinite, "shares"));
  const sums = positions.map((position) => {
    const left = new Sum();
    left.add(position);
    return left;
  });
  const remaining = [[...positions]];
  rows.forEach((row, k) => {
    row.forEach((n, i) => {
      if (open[k] === 0 && n !== 0) {
        throw new InputError(
          `trades[${k}][${i}]`,
          n,
          "0 (shares): profile.open says that this interval is closed",
        );
      }
      sums[i].add(-n);
    });
    remaining.push(sums.map((left) => left.value));
  });
  const doubt = 1e-9 * largestOf(positions);
  sums.forEach((left, i) => {
    if (Math.abs(left.value) <= doubt) return;
    throw new InputError(
      `the sum of the trades of ${portfolio.names[i]}`,
      positions[i] - left.value,
      `its position, ${positions[i]} shares`,
    );
  });
  remaining[N] = positions.map(() => 0);
  return Object.freeze({ name: checkName("name", name), remaining, trades: rows, times: timesOf(portfolio) });
}

/**
 * Equal slices of every name over the horizon: what a portfolio is compared with.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @returns trades in proportion to the lengths of the open intervals, called `"TWAP"`
 * @throws InputError when `portfolio` is not from `definePortfolio`
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   positions: [100, -60], horizon: 1, intervals: 2, covariance: [[1, 0], [0, 1]], temporaryImpact: [1, 1],
 * });
 * equalPortfolioSchedule(portfolio).trades; // → [[50, -30], [50, -30]]
 * ```
 */
export function equalPortfolioSchedule(portfolio: Portfolio): PortfolioSchedule {
  portfolio = checkPortfolio(portfolio);
  const { m, N, positions, lengths, open } = portfolioMarket(portfolio);
  const x = new Float64Array((N + 1) * m);
  const n = new Float64Array(N * m);
  x.set(positions);
  const elapsed = new Sum();
  for (let k = 0; k < N; k++) elapsed.add(open[k] * lengths[k]);
  const whole = elapsed.value;
  let left = whole;
  for (let k = 0; k < N; k++) {
    left -= open[k] * lengths[k];
    const isLast = open.lastIndexOf(1) <= k;
    for (let i = 0; i < m; i++) {
      n[k * m + i] = positions[i] * ((open[k] * lengths[k]) / whole);
      x[(k + 1) * m + i] = isLast ? 0 : positions[i] * (left / whole);
    }
  }
  return makePortfolioSchedule(portfolio, "TWAP", { x, n });
}

/** The largest of some numbers' sizes. */
export function largestOf(values: Series): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}
