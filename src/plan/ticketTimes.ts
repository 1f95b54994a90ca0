/**
 * Times as tickets write them, and the instants that they mean.
 *
 * @module
 */
import { readClock } from "../support/clock";
import { InputError } from "../support/errors";
import { readTimeOfDay } from "../support/timeOfDay";
import { stampText } from "../support/wallTime";
import { type Zone, zoneOf } from "../support/zone";

const day = 86_400_000;

/** A time as it was written: the wall clock, with a date or not, with an offset or not. */
export interface WrittenTime {
  readonly name: "start" | "end";
  readonly text: string;
  /** Since 1970, or since midnight (ms). */
  readonly wall: number;
  readonly isDated: boolean;
  readonly offset: number | undefined;
}

export function readTime(name: "start" | "end", text: unknown): WrittenTime {
  const words = 'a time of day such as "09:30", or with its date, "2024-11-29 09:30"';
  if (typeof text !== "string") throw new InputError(name, text, words);
  const time = readTimeOfDay(text);
  if (!Number.isNaN(time)) return { name, text, wall: time, isDated: false, offset: undefined };
  const { wall, offset } = readClock(text);
  if (!Number.isFinite(wall)) throw new InputError(name, text, words);
  if (text.length === 10) throw new InputError(name, text, words, "It gives a day but no time.");
  return { name, text, wall, isDated: true, offset };
}

/** The zone of the clock. Without dates it does not matter; around the clock, offsets alone will do. */
export function zoneOfTicket(
  { timeZone, session }: Readonly<Record<"timeZone" | "session", unknown>>,
  times: readonly WrittenTime[],
): Zone {
  if (timeZone !== undefined) return zoneOf("timeZone", timeZone);
  const dated = times.filter(({ isDated }) => isDated);
  const without = dated.find(({ offset }) => offset === undefined);
  const why =
    without !== undefined
      ? `${without.name}, ${without.text}, has a date and no offset from UTC`
      : dated.length > 0 && session !== "around the clock"
        ? "the session's hours are by its clock"
        : undefined;
  if (why === undefined) return zoneOf("timeZone", "UTC");
  throw new InputError("timeZone", undefined, `the name of a time zone, such as "America/New_York": ${why}`);
}

/** The instant of a dated time. */
export function instantOf({ name, text, wall, offset }: WrittenTime, zone: Zone): number {
  if (offset !== undefined) return wall - offset;
  const { found, around } = zone.instantsAt(wall);
  if (found.length === 1) return found[0];
  const [earlier, later] = around.map((instant) => stampText(instant, zone));
  const what = found.length === 0 ? "does not exist" : "exists twice";
  throw new InputError(
    name,
    text,
    "a time that the clock shows once",
    `It ${what} in ${zone.name}, where clocks are set: write ${earlier} or ${later}.`,
  );
}

/** The first moment after the start at which the clock shows the end. */
export function endAfter(from: number, end: WrittenTime, zone: Zone): number {
  if (end.isDated) return instantOf(end, zone);
  const midnight = Math.floor((from + zone.offsetAt(from)) / day) * day;
  const at = (wall: number): number => instantOf({ ...end, wall }, zone);
  const sameDay = at(midnight + end.wall);
  return sameDay > from ? sameDay : at(midnight + day + end.wall);
}
