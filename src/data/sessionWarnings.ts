/**
 * What a reader should know of a series that was split into sessions.
 *
 * @module
 */
import { formatNumber, formatSignificant } from "../support/format";
import type { RowSpan } from "./gaps";
import type { Placement } from "./placement";
import type { SessionSplit } from "./sessionSplit";
import { lengthText, type UnitLength } from "./timeUnit";

/** Texts in a row, at most five of them, and how many more there are. */
export function listText(texts: readonly string[]): string {
  const more = texts.length - 5;
  const shown = texts.slice(0, 5).join(", ");
  return more > 0 ? `${shown} and ${formatNumber(more)} more` : shown;
}

/** A count with its noun: `"1 row"`, `"1,204 rows"`. */
export function countText(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** All of it, most important first. */
export function sessionWarnings(
  split: Omit<SessionSplit, "warnings">,
  placement: Placement,
  unit: UnitLength,
): readonly string[] {
  return Object.freeze([
    ...outsideWarnings(split, placement.busyHolidays),
    ...missingWarnings(split),
    ...edgeWarnings(split, placement, unit),
    ...gapWarnings(split),
    ...haltWarnings(split.halts),
  ]);
}

function outsideWarnings(
  { outside, sessions, timeZone }: Omit<SessionSplit, "warnings">,
  busy: readonly string[],
): string[] {
  const { rows, beforeOpen, afterClose, inBreaks, onHolidays, onOtherDays } = outside;
  if (rows === 0) return [];
  const parts = [
    [beforeOpen, "before the open"],
    [afterClose, "after the close"],
    [inBreaks, "in a break"],
    [onHolidays, "on a holiday"],
    [onOtherDays, "on a day of the week without sessions"],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, where]) => `${formatNumber(count)} ${where}`);
  const lie = `${countText(rows, "row")} ${rows === 1 ? "lies" : "lie"} outside the sessions: ${words.join(", ")}.`;
  const inside = sessions.reduce((sum, session) => sum + session.rows, 0);
  const isMost = rows > inside;
  const hint = ` That is most of them: are the times really those of a clock in ${timeZone}?`;
  const holidays = `There are rows on ${listText(busy)}, which the calendar calls a holiday.`;
  return [isMost ? `${lie}${hint}` : lie, ...(busy.length === 0 ? [] : [holidays])];
}

function missingWarnings({ missingSessions }: Omit<SessionSplit, "warnings">): string[] {
  const count = missingSessions.length;
  if (count === 0) return [];
  const words = count === 1 ? "Was it a holiday? Name it" : "Were they holidays? Name them";
  return [`There are no rows on ${listText(missingSessions)}. ${words} in calendar.holidays.`];
}

/** Sessions that begin late or end early by more than a tenth of their length. */
function edgeWarnings(
  { sessions }: Omit<SessionSplit, "warnings">,
  placement: Placement,
  unit: UnitLength,
): string[] {
  const late: string[] = [];
  const early: string[] = [];
  sessions.forEach(({ date, stretches }, s) => {
    const { elapsed } = placement.sessions[s];
    const whole = elapsed[elapsed.length - 1];
    const first = stretches[0].times[0] * unit.length;
    const last = stretches[stretches.length - 1].times.slice(-1)[0] * unit.length;
    if (first > 0.1 * whole) late.push(`${date} (${lengthText(first, unit)} after the open)`);
    if (last < 0.9 * whole) early.push(`${date} (${lengthText(whole - last, unit)} before the close)`);
  });
  const name = "If the market closed early, name it in calendar.halfDays.";
  return [
    ...(late.length === 0 ? [] : [`The first row comes late on ${listText(late)}.`]),
    ...(early.length === 0 ? [] : [`The last row comes early on ${listText(early)}. ${name}`]),
  ];
}

function gapWarnings({ gaps, sessions }: Omit<SessionSplit, "warnings">): string[] {
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, { rows }) => sum + rows, 0);
  const there = sessions.reduce((sum, { rows }) => sum + rows, 0);
  const longest = gaps.reduce((most, gap) => (gap.rows > most.rows ? gap : most));
  const fraction = `${formatSignificant((100 * missing) / (missing + there), 2)}% of those expected`;
  const where =
    gaps.length === 1 ? "in a gap from" : `in ${formatNumber(gaps.length)} gaps, the longest from`;
  return [
    `${countText(missing, "row")} ${missing === 1 ? "is" : "are"} missing within sessions, ${fraction}, ${where} ` +
      `${longest.from} to ${longest.to}.`,
  ];
}

function haltWarnings(halts: readonly RowSpan[]): string[] {
  if (halts.length === 0) return [];
  const texts = halts.map(({ from, to, rows }) => `${from} to ${to} (${formatNumber(rows)} rows)`);
  return [`Nothing moves or trades from ${listText(texts)}. Was trading halted? Such rows lower volatility.`];
}
