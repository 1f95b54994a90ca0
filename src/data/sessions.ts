/**
 * A series of prices or bars, split into the sessions of its market.
 *
 * @module
 */

import { checkCalendar, type Hours, hoursOn, regularLength, type SessionCalendar } from "../support/calendar";
import { checkInteger, checkKeys } from "../support/checks";
import { readClock } from "../support/clock";
import type { PricePath } from "../support/sessions";
import { gapsOf, haltsOf, type Rows, sessionClock } from "./gaps";
import { type Placement, placeRows, type StretchRows } from "./placement";
import { type BarSeries, type CheckedSeries, checkSeriesOf, type PriceSeries, seriesOptions } from "./series";
import type { Session, SessionOptions, SessionSplit } from "./sessionSplit";
import { sessionWarnings } from "./sessionWarnings";
import { spacingOf } from "./spacing";
import { checkTimeUnit } from "./timeUnit";

/**
 * Splits prices or bars into the sessions of their market, and says what is missing: nights and breaks are taken out of
 * time, sessions without rows, gaps, halts, and rows outside are counted and named.
 *
 * Times become trading time since the open. A bar counts with its close, valid at the bar's end, and the first bar of a
 * stretch with its open as well. The result goes into `sessionVolatility`, and `describeSessions` puts it into words.
 *
 * @param data - prices or bars with their times, as `loadBars`, `loadPrices` and the queries give them
 * @param calendar - the hours of the market
 * @param options - unit of time, zone and reading of the series' times, when a halt is suspected
 * @returns sessions, gaps, halts, rows outside, and warnings
 * @throws InputError when an argument is not what it should be, or no row lies within a session
 *
 * @example
 * ```ts
 * const calendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
 * const times = ["2024-03-08 09:30", "2024-03-08 09:31", "2024-03-08 09:34", "2024-03-08 09:35", "2024-03-11 09:30"];
 * const split = splitSessions({ times, prices: [50, 50.1, 50, 50.2, 51] }, calendar);
 * split.sessions.map(({ date, rows }) => `${date}: ${rows}`); // → ["2024-03-08: 4","2024-03-11: 1"]
 * split.sessions[0].stretches[0].times; // → [0,1,4,5]
 * split.gaps[0]; // → {"date":"2024-03-08","from":"2024-03-08 09:31:00-05:00","to":"2024-03-08 09:33:00-05:00","rows":2}
 * ```
 */
export function splitSessions(
  data: PriceSeries | BarSeries,
  calendar: SessionCalendar,
  options: SessionOptions = {},
): SessionSplit {
  const known = [...seriesOptions, "timeUnit", "haltRows"];
  const given = checkKeys("splitSessions's options", options, known) as SessionOptions;
  const hours = checkCalendar(calendar);
  const unit = checkTimeUnit(given.timeUnit, hours);
  const least = given.haltRows === undefined ? 10 : checkInteger("haltRows", given.haltRows, 2, 1e6);
  const series = checkSeriesOf(data, given, hours.zone.name);
  const placement = placeRows(series, hours);
  const spacing = spacingOf(placement, series.stamp);
  const rows = { series, placement, hours };
  const gaps = spacing === undefined ? [] : gapsOf(rows, spacing);
  const split = {
    timeUnit: unit.name,
    timeZone: hours.zone.name,
    sessionLength: regularLength(hours) / unit.length,
    spacing: spacing === undefined ? undefined : spacing / unit.length,
    sessions: Object.freeze(sessionsOf(rows, spacing ?? 0, unit.length)),
    missingSessions: Object.freeze(missingBetween(placement, hours)),
    gaps: Object.freeze(gaps),
    halts: Object.freeze(haltsOf(rows, least)),
    outside: Object.freeze(placement.outside),
  };
  return Object.freeze({ ...split, warnings: sessionWarnings(split, placement, unit) });
}

function sessionsOf({ series, placement, hours }: Rows, spacing: number, unit: number): Session[] {
  const stretchesOf = placement.sessions.map((): StretchRows[] => []);
  for (const stretch of placement.stretches) stretchesOf[stretch.session].push(stretch);
  return placement.sessions.map((session, s) => {
    const own = stretchesOf[s];
    const [opens, closes] = sessionClock(session, hours);
    return Object.freeze({
      date: session.date,
      opens,
      closes,
      isHalfDay: session.isHalfDay,
      length: session.elapsed[session.elapsed.length - 1] / unit,
      first: own[0].first,
      rows: own.reduce((sum, { first, end }) => sum + end - first, 0),
      stretches: Object.freeze(own.map((one) => pathOf(series, placement, one, spacing, unit))),
    });
  });
}

/** Prices of a stretch with the times at which they were valid. */
function pathOf(
  { stamp, open, close }: CheckedSeries,
  { elapsed }: Placement,
  { first, end }: StretchRows,
  spacing: number,
  unit: number,
): PricePath {
  const times: number[] = [];
  const prices: number[] = [];
  if (stamp !== "price") {
    times.push((stamp === "start" ? elapsed[first] : elapsed[first] - spacing) / unit);
    prices.push(open[first]);
  }
  const shift = stamp === "start" ? spacing : 0;
  for (let i = first; i < end; i++) {
    times.push((elapsed[i] + shift) / unit);
    prices.push(close[i]);
  }
  return Object.freeze({ times, prices });
}

/** Dates with a session and without a row. */
function missingBetween({ sessions }: Placement, hours: Hours): string[] {
  const dayOf = (date: string): number => readClock(date).wall / 86_400_000;
  const missing: string[] = [];
  for (let s = 1; s < sessions.length; s++) {
    for (let day = dayOf(sessions[s - 1].date) + 1; day < dayOf(sessions[s].date); day++) {
      const session = hoursOn(day, hours);
      if (session !== undefined) missing.push(session.date);
    }
  }
  return missing;
}
