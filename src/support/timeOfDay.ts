/**
 * Times of day without a date.
 *
 * @module
 */
const day = 86_400_000;

/** Milliseconds in the units that a clock shows. A day has no place here: it may be one of trading or one of 24 hours. */
const units: Readonly<Record<string, number>> = {
  ...{ second: 1000, seconds: 1000, sec: 1000, s: 1000 },
  ...{ minute: 60_000, minutes: 60_000, min: 60_000 },
  ...{ hour: 3_600_000, hours: 3_600_000, h: 3_600_000 },
};

/** The length of a unit of time (ms); undefined where a clock does not show it. */
export function unitMilliseconds(timeUnit: string): number | undefined {
  return Object.hasOwn(units, timeUnit) ? units[timeUnit] : undefined;
}

const clockPattern = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?$/;

/** A time of day (ms since midnight); NaN where the text is none. */
export function readTimeOfDay(text: string): number {
  const found = clockPattern.exec(text);
  if (found === null) return Number.NaN;
  const [hour, minute, second] = found.slice(1, 4).map((part) => Number(part ?? 0));
  const fraction = found[4] === undefined ? 0 : Number(`0.${found[4]}`);
  const time = ((hour * 60 + minute) * 60 + second + fraction) * 1000;
  return time <= day ? time : Number.NaN;
}

/** A time as the clock shows it, to the millisecond: `"09:35"`, `"09:35:30"`, `"09:35:30.250"`. */
export function timeOfDayText(milliseconds: number): string {
  const within = ((Math.round(milliseconds) % day) + day) % day;
  const two = (value: number): string => String(value).padStart(2, "0");
  const [seconds, fraction] = [Math.floor(within / 1000), within % 1000];
  const rest = seconds % 60;
  const tail = fraction === 0 ? "" : `.${String(fraction).padStart(3, "0")}`;
  const exact = rest === 0 && fraction === 0 ? "" : `:${two(rest)}${tail}`;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${exact}`;
}
