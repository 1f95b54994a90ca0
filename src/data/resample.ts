/**
 * Trades or short bars made into longer bars, within sessions.
 *
 * @module
 */

import { checkCalendar, type SessionCalendar } from "../support/calendar";
import { checkChoice, checkKeys } from "../support/checks";
import { BarBuilder } from "./barBuilder";
import { placeRows } from "./placement";
import { type ResampledBars, type ResampleOptions, resampleWarnings } from "./resampledBars";
import { type BarSeries, checkSeriesOf, type PriceSeries, seriesOptions } from "./series";
import { binCount, binOf, checkWholeBars } from "./sessionBins";
import { spacingOf } from "./spacing";
import { checkIntervalLength, checkTimeUnit } from "./timeUnit";

/**
 * Makes bars of any length out of trades, quotes or shorter bars: first, highest, lowest and last price, volume and
 * volume-weighted average price of each interval. Intervals are aligned to the session's open, begin anew after a break, and
 * never reach across a night; the last one before a break or the close is shorter where the length does not divide the time.
 *
 * @param data - prices or bars with their times, as `loadBars`, `loadPrices` and the queries give them
 * @param calendar - the hours of the market
 * @param options - length of the intervals, its unit, what becomes of empty intervals, and how the series' times are to be
 *   read
 * @returns bars with the times at which they begin; counts, and warnings
 * @throws InputError when an argument is not what it should be, when no row lies within a session, or when bars would have to
 *   be cut
 *
 * @example
 * ```ts
 * const calendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
 * const times = ["2024-03-08 09:30:05", "2024-03-08 09:31:40", "2024-03-08 09:36:00"];
 * const trades = { times, prices: [50, 50.2, 50.1], volume: [100, 300, 200] };
 * const bars = resample(trades, calendar, { length: 5 });
 * bars.times; // → ["2024-03-08 09:30:00-05:00","2024-03-08 09:35:00-05:00"]
 * bars.high; // → [50.2,50.1]
 * bars.volume; // → [400,200]
 * bars.vwap; // → [50.15,50.1]
 * ```
 */
export function resample(
  data: PriceSeries | BarSeries,
  calendar: SessionCalendar,
  options: ResampleOptions,
): ResampledBars {
  const known = [...seriesOptions, "length", "timeUnit", "empty"];
  const given = checkKeys("resample's options", options, known) as unknown as ResampleOptions;
  const hours = checkCalendar(calendar);
  const unit = checkTimeUnit(given.timeUnit, hours);
  const length = checkIntervalLength(given.length, unit, hours);
  const rules = ["leaveOut", "carryForward"] as const;
  const isCarried =
    checkChoice("empty", given.empty === undefined ? "leaveOut" : given.empty, rules) === "carryForward";
  const series = checkSeriesOf(data, given, hours.zone.name);
  const placement = placeRows(series, hours);
  checkWholeBars(series.stamp, spacingOf(placement, series.stamp), length, unit);
  const bars = new BarBuilder(series, hours.zone);
  let shorter = 0;
  for (const rows of placement.stretches) {
    const session = placement.sessions[rows.session];
    const start = session.stretches[rows.stretch].from;
    const before = session.elapsed[rows.stretch];
    const count = binCount(session, rows.stretch, length);
    if (count * length > session.stretches[rows.stretch].to - start + 1e-6 * length) shorter += 1;
    bars.begin(rows.session);
    let row = rows.first;
    for (let bin = 0; bin < count; bin++) {
      const first = row;
      while (row < rows.end && binOf(placement.elapsed[row] - before, series.stamp, length, count) === bin)
        row += 1;
      if (row > first) bars.add(start + bin * length, first, row);
      else bars.skip(start + bin * length, isCarried);
    }
  }
  const built = bars.result();
  const counts = { ...built.counts, shorter, outside: placement.outside.rows };
  const warnings = resampleWarnings(counts, { length, unit, isCarried });
  return Object.freeze({ ...built.bars, timeUnit: unit.name, length: given.length, ...counts, warnings });
}
