/**
 * How much of the market's volume schedules take.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import type { Schedule } from "../model/schedule";
import { checkSchedule } from "../model/scheduleCheck";
import { checkKeys, checkNumber, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { type Figure, makeFigure, type Trace } from "./figure";
import { lineStyles, looks } from "./look";
import { spokenDuration, type TimeAxis, type TimeOptions, timeAxis } from "./timeAxis";
import { sentence, spoken } from "./words";

/** Options of `participationChart`. */
export interface ParticipationChartOptions extends TimeOptions {
  /** A cap to be drawn, as a fraction of volume: 0.1 is 10%. */
  readonly cap?: number | undefined;
}

/**
 * The fraction of the market's volume that each slice takes, n_k/V_k with the problem's `profile.volumes`, one line per schedule. The title
 * gives the highest.
 *
 * @param problem - a problem with `profile.volumes`
 * @param schedules - one to seven schedules of it, drawn in this order
 * @param options - `cap`: a fraction of volume to be drawn; `start`: when trading begins, such as `"09:30"`
 * @returns a figure for `show`
 * @throws InputError when the problem has no volumes, a schedule does not fit it, or an option is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 4, intervals: 4, volatility: 1, temporaryImpact: 1, timeUnit: "hour",
 *   profile: { volumes: [4000, 2000, 2000, 4000] },
 * });
 * participationChart(problem, [equalSchedule(problem)]).summary;
 * // → "Chart. Participation in the market's volume: TWAP takes up to 12.5% of the volume, 60 minutes in."
 * ```
 */
export function participationChart(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  options: ParticipationChartOptions = {},
): Figure {
  problem = checkProblem(problem);
  const volumes = volumesOf(problem);
  const given = checkKeys("participationChart's options", options, ["cap", "start"]);
  const cap =
    given.cap === undefined
      ? undefined
      : checkNumber("options.cap", given.cap, positive, "fraction of volume");
  if (!Array.isArray(schedules) || schedules.length === 0 || schedules.length > looks.length) {
    throw new InputError("schedules", schedules, `an array of 1 to ${looks.length} schedules`);
  }
  for (let i = 0; i < schedules.length; i++) checkSchedule(problem, schedules[i] as Schedule);
  const axis = timeAxis(problem, given.start);
  const styles = lineStyles(schedules.map(({ name }) => name));
  const percents = schedules.map((schedule: Schedule) => percentsOf(schedule, volumes));
  const lines = schedules.map((schedule: Schedule, i) =>
    participationLine(schedule, percents[i], axis, styles[i]),
  );
  const { times } = schedules[0] as Schedule;
  const limits = cap === undefined ? [] : [capLine(`Cap ${formatNumber(100 * cap, 1)}%`, cap, times, axis)];
  return makeFigure(
    {
      subject: "Participation in the market's volume",
      finding: finding(problem, schedules, percents, given.start === undefined ? undefined : axis),
      xTitle: axis.title,
      yTitle: "Fraction of volume (%)",
    },
    [...lines, ...limits],
    { xaxis: axis.axis, yaxis: { rangemode: "tozero" } },
  );
}

/** A schedule's participation as a line, with a step for each interval. */
export function participationLine(
  { name, times }: Pick<Schedule, "name" | "times">,
  percents: readonly (number | undefined)[],
  axis: TimeAxis,
  style: object,
): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: axis.places(times),
    // A step runs from the start of its interval to its end: the last value stands twice.
    y: [...percents, percents.at(-1)],
    line: { ...style, shape: "hv" },
    hovertemplate: "%{y:.1f}% of volume",
  };
}

/** A cap as a dashed line through the whole time. */
export function capLine(name: string, cap: number, times: readonly number[], axis: TimeAxis): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: axis.places([times[0], times[times.length - 1]]),
    y: [100 * cap, 100 * cap],
    line: { color: "#808080", dash: "dash", width: 1.5 },
    hoverinfo: "skip",
  };
}

/** The market's volumes, without which a chart of participation says nothing. */
export function volumesOf({ profile }: ExecutionProblem): readonly number[] {
  if (profile?.volumes !== undefined) return profile.volumes;
  throw new InputError("problem.profile.volumes", undefined, "given for a chart of participation (shares)");
}

/** What each slice takes of the volume (%). Without a volume there is nothing to take part in: the line has a gap. */
export function percentsOf(
  { trades }: Schedule,
  volumes: readonly number[],
): readonly (number | undefined)[] {
  return trades.map((n, k) => (volumes[k] > 0 ? (100 * Math.abs(n)) / volumes[k] : undefined));
}

function finding(
  problem: ExecutionProblem,
  schedules: readonly Schedule[],
  percents: readonly (readonly (number | undefined)[])[],
  axis: TimeAxis | undefined,
): string {
  const peaks = schedules.map(({ name, times }, i) => {
    const most = percents[i].reduce<number>((one, other) => Math.max(one, other ?? 0), 0);
    // Of slices that a cap makes equal but for rounding, the first.
    const first = percents[i].findIndex((percent) => (percent ?? 0) >= most * (1 - 1e-9));
    return { name, most, at: times[first] ?? 0 };
  });
  const words = ({ name, most, at }: (typeof peaks)[number]): string => {
    const later =
      axis === undefined ? `${spokenDuration(at, problem)} in` : axis.when(at).replace(/^by/, "from");
    const when = at === 0 ? "at the start" : later;
    return `${spoken(name)} takes up to ${formatNumber(most, 1)}% of the volume, ${when}`;
  };
  const highest = peaks.reduce((one, other) => (other.most > one.most ? other : one));
  const lowest = peaks.reduce((one, other) => (other.most < one.most ? other : one));
  if (lowest === highest) return sentence(words(highest));
  return sentence(`${words(highest)}; ${spoken(lowest.name)} at most ${formatNumber(lowest.most, 1)}%`);
}
