/**
 * A whole column of times: which form it has, and what it says.
 *
 * @module
 */
import { type DateForm, type DateReader, dateReader, dayNumber, formsOf } from "./dateForms";
import { type ReadClock, readClock } from "./timeOfDay";

/** A column of times that was read. */
export interface TimeColumn {
  readonly form: DateForm;
  /** Texts of ISO 8601 with a blank between day and time, as precise as the file's. */
  readonly texts: string[];
  /** Seconds since 1970, by the offset where there is one, else as if clocks ran by Greenwich. */
  readonly seconds: Float64Array;
  /** What the seconds leave out. */
  readonly nanos: Float64Array;
  /** Whether the times have a time of day. */
  readonly hasClock: boolean;
  /** The time zone that every time names. */
  readonly zone: string | undefined;
}

/** Why a column cannot be read in a form: the first time that is written otherwise. */
export interface TimeFault {
  readonly row: number;
  readonly allowed: string;
}

/** What a column may be read as. */
export interface TimeReadings {
  readonly readings: readonly TimeColumn[];
  /** Where there is no reading: what is wrong in the form that goes furthest. */
  readonly fault: TimeFault;
}

const anyTime = "a date like 2013-09-03, or a time like 2013-09-03 08:30:00";
const anyClock =
  "a date with a time of day like 08:30 or 08:30:15.250, and an offset from -12:00 to +14:00 where there is one";

/** Reads a column in every form that its first cell can have, or in the one that the caller names. */
export function readTimes(
  cell: (row: number) => string,
  rows: number,
  forced: DateForm | undefined,
): TimeReadings {
  const forms = forced === undefined ? formsOf(cell(0)) : [forced];
  const readings: TimeColumn[] = [];
  const unforced = forms.length === 0 ? anyTime : anyClock;
  const allowed = forced === undefined ? unforced : `a date in the form ${forced}`;
  let fault: TimeFault = { row: 0, allowed };
  for (const form of forms) {
    const found = readInForm(form, cell, rows);
    if ("texts" in found) readings.push(found);
    else if (found.row > fault.row) fault = found;
  }
  return { readings, fault };
}

/** What must be the same all the way down. */
interface Style {
  hasClock: boolean;
  hasSeconds: boolean;
  isCompact: boolean;
  hasOffset: boolean;
  zone: string;
}

/** A time that was read; one object is written over by every cell. */
interface ReadTime extends Style {
  text: string;
  seconds: number;
  nanos: number;
}

function readInForm(form: DateForm, cell: (row: number) => string, rows: number): TimeColumn | TimeFault {
  const texts = new Array<string>(rows);
  const seconds = new Float64Array(rows);
  const nanos = new Float64Array(rows);
  const read = timeReader(form);
  let style: Style | undefined;
  for (let row = 0; row < rows; row++) {
    const written = cell(row);
    // Most files are written plainly; a pattern takes three times as long to say so.
    const plain = form === "YYYY-MM-DD" && isPlainStyle(style, written) ? plainSeconds(written) : Number.NaN;
    if (!Number.isNaN(plain)) {
      texts[row] = written.charCodeAt(10) === letterT ? written.replace("T", " ") : written;
      seconds[row] = plain;
      continue;
    }
    const time = read(written);
    if (time === undefined) return { row, allowed: `a date in the form ${form}, as in the rows above` };
    style ??= { ...time };
    if (!isSameStyle(style, time)) {
      return { row, allowed: `written like the time before it, ${cell(row - 1)}` };
    }
    texts[row] = time.text;
    seconds[row] = time.seconds;
    nanos[row] = time.nanos;
  }
  const { hasClock = false, zone = "" } = style ?? {};
  return { form, texts, seconds, nanos, hasClock, zone: zone === "" ? undefined : zone };
}

function isSameStyle(one: Style, other: Style): boolean {
  return (
    one.hasClock === other.hasClock &&
    one.hasSeconds === other.hasSeconds &&
    one.isCompact === other.isCompact &&
    one.hasOffset === other.hasOffset &&
    one.zone === other.zone
  );
}

/** Whether a text may be plain and of the style of those before it; the first text of all is read by its pattern. */
function isPlainStyle(style: Style | undefined, text: string): boolean {
  if (style === undefined || style.hasOffset || style.isCompact || style.zone !== "") return false;
  return text.length === (style.hasClock ? (style.hasSeconds ? 19 : 16) : 10);
}

/** Reads one cell in a form; nothing where it is written otherwise. */
function timeReader(form: DateForm): (cell: string) => ReadTime | undefined {
  const read = rememberingDays(dateReader(form));
  const clockOf = rememberingClocks();
  const dayText = dayTexts();
  const instantText = instantTexts();
  const time: ReadTime = {
    ...{ text: "", seconds: 0, nanos: 0 },
    ...{ hasClock: false, hasSeconds: false, isCompact: false, hasOffset: false, zone: "" },
  };
  return (cell) => {
    const date = read(cell);
    if (date === undefined) return undefined;
    if ("seconds" in date) {
      time.text = instantText(date.seconds, date.nanos);
      time.seconds = date.seconds;
      time.nanos = date.nanos;
      time.hasClock = time.hasSeconds = time.hasOffset = true;
      return time;
    }
    time.text = dayText(date.day);
    time.seconds = date.day * 86_400;
    time.hasClock = date.rest !== "";
    if (!time.hasClock) return time;
    const clock = clockOf(date.rest);
    if (clock === undefined) return undefined;
    time.text += ` ${clock.text}${clock.offset}`;
    time.seconds += clock.seconds - clock.offsetSeconds;
    time.nanos = clock.nanos;
    time.hasSeconds = clock.hasSeconds;
    time.isCompact = clock.isCompact;
    time.hasOffset = clock.offset !== "";
    time.zone = clock.zone;
    return time;
  };
}

/** Reads a cell that begins with the day of the cell before it without a pattern: most rows are of the same day. */
function rememberingDays(read: DateReader): DateReader {
  let start = "";
  let day = Number.NaN;
  return (cell) => {
    if (start !== "" && cell.startsWith(start)) return { day, rest: cell.slice(start.length).trimStart() };
    const date = read(cell);
    if (date !== undefined && "day" in date && date.rest !== "") {
      start = cell.slice(0, cell.length - date.rest.length);
      day = date.day;
    }
    return date;
  };
}

/** As many times of day as are remembered: a day has 1440 minutes. */
const mostClocks = 2000;

/** Reads a time of day that was read before without a pattern: every day has the same. */
function rememberingClocks(): (rest: string) => ReadClock | undefined {
  const known = new Map<string, ReadClock>();
  return (rest) => {
    const found = known.get(rest);
    if (found !== undefined) return found;
    const clock = readClock(rest);
    if (clock !== undefined && known.size < mostClocks) known.set(rest, clock);
    return clock;
  };
}

/** Writes days since 1970 as dates; rows of one day follow each other. */
function dayTexts(): (day: number) => string {
  let last = Number.NaN;
  let text = "";
  return (day) => {
    if (day !== last) text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    last = day;
    return text;
  };
}

/** Writes instants; a time of day that was written before is not put together again. */
function instantTexts(): (seconds: number, nanos: number) => string {
  const dayText = dayTexts();
  const clocks = new Map<number, string>();
  return (seconds, nanos) => {
    const day = Math.floor(seconds / 86_400);
    const second = seconds - day * 86_400;
    const clock = clocks.get(second) ?? new Date(second * 1000).toISOString().slice(11, 19);
    if (!clocks.has(second)) clocks.set(second, clock);
    const whole = `${dayText(day)} ${clock}`;
    if (nanos === 0) return `${whole}Z`;
    return `${whole}.${String(nanos)
      .padStart(9, "0")
      .replace(/(?:000)+$/, "")}Z`;
  };
}

const letterT = 84;

/** Seconds since 1970 of `2013-09-03`, `2013-09-03 08:30` or `2013-09-03 08:30:15`; NaN of any other text. */
function plainSeconds(text: string): number {
  const { length } = text;
  if (length !== 10 && length !== 16 && length !== 19) return Number.NaN;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const day = dayNumber(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  );
  if (length === 10) return day * 86_400;
  const separator = text.charCodeAt(10);
  if ((separator !== 32 && separator !== letterT) || text.charCodeAt(13) !== 58) return Number.NaN;
  const [hour, minute] = [twoDigits(text, 11), twoDigits(text, 14)];
  const second = length === 16 ? 0 : text.charCodeAt(16) === 58 ? twoDigits(text, 17) : Number.NaN;
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN;
  return day * 86_400 + (hour * 60 + minute) * 60 + second;
}

function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}
