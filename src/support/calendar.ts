/**
 * Trading hours: on which days a market is open, from when to when.
 *
 * @module
 */
import { checkChoice, checkKeys, checkObject, isList } from "./checks";
import { dateText, minutesOfDay, readClock } from "./clock";
import { InputError } from "./errors";
import { resolve } from "./wallTime";
import { type Zone, zoneOf } from "./zone";

/** A day of the week. */
export type Weekday = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun";

const weekdayNames: readonly Weekday[] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const tradingDays: readonly Weekday[] = ["Mon", "Tue", "Wed", "Thu", "Fri"];

/**
 * The hours of a market, by its own clock. A session is named by the date on which it closes: where `open` is later in the
 * day than `close`, as in `{ open: "17:00", close: "16:00" }`, it opens the evening before. Around the clock is
 * `"00:00"` to `"24:00"`, or one time for both.
 */
export interface SessionCalendar {
  /** Time zone of the market's clock, by its IANA name: `"America/New_York"`. */
  readonly timeZone: string;
  /** When sessions open, `"09:30"`. */
  readonly open: string;
  /** When sessions close, `"16:00"`. */
  readonly close: string;
  /** Pauses within each session, in order: `[["11:30", "12:30"]]` (default none). */
  readonly breaks?: readonly (readonly [from: string, to: string])[] | undefined;
  /** Early closes by date: `{ "2024-11-29": "13:00" }` (default none). */
  readonly halfDays?: Readonly<Record<string, string>> | undefined;
  /** Dates without a session: `["2024-12-25"]` (default none). */
  readonly holidays?: readonly string[] | undefined;
  /** Days with a session, by the date on which it closes (default Monday to Friday). */
  readonly weekdays?: readonly Weekday[] | undefined;
}

/** A span of instants (ms since 1970). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The hours of one date. */
export interface SessionHours {
  readonly date: string;
  readonly isHalfDay: boolean;
  /** From open to close without breaks, in order. */
  readonly stretches: readonly Span[];
  /** Trading time before each stretch, and at the end the whole (ms). */
  readonly elapsed: readonly number[];
}

/** A checked calendar: minutes of the wall clock after the midnight that begins a session's date. */
export interface Hours {
  readonly zone: Zone;
  /** Below 0 where sessions open the evening before. */
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly (readonly [number, number])[];
  readonly halfDays: ReadonlyMap<string, number>;
  readonly holidays: ReadonlySet<string>;
  readonly weekdays: ReadonlySet<Weekday>;
  /** Dates that were asked for so far. */
  readonly known: Map<number, SessionHours | undefined>;
}

const minute = 60_000;
const day = 1440 * minute;

/**
 * Checks a calendar.
 *
 * @param name - what messages call it
 */
export function checkCalendar(value: unknown, name = "calendar"): Hours {
  const fields = ["timeZone", "open", "close", "breaks", "halfDays", "holidays", "weekdays"];
  const given = checkKeys(name, value, fields);
  const zone = zoneOf(`${name}.timeZone`, given.timeZone);
  const opens = checkTime(`${name}.open`, given.open);
  const closes = checkTime(`${name}.close`, given.close);
  const close = closes === 0 ? 1440 : closes;
  const open = opens < close ? opens : opens - 1440;
  const within = (time: number): number => (open < 0 && time >= opens ? time - 1440 : time);
  return {
    zone,
    open,
    close,
    breaks: checkBreaks(`${name}.breaks`, given.breaks, within, [open, close]),
    halfDays: checkHalfDays(`${name}.halfDays`, given.halfDays, within, [open, close]),
    holidays: new Set(list(`${name}.holidays`, given.holidays, "dates").map(checkDate(`${name}.holidays`))),
    weekdays: checkWeekdays(`${name}.weekdays`, given.weekdays),
    known: new Map(),
  };
}

function list(parameter: string, value: unknown, what: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!isList(value)) throw new InputError(parameter, value, `an array of ${what}`);
  return Array.from(value);
}

function checkTime(parameter: string, value: unknown): number {
  const minutes = minutesOfDay(value);
  if (Number.isNaN(minutes)) throw new InputError(parameter, value, 'a time of day from "00:00" to "24:00"');
  return minutes;
}

const checkDate =
  (parameter: string) =>
  (value: unknown, i: number): string => {
    const isDate = typeof value === "string" && value.length === 10 && Number.isFinite(readClock(value).wall);
    if (!isDate) throw new InputError(`${parameter}[${i}]`, value, "a date like 2024-12-25");
    return value;
  };

function checkWeekdays(parameter: string, value: unknown): ReadonlySet<Weekday> {
  if (value === undefined) return new Set(tradingDays);
  const given = list(parameter, value, 'days such as "Mon"');
  if (given.length === 0) {
    throw new InputError(parameter, value, 'an array of at least one day, such as "Mon"');
  }
  return new Set(given.map((name, i) => checkChoice(`${parameter}[${i}]`, name, weekdayNames)));
}

function checkBreaks(
  parameter: string,
  value: unknown,
  within: (time: number) => number,
  [open, close]: readonly [number, number],
): readonly (readonly [number, number])[] {
  let before = open;
  return list(parameter, value, 'pairs of times, such as ["11:30", "12:30"]').map((pair, i) => {
    const name = `${parameter}[${i}]`;
    const words = 'a pair of times, such as ["11:30", "12:30"]';
    if (!Array.isArray(pair) || pair.length !== 2) throw new InputError(name, pair, words);
    const [from, to] = pair.map((time, side) => within(checkTime(`${name}[${side}]`, time)));
    if (!(from > before && to > from && to < close)) {
      const order = "a pair of times within the session, the earlier one first, after the break before it";
      throw new InputError(name, pair.join(" to "), order);
    }
    before = to;
    return [from, to];
  });
}

function checkHalfDays(
  parameter: string,
  value: unknown,
  within: (time: number) => number,
  [open, close]: readonly [number, number],
): ReadonlyMap<string, number> {
  const given = value === undefined ? {} : checkObject(parameter, value);
  return new Map(
    Object.entries(given).map(([date, time]): [string, number] => {
      const name = `${parameter}["${date}"]`;
      if (date.length !== 10 || Number.isNaN(readClock(date).wall)) {
        throw new InputError(parameter, date, "an object with dates like 2024-11-29 as its fields");
      }
      const early = within(checkTime(name, time));
      if (early > open && early < close) return [date, early];
      throw new InputError(name, time, "a time between the session's open and its close");
    }),
  );
}

/** The hours of a date, counted in days since 1970; nothing where there is no session. */
export function hoursOn(dayNumber: number, hours: Hours): SessionHours | undefined {
  if (!hours.known.has(dayNumber)) hours.known.set(dayNumber, findHours(dayNumber, hours));
  return hours.known.get(dayNumber);
}

function findHours(dayNumber: number, hours: Hours): SessionHours | undefined {
  const { zone, open, breaks, halfDays, holidays, weekdays } = hours;
  const midnight = dayNumber * day;
  const date = dateText(midnight);
  if (holidays.has(date) || !weekdays.has(weekdayOf(dayNumber))) return undefined;
  const early = halfDays.get(date);
  const close = early ?? hours.close;
  const at = (minutes: number): number => {
    const wall = midnight + minutes * minute;
    return resolve("calendar", date, wall, zone, "compatible");
  };
  const stretches: Span[] = [];
  let from = open;
  for (const [pause, resume] of breaks) {
    if (pause >= close) break;
    stretches.push({ from: at(from), to: at(pause) });
    from = resume;
  }
  if (from < close) stretches.push({ from: at(from), to: at(close) });
  const elapsed = [0];
  for (const span of stretches) elapsed.push(elapsed[elapsed.length - 1] + span.to - span.from);
  return { date, isHalfDay: early !== undefined, stretches, elapsed };
}

/** Whether a date without a session is one because the calendar calls it a holiday. */
export function isHoliday(dayNumber: number, { weekdays }: Hours): boolean {
  return weekdays.has(weekdayOf(dayNumber));
}

/** The day of the week of a day since 1970-01-01, a Thursday. */
function weekdayOf(dayNumber: number): Weekday {
  return weekdayNames[(((dayNumber + 4) % 7) + 7) % 7];
}

/** The date, in days since 1970, of the session in whose day an instant lies: from one open to the next. */
export function sessionDay(instant: number, { zone, open }: Hours): number {
  const wall = instant + zone.offsetAt(instant);
  return Math.floor((wall - Math.min(open, 0) * minute) / day);
}

/** Trading time of a regular session (ms). */
export function regularLength({ open, close, breaks }: Hours): number {
  let minutes = close - open;
  for (const [from, to] of breaks) minutes -= to - from;
  return minutes * minute;
}

/** Trading time since the open at an instant within a stretch (ms). */
export function elapsedAt(instant: number, { stretches, elapsed }: SessionHours, stretch: number): number {
  return elapsed[stretch] + instant - stretches[stretch].from;
}

/** The instant at which a session's trading time has run for so long (ms); at a break, the end of it. */
export function instantAt(time: number, { stretches, elapsed }: SessionHours): number {
  let stretch = 0;
  while (stretch < stretches.length - 1 && time >= elapsed[stretch + 1]) stretch += 1;
  return stretches[stretch].from + time - elapsed[stretch];
}
