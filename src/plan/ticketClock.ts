/**
 * The clock of a ticket: from times of day to slices of trading time.
 *
 * @module
 */
import {
  checkCalendar,
  type Hours,
  hoursOn,
  regularLength,
  type Span,
  sessionDay,
} from "../support/calendar";
import { InputError } from "../support/errors";
import { timeOfDayText } from "../support/timeOfDay";
import { stampText } from "../support/wallTime";
import { type Zone, zoneOf } from "../support/zone";
import type { SliceClock, Ticket } from "./ticket";
import { cutSlices } from "./ticketSlices";
import { endAfter, instantOf, readTime, type WrittenTime, zoneOfTicket } from "./ticketTimes";

const minute = 60_000;
const day = 1440 * minute;

/** A ticket's time, in milliseconds: since 1970 where it has dates, else since the midnight of its day. */
export interface TicketTime {
  /** Slices of the order, in order. */
  readonly slices: readonly Span[];
  /** The session as it is on that day; nothing around the clock. */
  readonly hours: Span | undefined;
  /** Pauses of the session, by the clock. */
  readonly breaks: readonly Span[];
  /** Trading time of a regular day. */
  readonly dayLength: number;
  /** Trading time of this day. */
  readonly openLength: number;
  /** Midnight of the session's date, by the clock that shows at the start. */
  readonly midnight: number;
  /** A moment as the clock shows it. */
  readonly text: (instant: number) => string;
  /** Name of the time zone, where there are dates. */
  readonly zone: string | undefined;
  /** Whether the hours are ours rather than the ticket's. */
  readonly isAssumed: boolean;
}

/** Reads start, end, session and length of the slices. */
export function ticketTime(ticket: Readonly<Record<keyof Ticket, unknown>>): TicketTime {
  const start = readTime("start", ticket.start);
  const end = readTime("end", ticket.end);
  if (end.isDated && !start.isDated)
    throw new InputError("start", start.text, "a time with a date, as end has one");
  const zone = zoneOfTicket(ticket, [start, end]);
  const isAssumed = ticket.session === undefined;
  if (isAssumed && ticket.timeZone !== undefined && zone.name !== "America/New_York") {
    throw new InputError(
      "session",
      undefined,
      'the hours of the market, such as { open: "09:00", close: "17:30" }, or "around the clock"',
      "Without it, the hours of New York are assumed.",
    );
  }
  const isOpen = ticket.session === "around the clock";
  const clock = start.isDated ? zone : zoneOf("timeZone", "UTC");
  const placed = isOpen ? placeAround(start, end, clock) : placeInSession(start, end, ticket.session, clock);
  return {
    ...placed,
    slices: cutSlices(placed.stretches, ticket.sliceLength),
    text: start.isDated ? (instant) => stampText(instant, zone) : timeOfDayText,
    zone: start.isDated ? zone.name : undefined,
    isAssumed,
  };
}

type Placed = Omit<TicketTime, "slices" | "text" | "zone" | "isAssumed"> & {
  readonly stretches: readonly Span[];
};

function placeAround(start: WrittenTime, end: WrittenTime, zone: Zone): Placed {
  const from = start.isDated ? instantOf(start, zone) : start.wall;
  const to = endAfter(from, end, zone);
  // One time for both may be a day, or a slip.
  const isOneTime = !start.isDated && end.wall === start.wall;
  if (isOneTime) throw notAfter(start, end, "For a whole day, write both with their dates.");
  if (!(to > from)) throw notAfter(start, end);
  const offset = start.isDated ? zone.offsetAt(from) : 0;
  return {
    stretches: [{ from, to }],
    hours: undefined,
    breaks: [],
    dayLength: day,
    openLength: day,
    midnight: Math.floor((from + offset) / day) * day - offset,
  };
}

function notAfter(start: WrittenTime, end: WrittenTime, hint = ""): InputError {
  return new InputError("end", end.text, `a time after start, ${start.text}`, hint);
}

function placeInSession(start: WrittenTime, end: WrittenTime, session: unknown, zone: Zone): Placed {
  const hours = hoursOfTicket(session, start.isDated, zone);
  const from = start.isDated ? instantOf(start, zone) : inDay(start, hours);
  const number = sessionDay(from, hours);
  const found = hoursOn(number, hours);
  if (found === undefined) {
    throw new InputError(
      "start",
      start.text,
      "on a day with a session",
      "Check holidays and weekdays in session.",
    );
  }
  const [open, close] = [found.stretches[0].from, found.stretches[found.stretches.length - 1].to];
  const to = start.isDated ? endAfter(from, end, zone) : inDay(end, hours);
  const show = (instant: number): string =>
    start.isDated ? stampText(instant, zone) : timeOfDayText(instant);
  const words = `within the session, ${show(open)} to ${show(close)}`;
  const hint =
    'Give session the hours of the market, { open: "18:00", close: "17:00" } for one over midnight, or "around the clock".';
  if (!(from >= open && from < close)) throw new InputError("start", start.text, words, hint);
  if (!(to > from)) throw notAfter(start, end);
  if (!(to <= close)) throw new InputError("end", end.text, words, hint);
  const offset = start.isDated ? zone.offsetAt(from) : 0;
  const midnight = number * day - offset;
  const stretches = found.stretches
    .map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }))
    .filter((one) => one.to > one.from);
  if (stretches.length === 0)
    throw new InputError("end", end.text, "after the session break that contains start");
  return {
    stretches,
    hours: { from: open, to: close },
    breaks: hours.breaks.map((pair) => ({
      from: midnight + pair[0] * minute,
      to: midnight + pair[1] * minute,
    })),
    dayLength: regularLength(hours),
    openLength: found.elapsed[found.elapsed.length - 1],
    midnight,
  };
}

/** The session's hours. Without a date there are no half days, and every day has a session. */
function hoursOfTicket(session: unknown, isDated: boolean, zone: Zone): Hours {
  const given = session === undefined ? { open: "09:30", close: "16:00" } : session;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new InputError(
      "session",
      given,
      'the hours of the market, such as { open: "09:30", close: "16:00" }, or "around the clock"',
    );
  }
  if ("timeZone" in given)
    throw new InputError("session.timeZone", given.timeZone, "left out: the ticket has timeZone");
  const checked = checkCalendar({ ...given, timeZone: zone.name }, "session");
  if (isDated) return checked;
  const everyDay = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
  return {
    ...checked,
    zone: zoneOf("timeZone", "UTC"),
    halfDays: new Map(),
    holidays: new Set(),
    weekdays: new Set(everyDay),
  };
}

/** A time of day within the session of day 0. */
function inDay({ wall, name }: WrittenTime, { open }: Hours): number {
  const opens = open * minute;
  const isBefore = name === "start" ? wall < opens + day : wall <= opens + day;
  const time = isBefore ? wall : wall - day;
  // Where sessions begin and end at one time, an end at it is the later one.
  return name === "end" && time <= opens ? time + day : time;
}

/** The clock at the ends of each slice. */
export function sliceClock({ slices, text }: TicketTime): SliceClock {
  return Object.freeze({
    starts: Object.freeze(slices.map(({ from }) => text(from))),
    ends: Object.freeze(slices.map(({ to }) => text(to))),
  });
}
