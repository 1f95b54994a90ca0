/**
 * What the times of bars say of the periods that an estimate takes them for.
 *
 * @module
 */
import { isList } from "../support/checks";

/** Two times nearer than this are of one day (ms). */
const halfDay = 43_200_000;

/** Whether one time follows another within the day. */
function isSameDay(before: unknown, after: unknown): boolean {
  if (typeof before === "number" && typeof after === "number") return after - before < halfDay;
  return (
    typeof before === "string" && typeof after === "string" && before.slice(0, 10) === after.slice(0, 10)
  );
}

/** Two neighbors of one day, in words, where half of all times follow another within the day. */
export function intradayPair(times: unknown): string | undefined {
  if (!isList(times)) return undefined;
  let [count, first] = [0, 0];
  for (let i = 1; i < times.length; i++) {
    if (!isSameDay(times[i - 1], times[i])) continue;
    if (count === 0) first = i;
    count += 1;
  }
  return count === 0 || 2 * count < times.length ? undefined : `${times[first]} follows ${times[first - 1]}`;
}

/** The warning that bars of minutes are taken for days, where they have times and nobody said how many make a year. */
export function yearWarnings(bars: object, periodsPerYear: unknown): readonly string[] {
  const pair = intradayPair((bars as { readonly times?: unknown }).times);
  if (periodsPerYear !== undefined || pair === undefined) return [];
  return [
    `These bars are intraday (${pair}), and the annual figures take 252 of them for a ` +
      "year. Give periodsPerYear: 98,280 for minutes of a session of 6.5 hours.",
  ];
}
