/**
 * Figures and tables as plain data. They know nothing of notebooks; `show` does.
 *
 * @module
 */

import { harmlessPart } from "./harmless";
import { thinned } from "./thin";

/** A trace, or another part of a figure, as plotly.js defines it. */
export type Trace = Readonly<Record<string, unknown>>;

/** A plotly.js figure as plain data, with its message in words. */
export interface Figure {
  /** Tells a figure from a table. */
  readonly kind: "figure";
  /** Traces, as plotly.js defines them. */
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** Layout, as plotly.js defines it. */
  readonly layout: Readonly<Record<string, unknown>>;
  /** Options of the drawing, as plotly.js defines them. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Frames of a slider, where there is one. */
  readonly frames?: readonly Readonly<Record<string, unknown>>[];
  /** What the figure shows, in one sentence: for readers without the picture. */
  readonly summary: string;
}

/** A small table as plain data. */
export interface Table {
  /** Tells a table from a figure. */
  readonly kind: "table";
  /** What the table says, above it. */
  readonly caption: string;
  /** Heads of the columns. */
  readonly columns: readonly string[];
  /** Cells as texts, already formatted; the first column names the row. */
  readonly rows: readonly (readonly string[])[];
}

/** Colors that color-blind readers can tell apart (Okabe and Ito), in the order of use. */
export const palette: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#000000",
];

/** Line styles in the same order, so that series differ without color as well. */
export const dashes: readonly string[] = [
  "solid",
  "dash",
  "dot",
  "dashdot",
  "longdash",
  "longdashdot",
  "solid",
];

/** How the line of the i-th series is drawn. */
export function lineStyle(i: number, width = 2.5): Trace {
  return { color: palette[i], dash: dashes[i], width };
}

/** An axis of names rather than of numbers. */
export const categories: Trace = { type: "category", tickformat: undefined };

/** The same, with the first name on top. */
export const categoriesDownward: Trace = { ...categories, autorange: "reversed" };

/** What the frame of a chart needs besides the traces. */
export interface FigureText {
  /** The subject, small, above the plot, for example `"Shares remaining (x_t)"`. */
  readonly subject: string;
  /** The finding, with its number: the title. */
  readonly finding: string;
  /** Title of the horizontal axis, with its unit. */
  readonly xTitle: string;
  /** Title of the vertical axis, with its unit. */
  readonly yTitle: string;
}

/** What a chart wants otherwise than the frame has it; what it says of an axis is added to the frame's. */
export interface LayoutChanges {
  readonly xaxis?: Readonly<Record<string, unknown>>;
  readonly yaxis?: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

/**
 * The one frame around every chart: white, a legend below the plot, thousands separated, no button that would
 * upload the data. Texts from data are made harmless here, long lines are thinned, which the subtitle says, and
 * titles are broken between words: plotly.js cuts what is wider than the chart.
 */
export function makeFigure(
  text: FigureText,
  data: readonly Readonly<Record<string, unknown>>[],
  { xaxis, yaxis, ...others }: LayoutChanges = {},
  frames?: Figure["frames"],
): Figure {
  const lines = data.map(thinned);
  const traces = lines.map(({ trace }) => trace);
  const leftOut = [...new Set(lines.flatMap(({ words }) => words ?? []))];
  const subject = [text.subject, ...leftOut].join(" · ");
  const [title, subtitle] = [linesOf(text.finding, 80), linesOf(subject, 90)];
  const axis = {
    automargin: true,
    gridcolor: "#e5e5e5",
    zerolinecolor: "#999999",
    linecolor: "#999999",
    ticks: "outside",
    tickformat: ",",
  };
  return {
    kind: "figure",
    data: harmlessPart(traces),
    layout: harmlessPart({
      title: {
        text: title.join("<br>"),
        subtitle: { text: subtitle.join("<br>"), font: { size: 13, color: "#555555" } },
        x: 0.01,
        xref: "container",
        xanchor: "left",
        font: { size: 16 },
      },
      font: { family: "system-ui, sans-serif", size: 13, color: "#222222" },
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
      height: 430,
      margin: { l: 60, r: 30, t: 51 + 21 * title.length + 18 * subtitle.length, b: 60 },
      separators: ".,",
      hovermode: "x unified",
      hoverlabel: { namelength: -1 },
      // plotly.js draws no legend for a single trace, and its check of figures stumbles over the layout of one.
      ...(data.length > 1 ? { legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top" } } : {}),
      xaxis: { ...axis, title: { text: text.xTitle, standoff: 8, font: { size: 13 } }, ...xaxis },
      yaxis: { ...axis, title: { text: text.yTitle, standoff: 12, font: { size: 13 } }, ...yaxis },
      ...others,
    }),
    config: { showSendToCloud: false, displaylogo: false },
    ...(frames === undefined ? {} : { frames: harmlessPart(frames.map(thinFrame)) }),
    summary: `Chart. ${subject}: ${text.finding}.`,
  };
}

/** A text in lines of so many characters at most, but for longer words. */
function linesOf(text: string, most: number): readonly string[] {
  const lines = text.match(new RegExp(`.{1,${most}}(?:\\s(?!%)|$)|\\S+(?:\\s|$)`, "g")) ?? [text];
  return lines.map((line) => line.trimEnd());
}

/** A frame of a slider with its lines thinned as those of the figure. */
function thinFrame(frame: Trace): Trace {
  const { data } = frame as { readonly data: readonly Trace[] };
  return { ...frame, data: data.map((trace) => thinned(trace).trace) };
}
