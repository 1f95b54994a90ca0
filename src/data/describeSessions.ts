/**
 * What was found in a series of prices, in words.
 *
 * @module
 */
import { checkEach, checkHas, type Fields } from "../support/checks";
import { formatNumber, formatSignificant } from "../support/format";
import type { SessionSplit } from "./sessionSplit";
import { countText } from "./sessionWarnings";

/**
 * A split into sessions in words: how many there are, how far apart their rows stand, how many periods that makes in a
 * year, and everything that is missing or strange.
 *
 * @param split - from `splitSessions`
 * @returns lines of text
 * @throws InputError when `split` is none
 *
 * @example
 * ```ts
 * const calendar = { timeZone: "America/New_York", open: "09:30", close: "09:33" };
 * const times = ["2024-03-08 09:30", "2024-03-08 09:31", "2024-03-08 09:32"];
 * const prices = [50, 50.1, 50];
 * describeSessions(splitSessions({ times, open: prices, high: prices, low: prices, close: prices }, calendar));
 * // → 1 session, on 2024-03-08, 3 minutes by the clock of America/New_York; 3 rows, 1 minute apart.
 * ```
 */
export function describeSessions(split: SessionSplit): string {
  checkHas("split", split, ["timeUnit", "warnings"], "a result of splitSessions");
  checkEach("split.sessions", split.sessions, sessionFields, "session, as splitSessions gives it");
  checkHas("split", split, splitFields, "a result of splitSessions");
  const { sessions, timeUnit, timeZone, spacing, warnings } = split;
  const [first, last] = [sessions[0].date, sessions[sessions.length - 1].date];
  const span = sessions.length === 1 ? `on ${first}` : `from ${first} to ${last}`;
  const units = (value: number): string =>
    `${formatSignificant(value, 4)} ${timeUnit}${value === 1 ? "" : "s"}`;
  const rows = countText(
    sessions.reduce((sum, session) => sum + session.rows, 0),
    "row",
  );
  const apart = spacing === undefined ? "at irregular times" : `${units(spacing)} apart`;
  const head = `${countText(sessions.length, "session")}, ${span}, ${lengths(split, units)} by the clock of ${timeZone}`;
  return [`${head}; ${rows}, ${apart}.`, ...yearLine(split), ...warnings].join("\n");
}

/** How long the sessions are, the usual ones first, and on which dates they are not. */
function lengths({ sessions, sessionLength }: SessionSplit, units: (value: number) => string): string {
  const others = sessions.filter(({ length }) => length !== sessionLength);
  const usual = sessions.length - others.length;
  if (sessions.length === 1) return units(sessions[0].length);
  if (others.length === 0) return `${units(sessionLength)} each`;
  const dates = others.map(({ date, length }) => `${units(length)} on ${date}`);
  const shown = dates.length > 3 ? [...dates.slice(0, 3), `… (${dates.length} in all)`] : dates;
  return [...(usual === 0 ? [] : [`${formatNumber(usual)} of ${units(sessionLength)}`]), ...shown].join(", ");
}

const isText = (value: unknown): boolean => typeof value === "string";
const splitFields: Fields = {
  ...{ timeUnit: isText, timeZone: isText, sessionLength: Number.isFinite },
  spacing: (value) => value === undefined || Number.isFinite(value),
  warnings: (value) => Array.isArray(value) && value.every(isText),
};
const sessionFields: Fields = { date: isText, rows: Number.isInteger, length: Number.isFinite };

/** Number of rows of a regular session, where they stand at one distance. */
function rowsPerSession({ sessionLength, spacing }: SessionSplit): number | undefined {
  return spacing === undefined ? undefined : Math.round(sessionLength / spacing);
}

/** What estimators of returns take for a year if they are not told. */
function yearLine(split: SessionSplit): readonly string[] {
  const rows = rowsPerSession(split);
  if (rows === undefined || rows <= 1 || split.sessions.length === 1) return [];
  return [
    `A year of 252 sessions has ${formatNumber(252 * rows)} such periods: give that as periodsPerYear to estimators of ` +
      "returns, whose default takes each row for a day. For σ without nights take sessionVolatility.",
  ];
}
