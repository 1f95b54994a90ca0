/**
 * Long lines, thinned for drawing: a screen has some thousand columns, and a figure of a million points is tens of megabytes.
 *
 * Of each stretch of points the first, the lowest, the highest and the last are kept, which draws the same line as all of them
 * where a stretch is no wider than a column (M4: Jugel, Jerzak, Hackenbroich and Markl 2014).
 *
 * @module
 */
import { formatNumber } from "../support/format";

/** A line with more points is thinned. */
export const mostPoints = 10_000;

/** Stretches of a thinned line, as many as a wide screen has columns. */
const stretches = 2000;

type Trace = Readonly<Record<string, unknown>>;

/** A trace as it is drawn, and in words what was left out. */
export interface Thinned {
  readonly trace: Trace;
  readonly words: string | undefined;
}

/** A trace with no more points than a screen can show. */
export function thinned(trace: Trace): Thinned {
  const { type, y } = trace;
  if (type !== "scatter" || !Array.isArray(y) || y.length <= mostPoints) return { trace, words: undefined };
  const kept = keptPoints(y);
  const fields = Object.entries(trace).map(([name, values]): [string, unknown] => {
    const isPerPoint = Array.isArray(values) && values.length === y.length;
    return [name, isPerPoint ? kept.map((i) => values[i]) : values];
  });
  return {
    trace: Object.fromEntries(fields),
    words: `${formatNumber(kept.length)} of ${formatNumber(y.length)} points drawn, all extremes among them`,
  };
}

/** The points to keep, in their order. */
function keptPoints(y: readonly (number | null)[]): number[] {
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const first = Math.floor((stretch * y.length) / stretches);
    const end = Math.floor(((stretch + 1) * y.length) / stretches);
    kept.push(...pointsOf(y, first, end));
  }
  return kept;
}

/** First, lowest, highest and last point of a stretch, and a gap where it has one. */
function pointsOf(y: readonly (number | null)[], first: number, end: number): number[] {
  let [lowest, highest, gap] = [first, first, -1];
  for (let i = first; i < end; i++) {
    const value = y[i];
    if (value === null) gap = i;
    else if (y[lowest] === null || value < (y[lowest] as number)) lowest = i;
    if (value !== null && (y[highest] === null || value > (y[highest] as number))) highest = i;
  }
  const places = new Set([first, lowest, highest, end - 1, ...(gap === -1 ? [] : [gap])]);
  return [...places].sort((one, other) => one - other);
}
