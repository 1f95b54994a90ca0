/**
 * Units of time: those in which a schedule may count, and how long each is.
 *
 * @module
 */

import { type Hours, regularLength } from "../support/calendar";
import { checkChoice, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";

/** A unit of trading time. A day is one regular session of the calendar, without breaks. */
export type TradingTimeUnit = "second" | "minute" | "hour" | "day";

const units: readonly TradingTimeUnit[] = ["second", "minute", "hour", "day"];

/** A unit by its name, with its length (ms). */
export interface UnitLength {
  readonly name: TradingTimeUnit;
  readonly length: number;
}

/** Checks a unit (default `"minute"`). */
export function checkTimeUnit(value: unknown, hours: Hours): UnitLength {
  const name = checkChoice("timeUnit", value === undefined ? "minute" : value, units);
  const length = { second: 1000, minute: 60_000, hour: 3_600_000, day: regularLength(hours) }[name];
  return { name, length };
}

/** Checks the length of an interval, and gives it in milliseconds: at least one, so that there is an end to intervals. */
export function checkIntervalLength(value: unknown, unit: UnitLength, hours: Hours): number {
  const milliseconds = checkNumber("length", value, positive, unit.name) * unit.length;
  const regular = regularLength(hours);
  if (milliseconds >= 1 && milliseconds <= regular * (1 + 1e-12)) return milliseconds;
  const most = formatSignificant(regular / unit.length, 6);
  const words = `at least a millisecond and at most the session, ${most} (${unit.name})`;
  throw new InputError("length", value, words);
}

/** A length of time in words: `"1 minute"`, `"30 minutes"`. */
export function lengthText(milliseconds: number, { name, length }: UnitLength): string {
  const value = formatSignificant(milliseconds / length, 6);
  return `${value} ${name}${value === "1" ? "" : "s"}`;
}
