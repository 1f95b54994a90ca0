/**
 * The times of a query's result.
 *
 * @module
 */
import { checkChoice } from "../support/checks";
import { dateText, wallText } from "../support/clock";
import { plainArray } from "../support/numbers";
import { type Disambiguation, stampText } from "../support/wallTime";
import { zoneOf } from "../support/zone";
import { noZone, wallReader } from "./instants";

/** How the times of a result are to be read. */
export interface QueryTimeOptions<T extends "text" | "instants" = "text"> {
  /**
   * What times become:
   *
   * - `"text"` (default): as in a file; a TIMESTAMP is the wall-clock time that it is, a TIMESTAMPTZ that of the clock of
   *   `timeZone`, with its offset;
   * - `"instants"`: milliseconds since 1970 in UTC, which for millions of rows is several times faster. A DATE or a
   *   TIMESTAMP then needs `timeZone`.
   */
  readonly times?: T | undefined;
  /** Time zone of the clock, by its IANA name (default `"UTC"` for the text of a TIMESTAMPTZ, else none). */
  readonly timeZone?: string | undefined;
  /** What to take where clocks are set, as of `instantsOf` (default `"reject"`). */
  readonly disambiguation?: Disambiguation | undefined;
}

/** Times of a result: texts, or milliseconds since 1970. */
export type QueriedTimes<T extends "text" | "instants"> = T extends "instants"
  ? readonly number[]
  : readonly string[];

/** Times that were read, and how messages write them. */
export interface ReadTimes {
  readonly times: readonly string[] | readonly number[];
  readonly text: (row: number) => string;
}

/** Makes times of milliseconds since 1970, which for types without a zone are those of the wall. */
export function readTimes(
  milliseconds: Float64Array,
  type: string,
  { times: form, timeZone, disambiguation }: QueryTimeOptions<"text" | "instants">,
  cell: (row: number) => string,
): ReadTimes {
  const isText = checkChoice("times", form === undefined ? "text" : form, ["text", "instants"]) === "text";
  const isZoned = type === "TIMESTAMP WITH TIME ZONE";
  const zone = timeZone === undefined && !isZoned ? undefined : zoneOf("timeZone", timeZone ?? "UTC");
  const write = (time: number): string => {
    if (isZoned && zone !== undefined) return stampText(time, zone);
    return type === "DATE" ? dateText(time) : wallText(time);
  };
  const text = (row: number): string => write(milliseconds[row]);
  if (isText) return { times: Array.from(milliseconds, write), text };
  if (isZoned) return { times: plainArray(milliseconds), text };
  if (zone === undefined) throw noZone(`a ${type}`);
  const read = wallReader(zone, disambiguation, (row) => ({ parameter: cell(row), time: text(row) }));
  return { times: plainArray(milliseconds.map(read)), text };
}
