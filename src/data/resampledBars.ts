/**
 * What resampling gives, and what it has to say.
 *
 * @module
 */
import type { BarTable, EmptyCounts } from "./barBuilder";
import type { SeriesOptions } from "./series";
import { countText } from "./sessionWarnings";
import { lengthText, type TradingTimeUnit, type UnitLength } from "./timeUnit";

/** How a series is to be resampled. */
export interface ResampleOptions extends SeriesOptions {
  /** Length of the intervals, above 0 and at most the session (unit of time): the τ of a schedule. */
  readonly length: number;
  /** Unit of `length` (default `"minute"`; `"day"` is one regular session without its breaks). */
  readonly timeUnit?: TradingTimeUnit | undefined;
  /**
   * What becomes of an interval without rows:
   *
   * - `"leaveOut"` (default): it has no bar;
   * - `"carryForward"`: its bar has the last price before it in the same session, and no volume. Before a session's first
   *   row there is none to carry.
   */
  readonly empty?: "leaveOut" | "carryForward" | undefined;
}

/** What was counted on the way. */
export interface ResampleCounts extends EmptyCounts {
  /** Stretches whose last interval is shorter than the others. */
  readonly shorter: number;
  /** Rows in no session, which are in no bar. */
  readonly outside: number;
}

/** Bars of one length. Plain data, in the form that `loadBars` gives. */
export interface ResampledBars extends BarTable, ResampleCounts {
  /** Unit of the lengths. */
  readonly timeUnit: TradingTimeUnit;
  /** Length of the intervals (unit of time). */
  readonly length: number;
  /** What of all this a reader should know, in words. */
  readonly warnings: readonly string[];
}

/** What was counted, in words. */
export function resampleWarnings(
  { carried, leftOut, shorter, outside }: ResampleCounts,
  {
    length,
    unit,
    isCarried,
  }: { readonly length: number; readonly unit: UnitLength; readonly isCarried: boolean },
): readonly string[] {
  const warnings: string[] = [];
  if (outside > 0) {
    warnings.push(
      `${countText(outside, "row")} outside the sessions ${outside === 1 ? "is" : "are"} in no bar.`,
    );
  }
  if (carried > 0) {
    warnings.push(
      `${countText(carried, "interval")} without rows got the last price before ${them(carried)}.`,
    );
  }
  if (leftOut > 0) {
    const why = isCarried ? `, with no price before ${them(leftOut)} in the session,` : "";
    const verb = leftOut === 1 ? "was" : "were";
    warnings.push(`${countText(leftOut, "interval")} without rows${why} ${verb} left out.`);
  }
  if (shorter > 0) {
    warnings.push(
      `${countText(shorter, "interval")}, the last before a close or a break, ${shorter === 1 ? "is" : "are"} shorter than ` +
        `${lengthText(length, unit)}, which does not divide the time.`,
    );
  }
  return Object.freeze(warnings);
}

const them = (count: number): string => (count === 1 ? "it" : "them");
