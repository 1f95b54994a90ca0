/**
 * Times as texts: ISO 8601 to numbers and back.
 *
 * @module
 */

/** The digits of a text from a place on, or NaN where one of them is none. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

const offsetPattern = /(?:Z|([+-])(\d\d):?(\d\d))$/;

/** A time that was read from a text, in milliseconds since 1970. */
export interface ClockTime {
  /** What the clock on the wall shows, as if it ran in UTC; NaN where the text is no time. */
  readonly wall: number;
  /** The text's own offset from UTC, where it has one. */
  readonly offset: number | undefined;
}

/** Whether a text may end with an offset; most have none, and a pattern takes longer to say so. */
function hasOffset(text: string): boolean {
  const end = text.length;
  return end > 16 && (text[end - 1] === "Z" || text[end - 6] < "." || text[end - 5] < ".");
}

/** What a text gives that is no time. */
export const noTime: ClockTime = { wall: Number.NaN, offset: undefined };

/** Reads `2024-03-08`, `2024-03-08 09:30[:15[.250]]`, with a blank or a `T`, with `Z` or `±HH:MM` or without. */
export function readClock(text: string): ClockTime {
  const date = dateNumber(text);
  if (text.length === 10) return { wall: date, offset: undefined };
  const separator = text[10];
  const found = hasOffset(text) ? offsetPattern.exec(text) : null;
  const end = text.length - (found?.[0].length ?? 0);
  const [hour, minute] = [digits(text, 11, 2), digits(text, 14, 2)];
  const second = end === 16 ? 0 : digits(text, 17, 2);
  const fraction = end <= 20 ? 0 : digits(text, 20, end - 20) / 10 ** (end - 20);
  const isMarked =
    (separator === " " || separator === "T") &&
    text[13] === ":" &&
    (end === 16 || (text[16] === ":" && (end === 19 || (text[19] === "." && end > 20 && end <= 29))));
  if (!(isMarked && hour < 24 && minute < 60 && second < 60)) return noTime;
  const wall = date + ((hour * 60 + minute) * 60 + second) * 1000 + fraction * 1000;
  if (found === null) return { wall, offset: undefined };
  const [, sign, hours = "0", minutes = "0"] = found;
  if (Number(hours) > 14 || Number(minutes) > 59) return noTime;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { wall, offset: sign === "-" ? -offset : offset };
}

/** Midnight of the day that a text begins with, from 1900 to 2199; NaN where it is no day. */
function dateNumber(text: string): number {
  const [year, month, date] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  if (!(text[4] === "-" && text[7] === "-" && year >= 1900 && year < 2200 && month >= 1 && month <= 12)) {
    return Number.NaN;
  }
  if (!(date >= 1 && date <= 31)) return Number.NaN;
  const midnight = midnightOf(year, month, date);
  return date <= 28 || new Date(midnight).getUTCDate() === date ? midnight : Number.NaN;
}

/** Days since 1970-03-01 and the four-year cycle: the Gregorian calendar, counted from March on (Richards 2013). */
function midnightOf(year: number, month: number, date: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const days = Math.floor(365.25 * y) - Math.floor(y / 100) + Math.floor(y / 400);
  return (days + Math.floor((153 * m + 2) / 5) + date - 719_469) * 86_400_000;
}

/** Minutes after midnight of a time of day, `"09:30"`, up to `"24:00"`; NaN where it is none. */
export function minutesOfDay(text: unknown): number {
  if (typeof text !== "string" || text.length !== 5 || text[2] !== ":") return Number.NaN;
  const [hour, minute] = [digits(text, 0, 2), digits(text, 3, 2)];
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= 1440 ? minutes : Number.NaN;
}

/** `"2024-03-08"`, of a wall time. */
export function dateText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

const twoDigits: readonly string[] = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, "0"));

/** `"2024-03-08 09:30:00"`, of a wall time; with its fraction of a second where it has one, to the microsecond. */
export function wallText(wall: number): string {
  const micros = Math.round(wall * 1000);
  const seconds = Math.floor(micros / 1_000_000);
  const rest = micros - seconds * 1_000_000;
  const day = Math.floor(seconds / 86_400);
  const second = seconds - day * 86_400;
  const hour = Math.floor(second / 3600);
  const minute = Math.floor(second / 60) % 60;
  const time = `${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second % 60]}`;
  const text = `${dateOf(day)} ${time}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(6, "0").replace(/000$/, "")}`;
}

let lastDay = { number: Number.NaN, text: "" };

/** The date of a day since 1970. Rows of a table come day by day: the last one is kept. */
function dateOf(number: number): string {
  if (number !== lastDay.number) lastDay = { number, text: dateText(number * 86_400_000) };
  return lastDay.text;
}

/** `"-05:00"`, of an offset from UTC. */
export function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  return `${offset < 0 ? "-" : "+"}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}`;
}
