/**
 * The gate of a portfolio's schedules.
 *
 * @module
 */
import { anyFinite, checkNumber, checkNumbers, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { Sum } from "../support/numbers";
import { portfolioMarket } from "./market";
import { bufferOf } from "./matrices";
import type { Portfolio } from "./portfolio";
import { largestOf, type Path, type PortfolioSchedule, timesOf } from "./schedule";

/** The buffers of a schedule of this portfolio; anything that is not one is rejected. */
export function checkPath(portfolio: Portfolio, schedule: PortfolioSchedule): Path {
  const { intervals: N, positions, names } = portfolio;
  const m = positions.length;
  const path = readPath(portfolio, schedule);
  checkText("schedule.name", schedule.name);
  checkTimes(portfolio, schedule.times);
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

/** Refuses a schedule whose intervals begin and end at other times than the portfolio's. */
function checkTimes(portfolio: Portfolio, times: unknown): void {
  const { horizon, intervals: N, timeUnit } = portfolio;
  const given = checkNumbers("schedule.times", times, N + 1, anyFinite, timeUnit);
  timesOf(portfolio).forEach((time, k) => {
    if (Math.abs((given[k] as number) - time) <= 1e-9 * horizon) return;
    throw new InputError(
      `schedule.times[${k}]`,
      given[k],
      `the portfolio's ${time} ${timeUnit}`,
      "Make the schedule from this portfolio.",
    );
  });
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
