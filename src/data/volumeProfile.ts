/**
 * How a day's volume is spread over the day.
 *
 * @module
 */

import { checkCalendar, type Hours, regularLength, type SessionCalendar } from "../support/calendar";
import { checkChoice, checkInteger, checkKeys } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import { dailyVolumes, type LeftOutDay, type SlicedDays } from "./dailyVolumes";
import { sampleSpread, sortedQuantile } from "./sampleSpread";
import { type BarSeries, checkSeriesOf, type PriceSeries, type SeriesOptions, seriesOptions } from "./series";
import { countText, listText } from "./sessionWarnings";
import { checkIntervalLength, checkTimeUnit, type TradingTimeUnit, type UnitLength } from "./timeUnit";

/** How a volume profile is to be made: by the number of slices, or by their length. */
export interface VolumeProfileOptions extends SeriesOptions {
  /** Number of slices of equal length that a session without breaks has, an integer from 1. */
  readonly slices?: number | undefined;
  /** Length of the slices instead (unit of time). */
  readonly length?: number | undefined;
  /** Unit of time of `length` and of the result (default `"minute"`; `"day"` is one regular session without its breaks). */
  readonly timeUnit?: TradingTimeUnit | undefined;
  /** Whether days on which a slice has no row are to `"keep"` (default) or to `"leaveOut"`. */
  readonly incomplete?: "keep" | "leaveOut" | undefined;
}

/** The fraction of a day's volume by time of day, over days. All arrays have one entry for each slice. Plain data. */
export interface VolumeProfile {
  /** Unit of the lengths. */
  readonly timeUnit: TradingTimeUnit;
  /** The market's clock at which each slice begins: `"09:30:00"`. */
  readonly starts: readonly string[];
  /** Length of each slice (unit of time). */
  readonly lengths: readonly number[];
  /** Mean fraction of the day's volume over the days; they sum to 1. */
  readonly fractions: readonly number[];
  /** Standard error of each mean: how well the usual day is known. */
  readonly standardErrors: readonly number[];
  /** Standard deviation over the days: how far a single day is from the usual one. */
  readonly deviations: readonly number[];
  /** Median over the days of the fraction of each slice. Medians do not sum to 1. */
  readonly medians: readonly number[];
  /** Lower quartile of the fraction of each slice. */
  readonly lowerQuartiles: readonly number[];
  /** Upper quartile of the fraction of each slice. */
  readonly upperQuartiles: readonly number[];
  /** Mean volume of a day (shares), with its standard error. */
  readonly dailyVolume: Estimate;
  /** Dates that went into it. */
  readonly dates: readonly string[];
  /** Dates that did not, and why. */
  readonly leftOut: readonly LeftOutDay[];
  /** What of all this a reader should know, in words. */
  readonly warnings: readonly string[];
}

/**
 * The volume profile of a market: which fraction of a day's volume falls into each slice of the session, as the mean over
 * days, with its spread. Half days, days without volume and sessions of another length are left out and named.
 *
 * @param data - trades or bars with their volumes
 * @param calendar - the hours of the market
 * @param options - number or length of the slices, and how the series' times are to be read
 * @returns mean, standard error, deviation, median and quartiles by slice, the mean volume of a day, and what was left out
 * @throws InputError when an argument is not what it should be, or fewer than two days are left
 *
 * @example
 * ```ts
 * // From bars to a schedule. Two days of three bars each:
 * const calendar = { timeZone: "America/New_York", open: "09:30", close: "16:00" };
 * const clock = ["09:30", "11:40", "13:50"];
 * const times = ["2024-03-07", "2024-03-08"].flatMap((date) => clock.map((time) => `${date} ${time}`));
 * const bars = parseBars(
 *   `time,open,high,low,close,volume\n${times.map((time, i) => `${time},50,50,50,50,${[500, 200, 300][i % 3]}`).join("\n")}`,
 * );
 * const profile = volumeProfile(bars, calendar, { slices: 3 });
 * profile.fractions; // → [0.5,0.2,0.3]
 * const problem = defineProblem({
 *   shares: 1e5, horizon: 390, intervals: 3, volatility: 0.04, temporaryImpact: 1e-6,
 *   profile: { volumes: profileVolumes(profile, 2e6) }, timeUnit: "minute",
 * });
 * volumeSchedule(problem).trades; // → [50000,20000,30000]
 * ```
 */
export function volumeProfile(
  data: PriceSeries | BarSeries,
  calendar: SessionCalendar,
  options: VolumeProfileOptions,
): VolumeProfile {
  const known = [...seriesOptions, "slices", "length", "timeUnit", "incomplete"];
  const given = checkKeys("volumeProfile's options", options, known) as VolumeProfileOptions;
  const hours = checkCalendar(calendar);
  const unit = checkTimeUnit(given.timeUnit, hours);
  const length = sliceLength(given, unit, hours);
  const rule = given.incomplete === undefined ? "keep" : given.incomplete;
  const isStrict = checkChoice("incomplete", rule, ["keep", "leaveOut"] as const) === "leaveOut";
  const series = checkSeriesOf(data, given, hours.zone.name);
  if (series.volume === undefined) {
    throw new InputError("data.volume", undefined, "an array of volumes (shares)");
  }
  const sliced = dailyVolumes(series, series.volume, hours, { length, unit, isStrict });
  if (sliced.days.length < 2) {
    const words = "prices or bars of at least two regular days";
    throw new InputError(
      "data",
      countText(sliced.days.length, "regular day"),
      words,
      leftOutText(sliced.leftOut),
    );
  }
  return profileOf(sliced, unit.name);
}

/** The length of a slice (ms), however it was given. */
function sliceLength({ slices, length }: VolumeProfileOptions, unit: UnitLength, hours: Hours): number {
  if (slices === undefined) return checkIntervalLength(length, unit, hours);
  if (length !== undefined) {
    throw new InputError("length", length, "left out where slices says how many there are");
  }
  return regularLength(hours) / checkInteger("slices", slices, 1, 86_400);
}

/** Mean and spread over the days, slice by slice. */
function profileOf(
  { days, starts, lengths, leftOut, incomplete }: SlicedDays,
  timeUnit: TradingTimeUnit,
): VolumeProfile {
  const over = starts.map((_, k) => Float64Array.from(days, ({ fractions }) => fractions[k]).sort());
  const spreads = over.map(sampleSpread);
  const at = (probability: number): readonly number[] =>
    Object.freeze(over.map((sorted) => sortedQuantile(sorted, probability)));
  const { mean, standardError } = sampleSpread(Float64Array.from(days, ({ volume }) => volume));
  const warnings = [
    ...(leftOut.length === 0 ? [] : [leftOutText(leftOut)]),
    ...(incomplete.length === 0
      ? []
      : [
          `A slice has no row, which counts as no volume, on ${listText(incomplete)}. Leave such days out with incomplete.`,
        ]),
  ];
  return Object.freeze({
    timeUnit,
    starts: Object.freeze(starts),
    lengths: Object.freeze(lengths),
    fractions: Object.freeze(spreads.map((spread) => spread.mean)),
    standardErrors: Object.freeze(spreads.map((spread) => spread.standardError)),
    deviations: Object.freeze(spreads.map((spread) => spread.deviation)),
    medians: at(0.5),
    lowerQuartiles: at(0.25),
    upperQuartiles: at(0.75),
    dailyVolume: Object.freeze({ value: mean, standardError }),
    dates: Object.freeze(days.map(({ date }) => date)),
    leftOut: Object.freeze(leftOut),
    warnings: Object.freeze(warnings),
  });
}

/** Days that were left out, in words. */
function leftOutText(leftOut: readonly LeftOutDay[]): string {
  if (leftOut.length === 0) return "";
  const texts = leftOut.map(({ date, reason }) => `${date} (${reason})`);
  return `${countText(leftOut.length, "day")} ${leftOut.length === 1 ? "is" : "are"} left out: ${listText(texts)}.`;
}
