/**
 * A chart of lines, for what has no chart of its own.
 *
 * @module
 */

import type { ExecutionProblem } from "../model/executionProblem";
import {
  checkChoice,
  checkEach,
  checkHas,
  checkName,
  checkNumber,
  isList,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { type Figure, type FigureText, makeFigure, type Trace } from "./figure";
import { faint, lineStyles, looks } from "./look";
import { type TimeSpan, timeAxis } from "./timeAxis";

const symbols = ["circle", "square", "diamond", "cross", "star"];

/** A line, or points. */
export interface LineSeries {
  /** What the legend calls it. */
  readonly name: string;
  /** Places on the horizontal axis. */
  readonly x: Series;
  /** As many as `x`; null leaves a gap. */
  readonly y: Series | readonly (number | null)[];
  /** How to draw it (default `"lines"`). */
  readonly mode?: "lines" | "markers" | "lines+markers" | undefined;
  /** Upper and lower edges, as many as `x`, drawn as a band. */
  readonly band?:
    | {
        /** Lower edge. */
        readonly lower: Series;
        /** Upper edge. */
        readonly upper: Series;
        /** What the legend calls the band (default: the legend leaves it out). */
        readonly name?: string | undefined;
      }
    | undefined;
}

/** Words of the chart, and what its axes show. */
export interface LineText extends Omit<FigureText, "xTitle"> {
  /** Title of the horizontal axis, with its unit; left out where `time` is given. */
  readonly xTitle?: string | undefined;
  /** Which axes are logarithmic (default: none). */
  readonly logarithmic?: "x" | "y" | "both" | undefined;
  /** The problem whose times `x` are: the axis shows them in the unit that a person would say. */
  readonly time?: Pick<ExecutionProblem, "timeUnit" | "horizon"> | undefined;
  /** When trading begins, such as `"09:30"`: with `time`, the axis shows the time of day. */
  readonly start?: string | undefined;
}

/**
 * Lines over a common axis. A unit in brackets at the end of an axis title is said to the pointer as well.
 *
 * @param text - subject, finding (the title), titles of the axes with their units; which axes are logarithmic, or whose time
 *   the horizontal one shows
 * @param series - one to seven lines
 * @returns a figure for `show`
 * @throws InputError when there are none or more than seven, or the numbers of x and y differ
 *
 * @example
 * ```ts
 * const text = { subject: "Squares", finding: "4 is the last", xTitle: "n", yTitle: "n²" };
 * lineChart(text, [{ name: "n²", x: [1, 2], y: [1, 4] }]).summary; // → "Chart. Squares: 4 is the last."
 * ```
 */
export function lineChart(text: LineText, series: readonly LineSeries[]): Figure {
  if (!Array.isArray(series) || series.length === 0 || series.length > looks.length) {
    throw new InputError("series", series, `an array of 1 to ${looks.length} lines`);
  }
  checkWords(text);
  checkEach("series", series, ["name", "x", "y"], "line with name, x and y");
  const { logarithmic, time, start, xTitle = "", ...words } = text;
  if (logarithmic !== undefined) checkChoice("logarithmic", logarithmic, ["x", "y", "both"]);
  const isLogarithmic = (axis: "x" | "y"): boolean => logarithmic === axis || logarithmic === "both";
  for (const [i, one] of series.entries()) checkSeries(`series[${i}]`, one, isLogarithmic);
  const axis = time === undefined ? undefined : timeAxis(checkSpan(time), start);
  const styles = lineStyles(series.map(({ name }: LineSeries) => name));
  const hover = hoverOf(text.yTitle, series, isLogarithmic("y"));
  const traces = series.flatMap((one: LineSeries, i) => {
    const x = Array.from(one.x);
    return tracesOf(one, axis?.places(x) ?? x, styles[i], { symbol: symbols[i % symbols.length], hover });
  });
  // Powers of ten as such: 10⁻³ rather than 0.001.
  const scale = { type: "log", tickformat: undefined, exponentformat: "power", dtick: 1 };
  return makeFigure({ ...words, xTitle: axis?.title ?? xTitle }, traces, {
    xaxis: axis?.axis ?? placesAxis(xTitle, series, isLogarithmic("x"), scale),
    ...(isLogarithmic("y") ? { yaxis: scale } : {}),
  });
}

/** The axis of places that are no times. */
function placesAxis(
  title: string,
  series: readonly LineSeries[],
  isLogarithmic: boolean,
  scale: Trace,
): Trace {
  const places = [...new Set(series.flatMap(({ x }) => Array.from(x)))].sort((one, other) => one - other);
  const head = {
    hoverformat: ",.4~r",
    unifiedhovertitle: {
      text: title === "" ? "%{x:,.4~r}" : `${bareTitle(title)}: %{x:,.4~r}${unitOfTitle(title)}`,
    },
  };
  if (!isLogarithmic) return head;
  // A few places are named themselves, rather than the digits between powers of ten.
  return places.length <= 12
    ? { ...head, type: "log", tickvals: places }
    : { ...head, ...scale, dtick: undefined };
}

/** The unit in brackets at the end of a title, as it follows a number; empty where there is none. */
function unitOfTitle(title: string): string {
  const unit = /\(([^()]+)\)$/.exec(title)?.[1];
  if (unit === undefined) return "";
  return unit.startsWith("%") ? unit : ` ${unit}`;
}

/** A title without what stands in brackets at its end. */
function bareTitle(title: string): string {
  return title.replace(/\s*\([^()]+\)(, .*)?$/, "");
}

/** What the pointer reads of a value: about four digits, and the unit. */
function hoverOf(yTitle: string, series: readonly LineSeries[], isLogarithmic: boolean): string {
  let largest = 0;
  for (const { y } of series)
    for (const value of y as Iterable<number | null>) largest = Math.max(largest, Math.abs(value ?? 0));
  const isTiny = largest < 1e-3;
  const format = largest >= 1000 && !isLogarithmic ? ",.0f" : isTiny ? ".3~e" : ",.4~r";
  return `%{y:${format}}${unitOfTitle(yTitle)}`;
}

/** A line with its band behind it. */
function tracesOf(
  { name, y, mode = "lines", band }: LineSeries,
  x: readonly (number | string)[],
  style: { readonly color: string },
  { symbol, hover }: { readonly symbol: string; readonly hover: string },
): readonly Trace[] {
  const { color } = style;
  const edge = (values: Series, others: object): Trace => ({
    ...{ type: "scatter", mode: "lines", x, y: Array.from(values) },
    ...{ line: { color, width: 0 }, hoverinfo: "skip", showlegend: false, ...others },
  });
  const fill = { fill: "tonexty", fillcolor: faint(color) };
  const named = band?.name === undefined ? {} : { name: band.name, showlegend: true };
  return [
    ...(band === undefined ? [] : [edge(band.lower, {}), edge(band.upper, { ...fill, ...named })]),
    {
      ...{ type: "scatter", mode, name, x, y: Array.from<number | null>(y) },
      ...(mode === "markers" ? {} : { line: style }),
      ...(mode === "lines" ? {} : { marker: { color, size: 8, symbol } }),
      hovertemplate: hover,
    },
  ];
}

function checkSeries(
  parameter: string,
  { name, x, y, band }: LineSeries,
  isLogarithmic: (axis: "x" | "y") => boolean,
): void {
  checkName(`${parameter}.name`, name);
  checkPlaces(`${parameter}.x`, x, x, isLogarithmic("x"));
  for (const [what, values] of Object.entries({ y, ...edgesOf(`${parameter}.band`, band) })) {
    checkPlaces(`${parameter}.${what}`, values, x, isLogarithmic("y"), what === "y");
  }
}

/** What an axis of time must know. */
function checkSpan(time: unknown): TimeSpan {
  checkHas("text.time", time, ["timeUnit", "horizon"], "left out, or the problem whose times these are");
  const { timeUnit, horizon } = time as TimeSpan;
  return {
    timeUnit: checkName("text.time.timeUnit", timeUnit),
    horizon: checkNumber("text.time.horizon", horizon, positive, "unit of time"),
  };
}

function checkWords(text: LineText): void {
  const hasTime = (text as Partial<LineText> | null | undefined)?.time !== undefined;
  const names = ["subject", "finding", ...(hasTime ? [] : (["xTitle"] as const)), "yTitle"] as const;
  checkHas("text", text, names, "an object with subject, finding, xTitle, yTitle");
  for (const name of names) {
    if (typeof text[name] !== "string") throw new InputError(`text.${name}`, text[name], "a text");
  }
}

/** The edges of a band, where there is one, by what a message calls them. */
function edgesOf(parameter: string, band: unknown): Readonly<Record<string, Series>> {
  if (band === undefined) return {};
  checkHas(parameter, band, ["lower", "upper"], "left out, or an object with lower and upper");
  const { lower, upper } = band as { lower: Series; upper: Series };
  return { "band.lower": lower, "band.upper": upper };
}

/** Rejects what an axis cannot show: anything but numbers, and on a logarithmic axis 0 and below. */
function checkPlaces(
  parameter: string,
  values: unknown,
  x: unknown,
  isLogarithmic: boolean,
  hasGaps = false,
): void {
  if (!isList(values) || !isList(x) || values.length !== x.length) {
    throw new InputError(parameter, values, "an array of as many numbers as x has");
  }
  const words = `${isLogarithmic ? "a finite number above 0, as the axis is logarithmic" : "a finite number"}${hasGaps ? ", or null for a gap" : ""}`;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (typeof value === "number" && value - value === 0 && (value > 0 || !isLogarithmic)) continue;
    if (hasGaps && value === null) continue;
    throw new InputError(`${parameter}[${k}]`, value, words);
  }
}
