/**
 * A chart of lines, for what has no chart of its own.
 *
 * @module
 */

import { checkChoice, checkEach, checkHas, checkName, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { type Figure, type FigureText, lineStyle, makeFigure, palette } from "./figure";

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
      }
    | undefined;
}

/** Words of the chart, and which axes are logarithmic. */
export interface LineText extends FigureText {
  /** Which axes are logarithmic (default: none). */
  readonly logarithmic?: "x" | "y" | "both" | undefined;
}

/**
 * Lines over a common axis.
 *
 * @param text - subject, finding (the title), titles of the axes with their units, and which axes are logarithmic
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
  if (!Array.isArray(series) || series.length === 0 || series.length > palette.length) {
    throw new InputError("series", series, `an array of 1 to ${palette.length} lines`);
  }
  checkWords(text);
  checkEach("series", series, ["name", "x", "y"], "line with name, x and y");
  const { logarithmic, ...words } = text;
  if (logarithmic !== undefined) checkChoice("logarithmic", logarithmic, ["x", "y", "both"]);
  const isLogarithmic = (axis: "x" | "y"): boolean => logarithmic === axis || logarithmic === "both";
  const traces = series.flatMap(({ name, x, y, mode = "lines", band }: LineSeries, i) => {
    checkName(`series[${i}].name`, name);
    checkPlaces(`series[${i}].x`, x, x, isLogarithmic("x"));
    for (const [what, values] of Object.entries({ y, ...edgesOf(`series[${i}].band`, band) })) {
      checkPlaces(`series[${i}].${what}`, values, x, isLogarithmic("y"), what === "y");
    }
    const color = palette[i];
    const edge = (values: Series, fill: object) => ({
      type: "scatter",
      mode: "lines",
      x: Array.from(x),
      y: Array.from(values),
      line: { color, width: 0 },
      hoverinfo: "skip",
      showlegend: false,
      ...fill,
    });
    return [
      ...(band === undefined
        ? []
        : [edge(band.lower, {}), edge(band.upper, { fill: "tonexty", fillcolor: `${color}33` })]),
      {
        type: "scatter",
        mode,
        name,
        x: Array.from(x),
        y: Array.from<number | null>(y),
        ...(mode === "markers" ? {} : { line: lineStyle(i) }),
        ...(mode === "lines" ? {} : { marker: { color, size: 8, symbol: symbols[i % symbols.length] } }),
      },
    ];
  });
  // Powers of ten as such: 10⁻³ rather than 0.001.
  const scale = { type: "log", tickformat: undefined, exponentformat: "power", dtick: 1 };
  // A few places are named themselves, rather than the digits between powers of ten.
  const places = [...new Set(series.flatMap(({ x }: LineSeries) => Array.from(x)))].sort(
    (one, other) => one - other,
  );
  const across = places.length <= 12 ? { type: "log", tickvals: places } : { ...scale, dtick: undefined };
  return makeFigure(words, traces, {
    ...(isLogarithmic("x") ? { xaxis: across } : {}),
    ...(isLogarithmic("y") ? { yaxis: scale } : {}),
  });
}

function checkWords(text: LineText): void {
  checkHas(
    "text",
    text,
    ["subject", "finding", "xTitle", "yTitle"],
    "an object with subject, finding, xTitle, yTitle",
  );
  for (const name of ["subject", "finding", "xTitle", "yTitle"] as const) {
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
