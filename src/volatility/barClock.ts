/**
 * What the times of bars say of the periods that an estimate takes them for.
 *
 * @module
 */
import { isList } from "../support/checks";
import type { VarianceEstimate } from "./variance";

/** Two times nearer than this are of one day (ms). */
const halfDay = 43_200_000;

/** Whether one time follows another within the day. */
function isSameDay(before: unknown, after: unknown): boolean {
  if (typeof before === "number" && typeof after === "number") return after - before < halfDay;
  return (
    typeof before === "string" && typeof after === "string" && before.slice(0, 10) === after.slice(0, 10)
  );
}

/** The warning that bars of minutes are taken for days, where they have times and nobody said how many make a year. */
function yearWarning(bars: object, periodsPerYear: unknown): string | undefined {
  const { times } = bars as { readonly times?: unknown };
  if (periodsPerYear !== undefined || !isList(times)) return undefined;
  let [count, first] = [0, 0];
  for (let i = 1; i < times.length; i++) {
    if (!isSameDay(times[i - 1], times[i])) continue;
    if (count === 0) first = i;
    count += 1;
  }
  if (2 * count < times.length) return undefined;
  return (
    `These bars are intraday (${times[first]} follows ${times[first - 1]}), and the annual figures take 252 of them for a ` +
    "year. Give periodsPerYear: 98,280 for minutes of a session of 6.5 hours."
  );
}

/** An estimate with that warning, where there is one. */
export function withYearWarning(
  estimate: VarianceEstimate,
  bars: object,
  periodsPerYear: unknown,
): VarianceEstimate {
  const warning = yearWarning(bars, periodsPerYear);
  return warning === undefined
    ? estimate
    : Object.freeze({ ...estimate, warnings: Object.freeze([...estimate.warnings, warning]) });
}
