/**
 * Which row belongs to which session, and how far into it.
 *
 * @module
 */

import {
  elapsedAt,
  type Hours,
  hoursOn,
  isHoliday,
  type SessionHours,
  type Span,
  sessionDay,
} from "../support/calendar";
import { InputError } from "../support/errors";
import { stampText } from "../support/wallTime";
import type { CheckedSeries, Stamp } from "./series";

/** The rows of one stretch, from open or break to break or close. */
export interface StretchRows {
  /** Place of its session in the list of sessions. */
  readonly session: number;
  /** Place of the stretch in its session. */
  readonly stretch: number;
  /** Index of its first row, and of the row after its last. */
  readonly first: number;
  readonly end: number;
}

/** Rows that lie in no session, counted by why. */
export interface OutsideRows {
  /** All of them. */
  readonly rows: number;
  /** On a date with a session, before it opens. */
  readonly beforeOpen: number;
  /** On a date with a session, after it closes; after an early close as well. */
  readonly afterClose: number;
  /** In a break. */
  readonly inBreaks: number;
  /** On a holiday of the calendar. */
  readonly onHolidays: number;
  /** On a day of the week without sessions. */
  readonly onOtherDays: number;
}

/** Rows by session. */
export interface Placement {
  readonly sessions: readonly SessionHours[];
  readonly stretches: readonly StretchRows[];
  /** Trading time from the session's open to the row's time (ms); NaN outside. */
  readonly elapsed: Float64Array;
  readonly outside: OutsideRows;
  /** Holidays of the calendar on which there are rows. */
  readonly busyHolidays: readonly string[];
}

/** Whether a time belongs to a stretch. A price at the close is still the session's, a bar that begins there is not. */
function isWithin(instant: number, { from, to }: Span, stamp: Stamp): boolean {
  if (instant === from) return stamp !== "end";
  if (instant === to) return stamp !== "start";
  return instant > from && instant < to;
}

/** Whether a time belongs to a stretch and to no other: at its end another one may begin. */
function isInside(instant: number, span: Span, stamp: Stamp): boolean {
  return isWithin(instant, span, stamp) && (instant < span.to || stamp === "end");
}

/** Finds the session of each row; rows are in the order of time. */
export function placeRows({ instants, stamp }: CheckedSeries, hours: Hours): Placement {
  const sessions: SessionHours[] = [];
  const stretches: { session: number; stretch: number; first: number; end: number }[] = [];
  const elapsed = new Float64Array(instants.length);
  const outside = { rows: 0, beforeOpen: 0, afterClose: 0, inBreaks: 0, onHolidays: 0, onOtherDays: 0 };
  const busyHolidays = new Set<string>();
  let current: FoundStretch | undefined;
  for (let i = 0; i < instants.length; i++) {
    const instant = instants[i];
    if (current === undefined || !isInside(instant, current.span, stamp)) {
      const found = findStretch(instant, stamp, hours);
      if (typeof found === "string") {
        outside.rows += 1;
        outside[found] += 1;
        elapsed[i] = Number.NaN;
        if (found === "onHolidays") busyHolidays.add(stampText(instant, hours.zone).slice(0, 10));
        continue;
      }
      const isSame = found.hours === current?.hours && found.stretch === current.stretch;
      current = found;
      if (sessions[sessions.length - 1] !== found.hours) sessions.push(found.hours);
      if (!isSame) stretches.push({ session: sessions.length - 1, stretch: found.stretch, first: i, end: i });
    }
    elapsed[i] = elapsedAt(instant, current.hours, current.stretch);
    stretches[stretches.length - 1].end = i + 1;
  }
  if (sessions.length === 0) throw nothingWithin(instants, hours);
  return { sessions, stretches, elapsed, outside, busyHolidays: [...busyHolidays] };
}

type Outside = Exclude<keyof OutsideRows, "rows">;

/** A stretch of a session. */
interface FoundStretch {
  readonly hours: SessionHours;
  readonly span: Span;
  readonly stretch: number;
}

/** The stretch that an instant lies in, or why there is none. */
function findStretch(instant: number, stamp: Stamp, hours: Hours): FoundStretch | Outside {
  const dayNumber = sessionDay(instant, hours);
  // A session around the clock ends where the next day begins: what stands there is the next session's, if there is one.
  for (const one of [dayNumber, dayNumber - 1]) {
    const session = hoursOn(one, hours);
    const stretch = session?.stretches.findIndex((span) => isWithin(instant, span, stamp)) ?? -1;
    if (session !== undefined && stretch >= 0) {
      return { hours: session, span: session.stretches[stretch], stretch };
    }
  }
  const session = hoursOn(dayNumber, hours);
  if (session === undefined) return isHoliday(dayNumber, hours) ? "onHolidays" : "onOtherDays";
  const { stretches } = session;
  if (instant <= stretches[0].from) return "beforeOpen";
  return instant >= stretches[stretches.length - 1].to ? "afterClose" : "inBreaks";
}

function nothingWithin(instants: Float64Array, { zone }: Hours): InputError {
  const count = instants.length;
  const sample = `${stampText(instants[0], zone)} to ${stampText(instants[count - 1], zone)}`;
  return new InputError(
    "data.times",
    sample,
    "times of day of which at least one lies within a session of the calendar",
    "If they are in another zone than the calendar's, give timeZone; dates alone have no time of day.",
  );
}
