/**
 * The slider below a chart, for every figure with frames.
 *
 * @module
 */
import { frameColors, type Trace } from "./figure";

/** What stands before and after the value of a slider: `λ = … 1/USD`. */
export interface SliderWords {
  readonly prefix: string;
  readonly suffix: string;
}

/** A slider with a step for each label, which shows the frame of its number. */
export function sliderOf(labels: readonly string[], active: number, { prefix, suffix }: SliderWords): Trace {
  return {
    active,
    pad: { t: 95, l: 10, r: 10 },
    // plotly.js labels every second or third step where all have no room, and the last one as chance has it: the ends are
    // labeled apart, and the step itself is named above the slider.
    font: { color: "rgba(0, 0, 0, 0)" },
    ...{ bgcolor: frameColors.grid, bordercolor: frameColors.axis, tickcolor: frameColors.axis },
    activebgcolor: "#0072B2",
    currentvalue: { prefix, suffix, font: { color: frameColors.words } },
    steps: labels.map((label, i) => ({
      label,
      method: "animate",
      args: [
        [String(i)],
        { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
      ],
    })),
  };
}

/** The slider's two ends: its first and its last position. */
export function endLabels(labels: readonly string[], prefix: string, suffix = ""): readonly Trace[] {
  const end = (x: number, xanchor: string, label: string): Trace => ({
    ...{ xref: "paper", yref: "paper", x, y: 0, xanchor, yanchor: "top", yshift: -155 },
    ...{ showarrow: false, text: `${prefix}${label}${suffix}` },
  });
  return [end(0, "left", labels[0]), end(1, "right", labels[labels.length - 1])];
}

/** The place of the value nearest to a target, the first of several. */
export function nearestIndex(values: readonly number[], target: number): number {
  return values.reduce(
    (best, value, i) => (Math.abs(value - target) < Math.abs(values[best] - target) ? i : best),
    0,
  );
}
