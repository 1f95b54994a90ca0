/**
 * Schedules of a portfolio: how many shares of each name remain after each interval.
 *
 * @module
 */
import { anyFinite, checkName, checkNumber, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { requireFinite, type Series, Sum } from "../support/numbers";
import { checkPortfolio } from "./define";
import { portfolioMarket } from "./market";
import { bufferOf, type Matrix, rowsOf } from "./matrices";
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

function timesOf(portfolio: Portfolio): number[] {
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

export function largestOf(values: Series): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** The buffers of a schedule of this portfolio; anything that is not one is rejected. */
export function checkPath(portfolio: Portfolio, schedule: PortfolioSchedule): Path {
  const { intervals: N, positions, names } = portfolio;
  const m = positions.length;
  const path = readPath(portfolio, schedule);
  const { x, n } = path;
  const tolerance = Math.max(1e-9 * largestOf(positions), 1e-12 * largestOf(x));
  const refuse = (what: string, value: number, allowed: number): never => {
    throw new InputError(
      what,
      value,
      `${allowed} shares`,
      "portfolioFromTrades makes a schedule of its trades alone.",
    );
  };
  for (let i = 0; i < m; i++) {
    if (!(Math.abs(x[i] - positions[i]) <= tolerance))
      refuse(`schedule.remaining[0][${i}]`, x[i], positions[i]);
    const end = x[N * m + i];
    if (!(Math.abs(end) <= tolerance)) refuse(`schedule.remaining[${N}][${i}]`, end, 0);
    const traded = new Sum();
    for (let k = 0; k < N; k++) {
      const at = k * m + i;
      traded.add(n[at]);
      const step = x[at] - x[at + m];
      if (!(Math.abs(step - n[at]) <= tolerance)) refuse(`schedule.trades[${k}][${i}]`, n[at], step);
    }
    if (!(Math.abs(traded.value - positions[i]) <= tolerance)) {
      refuse(`the sum of the trades of ${names[i]}`, traded.value, positions[i]);
    }
  }
  const { open } = portfolioMarket(portfolio);
  for (let at = 0; at < N * m; at++) {
    if (open[Math.floor(at / m)] === 0 && n[at] !== 0)
      refuse(`schedule.trades[${Math.floor(at / m)}][${at % m}], in a closed interval,`, n[at], 0);
  }
  return path;
}

/** The buffers of a schedule of the right shape, whatever its numbers add up to. */
export function readPath(portfolio: Portfolio, schedule: PortfolioSchedule): Path {
  const { intervals: N, positions } = portfolio;
  const m = positions.length;
  if (!isList(schedule?.remaining) || !isList(schedule?.trades)) {
    throw new InputError(
      "schedule",
      schedule,
      "a portfolio's schedule with the rows remaining and trades",
      "portfolioFromTrades makes one of your numbers.",
    );
  }
  for (const [field, rows] of [
    ["remaining", N + 1],
    ["trades", N],
  ] as const) {
    const matrix: readonly unknown[] = schedule[field];
    if (matrix.length !== rows) {
      throw new InputError(`schedule.${field}`, matrix, `${rows} rows of ${m} numbers, as the portfolio has`);
    }
    for (let k = 0; k < rows; k++) {
      const row = matrix[k];
      if (!isList(row) || row.length !== m) {
        throw new InputError(`schedule.${field}[${k}]`, row, `a row of ${m} numbers (shares)`);
      }
      for (let i = 0; i < m; i++) {
        const value = row[i];
        if (typeof value === "number" && value - value === 0) continue;
        checkNumber(`schedule.${field}[${k}][${i}]`, value, anyFinite, "shares");
      }
    }
  }
  return { x: bufferOf(schedule.remaining, m), n: bufferOf(schedule.trades, m) };
}
