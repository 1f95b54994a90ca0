/**
 * Small multiples: several plots one below the other, over one horizontal axis.
 *
 * @module
 */

import { axisFrame, type LayoutChanges, type Trace } from "./figure";

/** Height of a row, and of what stands above and below all of them (pixels). */
const [rowHeight, around] = [105, 190];

/** Traces of one row, and its name. */
export interface Row {
  /** Stands in the row's corner. */
  readonly name: string;
  readonly traces: readonly Trace[];
}

/**
 * Rows of densities: each has an axis of its own, without numbers, as only its shape matters. The legend is left out: each row
 * names itself.
 */
export function densityRows(rows: readonly Row[]): {
  readonly traces: readonly Trace[];
  readonly layout: LayoutChanges;
} {
  const share = 1 / rows.length;
  const axes = rows.map((_, i) => ({
    ...axisFrame,
    ticks: "",
    showticklabels: false,
    showgrid: false,
    // plotly.js's check of figures stumbles over the look of what is not shown.
    gridcolor: undefined,
    tickformat: undefined,
    rangemode: "tozero",
    title: { text: "" },
    // From the top down, with a gap between neighbors.
    domain: [1 - (i + 1) * share + 0.12 * share, 1 - i * share],
  }));
  const { yaxis, ...others } = Object.fromEntries(axes.map((axis, i) => [axisName("yaxis", i), axis]));
  return {
    traces: rows.flatMap(({ traces }, i) => traces.map((trace) => ({ ...trace, yaxis: axisName("y", i) }))),
    layout: {
      yaxis,
      ...others,
      xaxis: { anchor: axisName("y", rows.length - 1) },
      height: around + rowHeight * rows.length,
      hovermode: "closest",
      showlegend: false,
      // plotly.js's check of figures stumbles over the layout of a legend that is not drawn.
      legend: undefined,
      annotations: rows.map(({ name }, i) => ({
        text: name,
        ...{ xref: "paper", x: 0.01, xanchor: "left", showarrow: false },
        ...{ yref: "paper", y: 1 - i * share, yanchor: "top" },
      })),
    },
  };
}

/** What plotly.js calls the i-th axis: the first has no number. */
function axisName(letter: string, i: number): string {
  return i === 0 ? letter : `${letter}${i + 1}`;
}
