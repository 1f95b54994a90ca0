/**
 * What a series that was split into sessions is: types only.
 *
 * @module
 */
import type { PricesBySession, SessionPrices } from "../support/sessions";
import type { RowSpan } from "./gaps";
import type { OutsideRows } from "./placement";
import type { SeriesOptions } from "./series";
import type { TradingTimeUnit } from "./timeUnit";

/** How a series is to be split. */
export interface SessionOptions extends SeriesOptions {
  /** Unit of the times of the result (default `"minute"`; `"day"` is one regular session without its breaks). */
  readonly timeUnit?: TradingTimeUnit | undefined;
  /** From how many bars without movement or volume on a halt is suspected, an integer from 2 (default 10). */
  readonly haltRows?: number | undefined;
}

/** One session and its rows. */
export interface Session extends SessionPrices {
  /** The date on which it closes. */
  readonly date: string;
  /** The market's clock at the open, with its offset from UTC. */
  readonly opens: string;
  /** The same at the close. */
  readonly closes: string;
  /** Whether the calendar has it close early. */
  readonly isHalfDay: boolean;
  /** Trading time from open to close without breaks (unit of time). */
  readonly length: number;
  /** Index of its first row in the series. */
  readonly first: number;
  /** Number of its rows. */
  readonly rows: number;
}

/** A series by session, with what is missing and what is strange. Plain data. */
export interface SessionSplit extends PricesBySession {
  readonly timeUnit: TradingTimeUnit;
  /** Name of the market's time zone. */
  readonly timeZone: string;
  /** Trading time of a regular session (unit of time). */
  readonly sessionLength: number;
  /** Distance of neighboring rows (unit of time); undefined where they have no common one, as trades have none. */
  readonly spacing: number | undefined;
  /** Sessions with at least one row, in the order of time. */
  readonly sessions: readonly Session[];
  /** Dates between the first and the last session on which the calendar has one, and the series has no row. */
  readonly missingSessions: readonly string[];
  /** Rows that are missing within sessions; none are looked for where the rows have no common distance. */
  readonly gaps: readonly RowSpan[];
  /** Runs of bars without movement or volume. */
  readonly halts: readonly RowSpan[];
  /** Rows in no session. */
  readonly outside: OutsideRows;
  /** What of all this a reader should know, in words. */
  readonly warnings: readonly string[];
}
