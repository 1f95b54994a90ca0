/**
 * The forms in which files write dates, and how each is read.
 *
 * @module
 */

/** What separates the parts of a date. */
export type Separator = "-" | "/" | ".";
/** How a year is written. */
export type Year = "YYYY" | "YY";

/** How dates are written. `MMM` is the name of a month in English, in full or its first three letters. */
export type DateForm =
  | `${Year}${Separator}MM${Separator}DD`
  | `DD${Separator}MM${Separator}${Year}`
  | `MM${Separator}DD${Separator}${Year}`
  | "YYYYMMDD"
  | `DD MMM ${Year}`
  | `MMM DD ${Year}`
  | `YYYY MMM DD`
  | "Unix seconds"
  | "Unix milliseconds"
  | "Unix microseconds"
  | "Unix nanoseconds";

/** A date that was read. */
export interface ReadDate {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** What follows the date in its cell; `""` where nothing does. */
  readonly rest: string;
}

/** An instant that was read from a count since 1970. */
export interface ReadInstant {
  readonly seconds: number;
  readonly nanos: number;
}

/** One form: what it takes from a cell, or nothing where the cell is written otherwise. */
export type DateReader = (cell: string) => ReadDate | ReadInstant | undefined;

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthNames =
  "january february march april may june july august september october november december".split(" ");

const afterDate = "(?:(?:T|\\s*,\\s*|\\s+)(\\S.*))?$";
const weekday = "^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s+)?";

/** A pattern of three parts and what follows, and which of the parts is year, month and day. */
function calendarReader(pattern: RegExp, [y, m, d]: readonly [number, number, number]): DateReader {
  return (cell) => {
    const found = pattern.exec(cell);
    if (found === null) return undefined;
    const day = dayNumber(yearOf(found[y]), monthOf(found[m]), Number(found[d]));
    return Number.isNaN(day) ? undefined : { day, rest: found[4] ?? "" };
  };
}

/** Two digits as POSIX reads them: 69 to 99 are of the last century. */
function yearOf(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 69 ? 2000 : 1900);
}

function monthOf(text: string): number {
  if (text.charCodeAt(0) < 58) return Number(text);
  const name = text.toLowerCase();
  const short = months.indexOf(name === "sept" ? "sep" : name);
  return (short >= 0 ? short : monthNames.indexOf(name)) + 1;
}

/** Days since 1970-01-01, or NaN where there is no such day from 1700 to 2199. */
export function dayNumber(year: number, month: number, day: number): number {
  if (!(year >= 1700 && year < 2200 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return Number.NaN;
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** The latest instant that a count since 1970 may mean: the end of 2099. */
const lastSecond = 4_102_444_799;

const compact = calendarReader(/^(\d{4})(\d\d)(\d\d)(?:(?:T|-|\s+)?(\S.*))?$/, [1, 2, 3]);

/**
 * Reads `20240102`, and with a time of day right behind it. Ten digits or more also count seconds since 1970: from the year
 * 1900 on the two cannot be taken for each other before 2030. Ten digits are a day and an hour.
 */
const compactReader: DateReader = (cell) => {
  const isLong = /^\d{9}/.test(cell);
  if (isLong && cell < "19") return undefined;
  return compact(isLong && cell.length === 10 ? `${cell}00` : cell);
};

/** A reader of counts of seconds since 1970 with a number of decimals, written without their point or, of seconds, with it. */
function unixReader(decimals: number): DateReader {
  const pattern =
    decimals === 0 ? /^\d{9,10}(?:\.\d{1,9})?$/ : new RegExp(`^\\d{9,10}\\d{${decimals}}(?:\\.0+)?$`);
  const perSecond = 10 ** decimals;
  const isExact = decimals === 3 || decimals === 6;
  return (cell) => {
    if (!pattern.test(cell)) return undefined;
    if (isExact) {
      // A count of 16 digits is an exact double, and a quotient that is cut off needs no text.
      const count = Number(cell);
      const seconds = Math.floor(count / perSecond);
      if (seconds > lastSecond) return undefined;
      return { seconds, nanos: (count - seconds * perSecond) * (1e9 / perSecond) };
    }
    const point = cell.indexOf(".");
    const whole = point < 0 ? cell : cell.slice(0, point);
    const fraction = decimals === 0 ? (point < 0 ? "" : cell.slice(point + 1)) : whole.slice(-decimals);
    const seconds = Number(decimals === 0 ? whole : whole.slice(0, -decimals));
    if (seconds > lastSecond) return undefined;
    return { seconds, nanos: fraction === "" ? 0 : Number(fraction) * 10 ** (9 - fraction.length) };
  };
}

function formsOfDates(): ReadonlyMap<DateForm, DateReader> {
  const readers = new Map<DateForm, DateReader>();
  for (const separator of ["-", "/", "."] as const) {
    const s = `[${separator}]`;
    for (const [Y, year] of [
      ["YYYY", "(\\d{4})"],
      ["YY", "(\\d{2})"],
    ] as const) {
      const yearFirst = new RegExp(`^${year}${s}(\\d{1,2})${s}(\\d{1,2})${afterDate}`);
      const yearLast = new RegExp(`^(\\d{1,2})${s}(\\d{1,2})${s}${year}${afterDate}`);
      readers.set(`${Y}${separator}MM${separator}DD`, calendarReader(yearFirst, [1, 2, 3]));
      readers.set(`DD${separator}MM${separator}${Y}`, calendarReader(yearLast, [3, 2, 1]));
      readers.set(`MM${separator}DD${separator}${Y}`, calendarReader(yearLast, [3, 1, 2]));
    }
  }
  readers.set("YYYYMMDD", compactReader);
  const month = "([a-z]{3,9})\\.?";
  const [dayFirst, monthFirst] = [
    `${weekday}(\\d{1,2})[-/\\s]${month}[-/,\\s]\\s*`,
    `${weekday}${month}\\s+`,
  ];
  for (const [Y, year] of [
    ["YYYY", "(\\d{4})"],
    ["YY", "(\\d{2})"],
  ] as const) {
    const named = new RegExp(`${dayFirst}${year}${afterDate}`, "i");
    readers.set(`DD MMM ${Y}`, calendarReader(named, [3, 2, 1]));
    const american = new RegExp(`${monthFirst}(\\d{1,2}),?\\s+${year}${afterDate}`, "i");
    readers.set(`MMM DD ${Y}`, calendarReader(american, [3, 1, 2]));
  }
  const yearMonth = new RegExp(`^(\\d{4})[-/\\s]${month}[-/\\s](\\d{1,2})${afterDate}`, "i");
  readers.set("YYYY MMM DD", calendarReader(yearMonth, [1, 2, 3]));
  readers.set("Unix seconds", unixReader(0));
  readers.set("Unix milliseconds", unixReader(3));
  readers.set("Unix microseconds", unixReader(6));
  readers.set("Unix nanoseconds", unixReader(9));
  return readers;
}

const readers = formsOfDates();

/** All forms. */
export const dateForms: readonly DateForm[] = [...readers.keys()];

/** The reader of a form. */
export function dateReader(form: DateForm): DateReader {
  return readers.get(form) as DateReader;
}

/** Dates with points have the day first wherever they are written by hand; only an option says otherwise. */
const byOptionOnly: readonly DateForm[] = ["MM.DD.YYYY", "MM.DD.YY"];

/** The forms that a cell can have. */
export function formsOf(cell: string): readonly DateForm[] {
  return dateForms.filter((form) => !byOptionOnly.includes(form) && dateReader(form)(cell) !== undefined);
}
