/**
 * The market's volume in each slice of a ticket.
 *
 * @module
 */
import type { Span } from "../support/calendar";
import { checkNumbers, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { total } from "../support/numbers";
import type { TicketTime } from "./ticketClock";

const day = 86_400_000;

/** Where volumes come from, and how much of them there is. */
export interface TicketVolumes {
  /** The market's volume of each slice (units). */
  readonly volumes: readonly number[];
  /** The curve in words. */
  readonly words: string;
  /** Whether the ticket says each of them. */
  readonly isGiven: boolean;
}

/**
 * The volume of each slice.
 *
 * @param curve - the ticket's `volumeCurve`, unchecked
 * @param dailyVolume - of a regular day; a half day has its part by trading time, where the curve is a named shape
 */
export function ticketVolumes(
  curve: unknown,
  dailyVolume: number,
  unit: string,
  time: TicketTime,
): TicketVolumes {
  const { slices } = time;
  if (isList(curve)) {
    const volumes = checkNumbers("volumeCurve", curve, slices.length, notNegative, unit);
    return { volumes, words: "as given for each slice", isGiven: true };
  }
  if (curve === undefined || curve === "flat") {
    const perTime = dailyVolume / time.dayLength;
    return {
      volumes: slices.map(({ from, to }) => perTime * (to - from)),
      words: "flat over the day",
      isGiven: false,
    };
  }
  if (curve === "u-shape") {
    return { volumes: uShape(dailyVolume, time), words: "U-shaped over the day", isGiven: false };
  }
  if (typeof curve !== "object" || curve === null) {
    throw new InputError(
      "volumeCurve",
      curve,
      `"flat", "u-shape", what volumeProfile gives, or the market's volume of each slice (${unit})`,
    );
  }
  return {
    volumes: fromCurve(curve, dailyVolume, time),
    words: "by the curve given for a day",
    isGiven: false,
  };
}

/**
 * Volume per minute ½ + 3/2 z², with z from −1 at the open to 1 at the close: four times as much at the ends as in the
 * middle, and 1 on average.
 */
function uShape(dailyVolume: number, time: TicketTime): number[] {
  const { hours, dayLength, openLength } = time;
  if (hours === undefined) {
    throw new InputError(
      "volumeCurve",
      "u-shape",
      "a curve with a session: around the clock there is no open and no close",
    );
  }
  const before = (instant: number): number => {
    const u = tradingTime(instant, hours.from, time) / openLength;
    const z = 2 * u - 1;
    return u / 2 + (z ** 3 + 1) / 4;
  };
  const whole = (dailyVolume * openLength) / dayLength;
  return time.slices.map(({ from, to }) => whole * (before(to) - before(from)));
}

/** Trading time between two moments: what lies in breaks does not count. */
function tradingTime(instant: number, from: number, { breaks }: Pick<TicketTime, "breaks">): number {
  let time = instant - from;
  for (const pause of breaks) time -= Math.max(0, Math.min(instant, pause.to) - Math.max(from, pause.from));
  return time;
}

/** The volume of each slice by a curve of fractions of a day, each spread evenly over the trading time to the next. */
function fromCurve(curve: object, dailyVolume: number, time: TicketTime): number[] {
  const { starts, fractions } = curve as Readonly<Record<string, unknown>>;
  if (!Array.isArray(starts) || starts.length === 0) {
    throw new InputError(
      "volumeCurve.starts",
      starts,
      'an array of times of day, such as "09:30", as volumeProfile gives it',
    );
  }
  const parts = checkNumbers("volumeCurve.fractions", fractions, starts.length, notNegative, "");
  const whole = total(parts);
  if (!(whole > 0 && whole <= 1 + 1e-9)) {
    throw new InputError(
      "the sum of volumeCurve.fractions",
      whole,
      "above 0 and at most 1",
      "They are fractions of a day.",
    );
  }
  const edges = edgesOf(starts, time);
  const before = (instant: number): number => {
    let volume = 0;
    for (let i = 0; i < parts.length; i++) {
      const to = edges[i + 1];
      const length = tradingTime(to, edges[i], time);
      const within = tradingTime(Math.min(Math.max(instant, edges[i]), to), edges[i], time);
      if (length > 0) volume += parts[i] * (within / length);
    }
    return dailyVolume * volume;
  };
  if (time.hours !== undefined) return time.slices.map(({ from, to }) => before(to) - before(from));
  // Around the clock a day follows a day.
  const over = (instant: number): number => {
    const days = Math.floor((instant - edges[0]) / day);
    return days * dailyVolume * whole + before(instant - days * day);
  };
  return time.slices.map(({ from, to }: Span) => over(to) - over(from));
}

/** When each part of the curve begins, and when the last one ends. */
function edgesOf(
  starts: readonly unknown[],
  { midnight, hours, dayLength, breaks }: TicketTime,
): readonly number[] {
  const clock = Array.from(starts, (start, i) => midnight + timeOfStart(`volumeCurve.starts[${i}]`, start));
  // Where sessions begin the evening before, the curve does too.
  const first = hours !== undefined && clock[0] - hours.from >= day ? clock[0] - day : clock[0];
  if (hours !== undefined && first !== hours.from) {
    const words = "the session's open, since fractions are of a whole day";
    throw new InputError("volumeCurve.starts[0]", starts[0], words);
  }
  const pauses = breaks.reduce((sum, { from, to }) => sum + to - from, 0);
  const end = first + dayLength + pauses;
  // Each is the first such time from the beginning of the day on.
  const edges = clock.map((at) => at - day * Math.floor((at - first) / day));
  edges.forEach((at, i) => {
    if (i === 0 || (at > edges[i - 1] && at < end)) return;
    const words = `a time of day after ${starts[i - 1]}, and before the session's end`;
    throw new InputError(`volumeCurve.starts[${i}]`, starts[i], words);
  });
  return [...edges, end];
}

/** `"09:30"` or `"09:30:00"`, since midnight (ms). */
function timeOfStart(name: string, value: unknown): number {
  const found = typeof value === "string" ? /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(value) : null;
  if (found === null) throw new InputError(name, value, 'a time of day such as "09:30"');
  const [hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0));
  return ((hour * 60 + minute) * 60 + second) * 1000;
}
