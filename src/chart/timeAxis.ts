/**
 * The axis of time of every chart: in the unit that a person would say, or in the time of day.
 *
 * @module
 */
import { duration, timeUnits } from "../model/notation";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { unitMilliseconds } from "../support/timeOfDay";
import type { Trace } from "./figure";

/** Options of every chart with an axis of time. */
export interface TimeOptions {
  /** When trading begins, such as `"09:30"`: the axis shows the time of day (default: the time since the start). */
  readonly start?: string | undefined;
}

/** What an axis of time must know: the horizon and its unit, as a problem has them. */
export interface TimeSpan {
  /** Name of the unit, for example `"second"`. */
  readonly timeUnit: string;
  /** Length of what is drawn (unit of time). */
  readonly horizon: number;
}

/** How a chart shows times that are given in a problem's own unit. */
export interface TimeAxis {
  /** The places of some times on the axis: numbers, or texts of date and time where there is a start. */
  readonly places: (times: readonly number[]) => readonly (number | string)[];
  /** Title with the unit. */
  readonly title: string;
  /** Ticks and the head of what the pointer reads, as plotly.js defines them. */
  readonly axis: Trace;
  /** A time since the start in words: `"after 3.8 minutes"`, or `"by 09:33"`. */
  readonly when: (time: number) => string;
}

/** The units that a person would say. */
const secondsIn = { second: 1, minute: 60, hour: 3600 } as const;

function secondsPer(timeUnit: string): number | undefined {
  const milliseconds = unitMilliseconds(timeUnit);
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

/** The unit of an axis: seconds up to two minutes, minutes up to three hours, hours beyond. */
function axisUnit(seconds: number): "second" | "minute" | "hour" {
  if (seconds <= 120) return "second";
  return seconds <= 10_800 ? "minute" : "hour";
}

/** The unit of a time in a sentence: minutes from one on, hours from two on. */
function spokenUnit(seconds: number): "second" | "minute" | "hour" {
  if (seconds < 59.5) return "second";
  return seconds < 7200 ? "minute" : "hour";
}

/**
 * A length of time in the unit that a person would say, with two digits: `"3.8 minutes"`; of a day, whose hours are not known,
 * the percentage: `"8.5% of a day"`; other units stay as they are.
 */
export function spokenDuration(time: number, units: Pick<TimeSpan, "timeUnit">): string {
  if (units.timeUnit === "day" && time > 0 && time < 0.995)
    return `${formatSignificant(100 * time, 2)}% of a day`;
  return inSpokenUnit(time, units, twoDigits);
}

/** The same with six digits, for what is stated rather than found. */
export function statedDuration(time: number, units: Pick<TimeSpan, "timeUnit">): string {
  return inSpokenUnit(time, units, (value) => value);
}

function inSpokenUnit(
  time: number,
  { timeUnit }: Pick<TimeSpan, "timeUnit">,
  round: (value: number) => number,
): string {
  const seconds = secondsPer(timeUnit);
  if (seconds === undefined) return duration(round(time), { timeUnit });
  const unit = spokenUnit(Math.abs(time) * seconds);
  return duration(round((time * seconds) / secondsIn[unit]), { timeUnit: unit });
}

/** Two significant digits, and all digits before the point. */
function twoDigits(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(2));
}

/**
 * The axis for a problem's times.
 *
 * @throws InputError when `start` is no time of day, or a clock shows neither the unit of time nor so long a horizon
 */
export function timeAxis(span: TimeSpan, start?: unknown): TimeAxis {
  return start === undefined ? elapsedAxis(span) : clockAxis(span, start);
}

function elapsedAxis({ timeUnit, horizon }: TimeSpan): TimeAxis {
  const seconds = secondsPer(timeUnit);
  const unit = seconds === undefined ? timeUnit : axisUnit(horizon * seconds);
  const factor = seconds === undefined ? 1 : seconds / secondsIn[axisUnit(horizon * seconds)];
  const title = timeUnits({ timeUnit: unit });
  return {
    places: (times) => (factor === 1 ? times : times.map((time) => multiplied(time, factor))),
    title: `Time (${title})`,
    axis: {
      ...ticks(horizon * factor, seconds === undefined ? decimalSteps : sixtySteps),
      hoverformat: ",.3~r",
      unifiedhovertitle: { text: `%{x:,.3~r} ${title}` },
    },
    when: (time) => `after ${spokenDuration(time, { timeUnit })}`,
  };
}

/** Without the digits that a factor such as 1/60 leaves behind. */
function multiplied(time: number, factor: number): number {
  return Number((time * factor).toPrecision(12));
}

const sixtySteps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440];
const decimalSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Round ticks, at most eight steps of them; left to plotly.js where a step would be below 1 or beyond all steps. */
function ticks(length: number, steps: readonly number[]): Trace {
  const step = length < 2 ? undefined : steps.find((one) => length / one <= 8);
  return step === undefined ? {} : { tick0: 0, dtick: step, tickformat: "," };
}

const secondsOfDay = 86_400;

function clockAxis({ timeUnit, horizon }: TimeSpan, start: unknown): TimeAxis {
  const allowed = 'a time of day with hours and minutes, such as "09:30"';
  const parts = typeof start === "string" ? /^([01]\d|2[0-3]):([0-5]\d)$/.exec(start) : null;
  if (parts === null) throw new InputError("start", start, allowed);
  const seconds = secondsPer(timeUnit);
  if (seconds === undefined) {
    throw new InputError(
      "start",
      start,
      "left out, as a clock does not show the problem's unit of time",
      `State the problem in seconds, minutes or hours; its timeUnit is "${timeUnit}".`,
    );
  }
  if (!(horizon * seconds <= secondsOfDay)) {
    throw new InputError("start", start, "left out, as the horizon is longer than a day");
  }
  const beginning = 3600 * Number(parts[1]) + 60 * Number(parts[2]);
  const format = horizon * seconds <= 300 ? "%H:%M:%S" : "%H:%M";
  return {
    places: (times) => times.map((time) => dateText(beginning + time * seconds)),
    title: "Time of day",
    axis: {
      type: "date",
      tickformat: format,
      hoverformat: format,
      unifiedhovertitle: { text: `%{x|${format}}` },
    },
    when: (time) => {
      // Rounded up: what is done by 10:33:48 is not yet done by 10:33.
      const step = format === "%H:%M" ? 60 : 1;
      const text = dateText(step * Math.ceil((beginning + time * seconds) / step - 1e-6)).slice(11, 19);
      return `by ${format === "%H:%M" ? text.slice(0, 5) : text}`;
    },
  };
}

/** A moment as plotly.js reads it. Its date means nothing and is never shown. */
function dateText(seconds: number): string {
  return new Date(Math.round(1000 * seconds)).toISOString().replace("T", " ").slice(0, 23);
}

/** How the pointer reads numbers of a size, and of a unit where there is one: about four digits, and whole numbers from a thousand on. */
export function hoverNumber(field: string, largest: number, unit = ""): string {
  const format = largest >= 1000 ? ",.0f" : ",.4~r";
  return `%{${field}:${format}}${unit === "" || unit.startsWith("%") ? unit : ` ${unit}`}`;
}
