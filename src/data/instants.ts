/**
 * From wall-clock times to instants, and back.
 *
 * @module
 */
import { checkChoice, checkKeys, checkNumber, isList } from "../support/checks";
import { noTime, readClock } from "../support/clock";
import { InputError } from "../support/errors";
import { plainArray, type Series } from "../support/numbers";
import { type Disambiguation, resolve, stampText } from "../support/wallTime";
import { type Zone, zoneOf } from "../support/zone";

/** Times as a table holds them: texts in ISO 8601, or milliseconds since 1970 in UTC, as `Date.getTime` gives them. */
export type Times = readonly string[] | Series;

const disambiguations: readonly Disambiguation[] = ["reject", "earlier", "later", "compatible"];

/** How wall-clock times are to be read. */
export interface InstantOptions {
  /** Time zone of texts without an offset of their own, by its IANA name: `"America/New_York"`. */
  readonly timeZone?: string | undefined;
  /**
   * What to take where clocks are set and a wall-clock time exists twice or not at all, in the words of ECMAScript's
   * `Temporal`:
   *
   * - `"reject"` (default): an error that says both readings;
   * - `"earlier"`, `"later"`: the earlier or the later of the two instants that the offsets before and after the change
   *   give;
   * - `"compatible"`: the earlier one of a time that exists twice, the later one for a time that does not exist.
   */
  readonly disambiguation?: Disambiguation | undefined;
}

/** The names of these options. */
export const instantOptions: readonly string[] = ["timeZone", "disambiguation"];

/**
 * Instants of wall-clock times, with daylight saving.
 *
 * @param times - texts like `2024-03-08`, `2024-03-08 09:30`, `2024-03-08T09:30:15.250`, also with `Z` or an offset like
 *   `-05:00`, which then counts; or milliseconds since 1970, which are taken as they are
 * @param options - time zone, and what to take where clocks are set
 * @returns milliseconds since 1970 in UTC, one for each time; to the microsecond
 * @throws InputError when a time is none, or does not exist or exists twice in the zone and `disambiguation` does not say
 *   which is meant
 *
 * @example
 * ```ts
 * const [winter, summer] = instantsOf(["2024-03-08 09:30", "2024-03-11 09:30"], { timeZone: "America/New_York" });
 * (summer - winter) / 3_600_000; // → 71
 * const twice = { timeZone: "America/New_York", disambiguation: "later" } as const;
 * instantsOf(["2024-11-03 01:30"], twice)[0] - instantsOf(["2024-11-03 01:30-04:00"])[0]; // → 3600000
 * ```
 */
export function instantsOf(times: Times, options: InstantOptions = {}): readonly number[] {
  const given = checkKeys("instantsOf's options", options, instantOptions);
  return plainArray(readInstants("times", times, given as InstantOptions));
}

/** The same as a buffer. */
export function readInstants(parameter: string, times: unknown, options: InstantOptions): Float64Array {
  if (!isList(times) || times.length === 0) {
    throw new InputError(parameter, times, "an array of at least one time");
  }
  const zone = options.timeZone === undefined ? undefined : zoneOf("timeZone", options.timeZone);
  const place = (row: number): Place => ({ parameter: `${parameter}[${row}]`, time: times[row] });
  const read = zone === undefined ? undefined : wallReader(zone, options.disambiguation, place);
  const instants = new Float64Array(times.length);
  for (let i = 0; i < times.length; i++) {
    const time = times[i];
    if (typeof time === "number") {
      // Names of places cost more than the check of what stands there.
      if (!milliseconds.contains(time)) checkNumber(`${parameter}[${i}]`, time, milliseconds, "");
      instants[i] = time;
      continue;
    }
    const { wall, offset } = typeof time === "string" ? readClock(time) : noTime;
    if (!Number.isFinite(wall)) throw notATime(`${parameter}[${i}]`, time);
    if (offset !== undefined) instants[i] = wall - offset;
    else if (read === undefined) throw noZone(`${parameter}[${i}], ${time},`);
    else instants[i] = read(wall, i);
  }
  return instants;
}

/** A wall time of a table, for a message. */
interface Place {
  readonly parameter: string;
  readonly time: unknown;
}

/**
 * Reads the wall times of a table in a zone. Those of one day are mostly of one offset, which is looked up once.
 *
 * @param place - what messages call the time of a row
 */
export function wallReader(
  zone: Zone,
  disambiguation: unknown,
  place: (row: number) => Place,
): (wall: number, row: number) => number {
  const rule =
    disambiguation === undefined ? "reject" : checkChoice("disambiguation", disambiguation, disambiguations);
  let lastDay = Number.NaN;
  let offset: number | undefined;
  return (wall, row) => {
    const day = Math.floor(wall / 86_400_000);
    if (day !== lastDay) {
      lastDay = day;
      offset = zone.steadyOffset(day);
    }
    if (offset !== undefined) return wall - offset;
    const { parameter, time } = place(row);
    return resolve(parameter, time, wall, zone, rule);
  };
}

const milliseconds = {
  // From 1900 to 2199: seconds and microseconds since 1970 are told apart from milliseconds by what they would mean.
  contains: (value: number): boolean => value >= -2_208_988_800_000 && value < 7_258_118_400_000,
  words: "milliseconds since 1970, for a time from 1900 to 2199",
};

function notATime(parameter: string, value: unknown): InputError {
  const words = "a time like 2024-03-08 09:30:00, or milliseconds since 1970";
  return new InputError(parameter, value, words);
}

/** The refusal of a wall time without a zone. */
export function noZone(what: string): InputError {
  const words = `the name of a time zone, such as "America/New_York": ${what} has no offset from UTC`;
  return new InputError("timeZone", undefined, words);
}

/**
 * Wall-clock times of instants, with daylight saving and with their offsets, so that each can be read again in one way only.
 *
 * @param instants - milliseconds since 1970 in UTC, as `instantsOf` gives them
 * @param timeZone - the zone of the clock, by its IANA name
 * @returns texts such as `"2024-03-08 09:30:00-05:00"`
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * wallClockTimes(instantsOf(["2024-07-01T13:30:00Z"]), "America/New_York"); // → ["2024-07-01 09:30:00-04:00"]
 * ```
 */
export function wallClockTimes(instants: Series, timeZone: string): readonly string[] {
  const zone = zoneOf("timeZone", timeZone);
  if (!isList(instants)) throw new InputError("instants", instants, "an array of milliseconds since 1970");
  const texts = new Array<string>(instants.length);
  for (let i = 0; i < texts.length; i++) {
    const instant: unknown = instants[i];
    const isTime = typeof instant === "number" && milliseconds.contains(instant);
    if (!isTime) checkNumber(`instants[${i}]`, instant, milliseconds, "");
    texts[i] = stampText(instant as number, zone);
  }
  return texts;
}
