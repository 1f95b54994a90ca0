/**
 * What is missing within sessions: rows that are not there, and rows in which nothing happens.
 *
 * @module
 */
import { elapsedAt, type Hours } from "../support/calendar";
import { stampText } from "../support/wallTime";
import type { Placement, StretchRows } from "./placement";
import type { CheckedSeries } from "./series";

/** Rows that are missing within a session, or that stand there without movement. */
export interface RowSpan {
  /** Date of the session. */
  readonly date: string;
  /** The market's clock where it begins, with its offset. */
  readonly from: string;
  /** Where it ends. */
  readonly to: string;
  /** How many rows are missing, or stand there. */
  readonly rows: number;
}

/** What the rows of a series are compared with. */
export interface Rows {
  readonly series: CheckedSeries;
  readonly placement: Placement;
  readonly hours: Hours;
}

/** The rows missing at the beginning, within and at the end of each stretch, where rows are `spacing` apart (ms). */
export function gapsOf(rows: Rows, spacing: number): readonly RowSpan[] {
  const { sessions, stretches } = rows.placement;
  const found = sessions.map((session) => new Array<StretchRows | undefined>(session.stretches.length));
  for (const one of stretches) found[one.session][one.stretch] = one;
  return found.flatMap((session, s) =>
    Array.from(session, (one, stretch) => gapsWithin(rows, one ?? noRows(s, stretch), spacing)).flat(),
  );
}

/** A stretch in which there is no row, such as an afternoon. */
const noRows = (session: number, stretch: number): StretchRows => ({ session, stretch, first: 0, end: 0 });

function gapsWithin(
  { series, placement, hours }: Rows,
  { session, stretch, first, end }: StretchRows,
  spacing: number,
): RowSpan[] {
  const { sessions, elapsed } = placement;
  const ours = sessions[session];
  const { from, to } = ours.stretches[stretch];
  const [start, close] = [from, to].map((instant) => elapsedAt(instant, ours, stretch));
  const gaps: RowSpan[] = [];
  // Until when the rows before reach; a bar reaches from its time on, or up to it.
  let reached = start;
  const add = (until: number): void => {
    const rows = Math.round((until - reached) / spacing);
    if (rows < 1) return;
    const clock = (time: number): string => stampText(from + time - start, hours.zone);
    gaps.push(Object.freeze({ date: ours.date, from: clock(reached), to: clock(until), rows }));
  };
  for (let i = first; i < end; i++) {
    const begins = series.stamp === "start" ? elapsed[i] : elapsed[i] - spacing;
    add(begins);
    reached = begins + spacing;
  }
  // Prices may be those of the beginning of each interval as well as of its end.
  add(series.stamp === "price" ? close - spacing : close);
  return gaps;
}

/** Stretches of at least so many bars that stand at the close before them, without volume where there is one. */
export function haltsOf({ series, placement, hours }: Rows, least: number): readonly RowSpan[] {
  if (series.stamp === "price") return [];
  return placement.stretches.flatMap((rows) => {
    const { date } = placement.sessions[rows.session];
    return stillRuns(series, rows, least).map(([from, to]) => {
      const clock = (row: number): string => stampText(series.instants[row], hours.zone);
      return Object.freeze({ date, from: clock(from), to: clock(to), rows: to - from + 1 });
    });
  });
}

/** First and last index of each run of bars that do not move. */
function stillRuns(
  { open, high, low, close, volume }: CheckedSeries,
  { first, end }: StretchRows,
  least: number,
): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  let length = 0;
  for (let i = first + 1; i <= end; i++) {
    const before = close[i - 1];
    const isStill =
      i < end && high[i] === low[i] && open[i] === before && close[i] === before && (volume?.[i] ?? 0) === 0;
    if (isStill) {
      length += 1;
      continue;
    }
    if (length >= least) runs.push([i - length, i - 1]);
    length = 0;
  }
  return runs;
}

/** The clock at which a session opens and closes. */
export function sessionClock(
  session: Placement["sessions"][number],
  { zone }: Hours,
): readonly [opens: string, closes: string] {
  const { stretches } = session;
  return [stampText(stretches[0].from, zone), stampText(stretches[stretches.length - 1].to, zone)];
}
