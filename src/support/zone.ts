/**
 * Time zones: what a clock on the wall shows at an instant, and at which instant it shows a time. Offsets come from the
 * time zone database that every JavaScript engine carries (`Intl`), so no table of our own grows old.
 *
 * Inside, both are milliseconds since 1970: an instant as UTC counts them, a wall time as if the clock on the wall ran
 * in UTC.
 *
 * @module
 */
import { InputError } from "./errors";

const day = 86_400_000;

/** The offset over one day of UTC: `before` until `change`, `after` from then on. */
interface DayOffsets {
  readonly before: number;
  /** Instant at which clocks are set; the next midnight where they are not. */
  readonly change: number;
  readonly after: number;
}

/** A time zone with the offsets that were asked for so far. */
export class Zone {
  private readonly clock: Intl.DateTimeFormat;
  private readonly days = new Map<number, DayOffsets>();
  private readonly steady = new Map<number, number | undefined>();

  constructor(readonly name: string) {
    this.clock = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: name, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
    });
  }

  /** What local time is ahead of UTC at an instant (ms). */
  offsetAt(instant: number): number {
    const { before, change, after } = this.dayAt(Math.floor(instant / day));
    return instant < change ? before : after;
  }

  /**
   * The instants at which the clock shows a wall time: one, none where clocks are set forward past it, two where they are
   * set back over it. `around` holds the readings with the offsets before and after, the earlier instant first.
   */
  instantsAt(wall: number): {
    readonly found: readonly number[];
    readonly around: readonly [number, number];
  } {
    const steady = this.steadyOffset(Math.floor(wall / day));
    if (steady !== undefined) return { found: [wall - steady], around: [wall - steady, wall - steady] };
    const offsets = [this.offsetAt(wall - day), this.offsetAt(wall + day)];
    const readings = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
    const found = readings.filter((instant) => instant + this.offsetAt(instant) === wall);
    return { found: [...new Set(found)], around: [readings[0], readings[1]] };
  }

  /** The offset, where no clock is set on a day of the wall, nor on the day before or after. */
  steadyOffset(dayNumber: number): number | undefined {
    if (this.steady.has(dayNumber)) return this.steady.get(dayNumber);
    const days = [dayNumber - 1, dayNumber, dayNumber + 1].map((one) => this.dayAt(one));
    const offset = days[0].before;
    const isSteady = days.every(({ before, after }) => before === offset && after === offset);
    const result = isSteady ? offset : undefined;
    this.steady.set(dayNumber, result);
    return result;
  }

  private dayAt(dayNumber: number): DayOffsets {
    const known = this.days.get(dayNumber);
    if (known !== undefined) return known;
    const [start, end] = [dayNumber * day, (dayNumber + 1) * day];
    const before = this.days.get(dayNumber - 1)?.after ?? this.readOffset(start);
    const after = this.readOffset(end);
    const found = { before, change: before === after ? end : this.changeWithin(start, end, after), after };
    this.days.set(dayNumber, found);
    return found;
  }

  /** The first instant with the later offset, by bisection to the second. */
  private changeWithin(start: number, end: number, after: number): number {
    let [low, high] = [start, end];
    while (high - low > 1000) {
      const middle = low + 1000 * Math.floor((high - low) / 2000);
      if (this.readOffset(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  }

  /** Reads the clock: `"03/10/2024, 01:59:59"`. */
  private readOffset(instant: number): number {
    const [month, date, year, hour, minute, second] = this.clock.format(instant).split(/\D+/).map(Number);
    return Date.UTC(year, month - 1, date, hour, minute, second) - instant;
  }
}

const zones = new Map<string, Zone>();

/** A zone by its name. */
export function zoneOf(parameter: string, name: unknown): Zone {
  const known = typeof name === "string" ? zones.get(name) : undefined;
  if (known !== undefined) return known;
  const words = 'the name of a time zone, such as "America/New_York", "Europe/London" or "UTC"';
  if (typeof name !== "string" || !/^(?:\w+\/[\w/+-]+|UTC)$/.test(name)) {
    // EST is a zone without daylight saving, and CST is three.
    const isShort = typeof name === "string" && /^[A-Z]{2,5}\d?[A-Z]*$/.test(name);
    const hint = "Abbreviations are ambiguous or leave out daylight saving: name the city.";
    throw new InputError(parameter, name, words, isShort ? hint : "");
  }
  let zone: Zone;
  try {
    zone = new Zone(name);
  } catch {
    throw new InputError(parameter, name, words, "This one is not in the time zone database.");
  }
  zones.set(name, zone);
  return zone;
}
