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

/**
 * Colors of the frame. Nobody tells a figure which theme surrounds it, so that its paper is transparent, and its words have
 * the gray that stands out from white and from the background of JupyterLab's dark theme equally well.
 */
export const frameColors = { words: "#797979", grid: "rgba(121, 121, 121, 0.25)", axis: "#797979" } as const;

/** How every axis is drawn. */
export const axisFrame: Trace = {
  automargin: true,
  gridcolor: frameColors.grid,
  zerolinecolor: "rgba(121, 121, 121, 0.6)",
  linecolor: frameColors.axis,
  ticks: "outside",
  tickformat: ",",
};

/** What the pointer reads stands on a paper of its own, in every theme. */
const hoverPaper: Trace = {
  namelength: -1,
  bgcolor: "#ffffff",
  bordercolor: frameColors.axis,
  font: { color: "#222222" },
};

/** Characters in a line of the title and of the subtitle: what the narrowest notebook has room for. */
const [titleWidth, subtitleWidth] = [58, 72];

/** An axis of names rather than of numbers. */
export const categories: Trace = { type: "category", tickformat: undefined };

/** The same, with the first name on top. */
export const categoriesDownward: Trace = { ...categories, autorange: "reversed" };

/** What the frame of a chart needs besides the traces. */
export interface FigureText {
  /** The subject, small, above the plot, for example `"Shares Remaining (x)"`. */
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
  readonly margin?: Readonly<Record<string, number>>;
  readonly [part: string]: unknown;
}

/**
 * The one frame around every chart: transparent, a legend below the plot, thousands separated, no button that would
 * upload the data. Texts from data are made harmless here, long lines are thinned, which the subtitle says, and
 * titles are broken between words: plotly.js cuts what is wider than the chart.
 */
export function makeFigure(
  text: FigureText,
  data: readonly Readonly<Record<string, unknown>>[],
  { xaxis, yaxis, margin, ...others }: LayoutChanges = {},
  frames?: Figure["frames"],
): Figure {
  const lines = data.map(thinned);
  const traces = lines.map(({ trace }) => trace);
  const leftOut = [...new Set(lines.flatMap(({ words }) => words ?? []))];
  const subject = [text.subject, ...leftOut].join(" · ");
  return {
    kind: "figure",
    data: harmlessPart(traces),
    layout: harmlessPart({
      title: {
        ...titleTexts(text.finding, subject),
        // At the top of the chart, and not in the middle of the margin, where long titles would reach into the plot.
        ...{ x: 0.01, xref: "container", xanchor: "left" },
        ...{ y: 1, yref: "container", yanchor: "top" },
        font: { size: 16, weight: 600 },
      },
      font: { family: "system-ui, sans-serif", size: 13, color: frameColors.words },
      paper_bgcolor: "rgba(0, 0, 0, 0)",
      plot_bgcolor: "rgba(0, 0, 0, 0)",
      height: 430,
      margin: { l: 60, r: 30, t: roomForTitle(text.finding, subject), b: 60, ...margin },
      separators: ".,",
      hovermode: "x unified",
      hoverdistance: 50,
      hoverlabel: hoverPaper,
      modebar: { bgcolor: "rgba(0, 0, 0, 0)", color: frameColors.axis, activecolor: "#0072B2" },
      // plotly.js draws no legend for a single trace, and its check of figures stumbles over the layout of one.
      ...(data.length > 1 ? { legend: { orientation: "h", x: 0, y: -0.2, yanchor: "top" } } : {}),
      xaxis: {
        ...axisFrame,
        // The line at the pointer, which only charts with one head for all lines have.
        ...(others.hovermode === undefined ? { spikecolor: frameColors.axis, spikethickness: 1 } : {}),
        title: { text: text.xTitle, standoff: 8, font: { size: 13 } },
        ...xaxis,
      },
      yaxis: { ...axisFrame, title: { text: text.yTitle, standoff: 12, font: { size: 13 } }, ...yaxis },
      ...others,
    }),
    config: { showSendToCloud: false, displaylogo: false },
    ...(frames === undefined ? {} : { frames: harmlessPart(frames.map(thinFrame)) }),
    summary: `Chart. ${subject}: ${text.finding}.`,
  };
}

/** Finding and subject as the title of a chart, in lines that fit. */
export function titleTexts(finding: string, subject: string): Trace {
  const lines = linesOf(finding, titleWidth);
  return {
    text: lines.join("<br>"),
    // plotly.js raises a title of several lines by a line.
    pad: { t: lines.length === 1 ? 14 : 30 },
    subtitle: { text: linesOf(subject, subtitleWidth).join("<br>"), font: { size: 13 } },
  };
}

/** Height of the title with its subtitle (pixels). */
export function roomForTitle(finding: string, subject: string): number {
  return 51 + 21 * linesOf(finding, titleWidth).length + 18 * linesOf(subject, subtitleWidth).length;
}

/** A text in as few lines as so many characters allow, and these of about equal length: no last word stands alone. */
function linesOf(text: string, most: number): readonly string[] {
  const fewest = brokenAt(text, most);
  const widths = Array.from({ length: most }, (_, i) => i + 1);
  const least = text.length / fewest.length;
  const lines = widths.filter((width) => width >= least).map((width) => brokenAt(text, width));
  return lines.find(({ length }) => length <= fewest.length) ?? fewest;
}

/** A text in lines of so many characters at most, but for longer words. */
function brokenAt(text: string, most: number): readonly string[] {
  const lines = text.match(new RegExp(`.{1,${most}}(?:\\s|$)|\\S+(?:\\s|$)`, "g")) ?? [text];
  return lines.map((line) => line.trimEnd());
}

/** A frame of a slider with its lines thinned as those of the figure. */
function thinFrame(frame: Trace): Trace {
  const { data } = frame as { readonly data: readonly Trace[] };
  return { ...frame, data: data.map((trace) => thinned(trace).trace) };
}
