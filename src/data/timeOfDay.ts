/**
 * The time of day behind a date, and the zone that it states.
 *
 * @module
 */

/** A time of day. */
export interface ReadClock {
  /** `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, as precise as the cell is. */
  readonly text: string;
  readonly seconds: number;
  readonly nanos: number;
  readonly hasSeconds: boolean;
  /** Whether it is written without colons. */
  readonly isCompact: boolean;
  /** `Z` or `±HH:MM`; `""` where the cell states none. */
  readonly offset: string;
  /** Offset from Greenwich in seconds. */
  readonly offsetSeconds: number;
  /** Name of the time zone, where the cell states one. */
  readonly zone: string;
}

const clockPattern =
  /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?(?![a-z]))?(?:\s*(z|[a-z]+|[a-z_]+(?:\/[a-z_+\-0-9]+)+|(?:utc|gmt)?[+-]\d\d(?::?\d\d)?))?$/i;
const compactPattern = /^(\d\d)(\d\d)(?:(\d\d)(\d{3})?)?$/;

/** Offsets of the abbreviations that RFC 5322 defines, in hours; others mean several places. */
const abbreviations: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  ...{ Z: 0, UTC: 0, GMT: 0 },
};

/** Reads a time of day, or gives nothing where it is none. */
export function readClock(rest: string): ReadClock | undefined {
  const found = clockPattern.exec(rest) ?? compactPattern.exec(rest);
  if (found === null) return undefined;
  const [, hours, minutes, wholeSeconds, fraction = "", half, zoneText = ""] = found;
  const hour = hourOf(Number(hours), half);
  const [minute, second] = [Number(minutes), Number(wholeSeconds ?? 0)];
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  const zone = zoneOf(zoneText);
  if (zone === undefined) return undefined;
  const precise =
    wholeSeconds === undefined ? "" : `:${wholeSeconds}${fraction === "" ? "" : `.${fraction}`}`;
  return {
    text: `${String(hour).padStart(2, "0")}:${minutes}${precise}`,
    seconds: (hour * 60 + minute) * 60 + second,
    nanos: fraction === "" ? 0 : Number(fraction.padEnd(9, "0")),
    hasSeconds: wholeSeconds !== undefined,
    isCompact: !rest.includes(":"),
    ...zone,
  };
}

/** The hour of a clock with 24; NaN where a clock with 12 has no such hour. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

type Zone = Pick<ReadClock, "offset" | "offsetSeconds" | "zone">;

function zoneOf(text: string): Zone | undefined {
  if (text === "") return { offset: "", offsetSeconds: 0, zone: "" };
  const numeric = /^(?:utc|gmt)?([+-])(\d\d):?(\d\d)?$/i.exec(text);
  if (numeric !== null) {
    const [, sign, hours, minutes = "00"] = numeric;
    const size = Number(hours) * 60 + Number(minutes);
    // Clocks differ from Greenwich by quarters of an hour, from 12 hours behind to 14 ahead.
    if (size % 15 !== 0 || size > (sign === "-" ? 12 : 14) * 60 || Number(minutes) > 59) return undefined;
    const offsetSeconds = (sign === "-" ? -60 : 60) * size;
    return { offset: `${sign}${hours}:${minutes}`, offsetSeconds, zone: "" };
  }
  const hours = abbreviations[text.toUpperCase()];
  if (hours === undefined)
    return text.includes("/") ? { offset: "", offsetSeconds: 0, zone: text } : undefined;
  const offset = hours === 0 ? "Z" : `-0${-hours}:00`;
  return { offset, offsetSeconds: 3600 * hours, zone: "" };
}
