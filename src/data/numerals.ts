/**
 * Numbers as files write them.
 *
 * @module
 */
import type { Thousands } from "./options";

/** How numbers are written. */
export interface NumeralStyle {
  readonly decimal: "." | ",";
  /** The marks that may separate thousands. */
  readonly thousands: readonly Thousands[];
  /** Whether currency signs, percent signs and letters for powers of a thousand may stand with a number. */
  readonly readsMarks: boolean;
}

/** A number and what stood with it. */
export interface Numeral {
  /** NaN where the text is no number. */
  readonly value: number;
  /** What separates its thousands, where anything does. */
  readonly thousands?: Thousands;
  /** What was dropped: `$`, `%`; or multiplied with: `K`, `M`, `B`, `T`. */
  readonly marks?: readonly string[];
}

/** Cells that say that there is no number. */
const missing = new Set(
  ["", "-", "--", "---", "–", "—", ".", "null", "nan", "na", "n/a", "#n/a", "#n/a n/a", "none", "nil"].concat(
    ["#na", "<na>", "nat", "n.a.", "n.d.", "k.a."],
  ),
);

/** Whether a cell says that there is no number. */
export function isMissing(text: string): boolean {
  return missing.has(text.toLowerCase());
}

const zero = 48;

/**
 * The value of a plain number between two places of a text: digits with at most one decimal mark and a sign. NaN of
 * anything else. Up to 15 digits it is exact: an integer and a power of ten below 10²³ are, and a division of the two is
 * rounded once.
 */
export function plainValue(text: string, from: number, to: number, decimal: number): number {
  let at = from;
  const sign = text.charCodeAt(at);
  if (sign === 45 || sign === 43) at += 1;
  let value = 0;
  let digits = 0;
  let point = -1;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    const digit = code - zero;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits += 1;
    } else if (code === decimal && point < 0) point = digits;
    else return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  if (digits > 15) return Number(text.slice(from, to).replace(String.fromCharCode(decimal), "."));
  if (point >= 0) value /= powersOfTen[digits - point];
  return sign === 45 ? -value : value;
}

const powersOfTen = Array.from({ length: 16 }, (_, i) => 10 ** i);

const none: Numeral = { value: Number.NaN };
const exponents: Readonly<Record<string, number>> = { K: 3, k: 3, M: 6, B: 9, T: 12 };
const currency = /^(?:US\$|[$€£¥]|USD|EUR|GBP|CHF|JPY|PLN)\s*|\s*(?:[$€£¥]|USD|EUR|GBP|CHF|JPY|PLN)$/;

/** Whole part, mark of its thousands, decimals, power of ten. */
const patterns = {
  ".": /^(\d+|\d{1,3}(?:([,. '])\d{3})(?:\2\d{3})*)?(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/,
  ",": /^(\d+|\d{1,3}(?:([,. '])\d{3})(?:\2\d{3})*)?(?:,(\d*))?(?:[eE]([+-]?\d+))?$/,
};

/** Reads a number with whatever may stand around and within it. */
export function readNumeral(text: string, { decimal, thousands, readsMarks }: NumeralStyle): Numeral {
  if (/[\t\r\n]/.test(text)) return none;
  const marks: string[] = [];
  let rest = text.replace(/[\u2212\u2013]/, "-").trim();
  const take = (pattern: RegExp, mark: (found: string) => string): boolean => {
    const found = pattern.exec(rest);
    if (!readsMarks || found === null) return false;
    rest = rest.replace(pattern, "").trim();
    marks.push(mark(found[0].trim()));
    return true;
  };
  const isNegative = take(/^\((?=.*\)$)/, () => "( )") && take(/\)$/, () => "( )");
  const sign = /^[+-]/.exec(rest)?.[0] ?? "";
  rest = rest.slice(sign.length);
  if (isNegative && sign !== "") return none;
  take(currency, (found) => found);
  take(/\s*%$/, () => "%");
  let exponent = 0;
  take(/(?<=[\d.,]\s?)[KkMBT]$/, (letter) => {
    exponent = exponents[letter];
    return letter.toUpperCase();
  });
  const found = patterns[decimal].exec(
    rest.replaceAll(/[\u00a0\u202f\u2009]/g, " ").replaceAll("\u2019", "'"),
  );
  if (found === null) return none;
  const [, whole = "", mark, fraction = "", power = "0"] = found;
  if (
    whole + fraction === "" ||
    mark === decimal ||
    (found[4] !== undefined && (mark !== undefined || marks.length > 0))
  )
    return none;
  const isAllowed = mark === undefined || thousands.includes(mark as Thousands);
  // Thousands do not begin with 0: 0.123 has a decimal mark.
  if (!isAllowed || (mark !== undefined && whole.startsWith("0"))) return none;
  const digits = mark === undefined ? whole : whole.replaceAll(mark, "");
  const value = Number(`${digits === "" ? "0" : digits}.${fraction}e${Number(power) + exponent}`);
  return {
    value: sign === "-" || isNegative ? -value : value,
    ...(mark === undefined ? {} : { thousands: mark as Thousands }),
    ...(marks.length === 0 ? {} : { marks: [...new Set(marks)] }),
  };
}
