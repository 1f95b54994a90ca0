/**
 * Volumes of each slice of each day.
 *
 * @module
 */

import { type Hours, regularLength, type SessionHours } from "../support/calendar";
import { wallText } from "../support/clock";
import { type Series, total } from "../support/numbers";
import { type Placement, placeRows } from "./placement";
import type { CheckedSeries } from "./series";
import { binCount, binLength, binOf, checkWholeBars } from "./sessionBins";
import { spacingOf } from "./spacing";
import type { UnitLength } from "./timeUnit";

/** A day that went into a profile. */
export interface DayVolumes {
  readonly date: string;
  /** Its volume (shares). */
  readonly volume: number;
  /** Fraction of it by slice. */
  readonly fractions: readonly number[];
}

/** A day that did not. */
export interface LeftOutDay {
  /** The day, `YYYY-MM-DD`. */
  readonly date: string;
  /** Why it is not in the profile. */
  readonly reason: "half day" | "no volume" | "a session of another length" | "a slice without rows";
}

/** Regular days, cut into slices. */
export interface SlicedDays {
  readonly days: readonly DayVolumes[];
  readonly leftOut: readonly LeftOutDay[];
  /** Days that were kept although a slice has no row. */
  readonly incomplete: readonly string[];
  /** Clock at which each slice begins, and its length (unit of time). */
  readonly starts: readonly string[];
  readonly lengths: readonly number[];
}

/** How days are cut. */
export interface Slicing {
  /** Length of a slice (ms). */
  readonly length: number;
  readonly unit: UnitLength;
  /** Whether a day with a slice without rows is left out. */
  readonly isStrict: boolean;
}

/** Cuts the days of a series into slices. */
export function dailyVolumes(
  series: CheckedSeries,
  volume: Series,
  hours: Hours,
  { length, unit, isStrict }: Slicing,
): SlicedDays {
  const placement = placeRows(series, hours);
  checkWholeBars(series.stamp, spacingOf(placement, series.stamp), length, unit);
  const regular = placement.sessions.find((session) => isRegular(session, hours));
  const days: DayVolumes[] = [];
  const leftOut: LeftOutDay[] = [];
  const incomplete: string[] = [];
  const sums = volumesBySlice(series, volume, placement, length);
  placement.sessions.forEach((session, s) => {
    const { date } = session;
    const { volumes, rows } = sums[s];
    const sum = total(volumes);
    const isIncomplete = rows.includes(0);
    const leave = (reason: LeftOutDay["reason"]): void => {
      leftOut.push(Object.freeze({ date, reason }));
    };
    if (session.isHalfDay) leave("half day");
    else if (!isRegular(session, hours)) leave("a session of another length");
    else if (sum === 0) leave("no volume");
    else if (isIncomplete && isStrict) leave("a slice without rows");
    else {
      if (isIncomplete) incomplete.push(date);
      days.push({ date, volume: sum, fractions: Array.from(volumes, (one) => one / sum) });
    }
  });
  const slices = regular === undefined ? [] : slicesOf(regular, length);
  const starts = slices.map(({ start }) => clockOf(start, hours));
  return { days, leftOut, incomplete, starts, lengths: slices.map((one) => one.length / unit.length) };
}

function isRegular({ elapsed }: SessionHours, hours: Hours): boolean {
  return elapsed[elapsed.length - 1] === regularLength(hours);
}

/** Volume and number of rows of each slice of each session. */
function volumesBySlice(
  { stamp }: CheckedSeries,
  volume: Series,
  { sessions, stretches, elapsed }: Placement,
  length: number,
): readonly { readonly volumes: Float64Array; readonly rows: Float64Array }[] {
  const sums = sessions.map((session) => {
    const slices = slicesOf(session, length).length;
    return { volumes: new Float64Array(slices), rows: new Float64Array(slices) };
  });
  for (const { session, stretch, first, end } of stretches) {
    const ours = sessions[session];
    const count = binCount(ours, stretch, length);
    let before = 0;
    for (let other = 0; other < stretch; other++) before += binCount(ours, other, length);
    for (let i = first; i < end; i++) {
      const slice = before + binOf(elapsed[i] - ours.elapsed[stretch], stamp, length, count);
      sums[session].volumes[slice] += volume[i];
      sums[session].rows[slice] += 1;
    }
  }
  return sums;
}

/** The slices of a session, with the instant at which each begins, and its length (ms). */
function slicesOf(
  session: SessionHours,
  length: number,
): readonly { readonly start: number; readonly length: number }[] {
  return session.stretches.flatMap(({ from }, stretch) =>
    Array.from({ length: binCount(session, stretch, length) }, (_, bin) => ({
      start: from + bin * length,
      length: binLength(session, stretch, bin, length),
    })),
  );
}

/** The market's clock at an instant, without its date. */
function clockOf(instant: number, { zone }: Hours): string {
  return wallText(instant + zone.offsetAt(instant)).slice(11);
}
